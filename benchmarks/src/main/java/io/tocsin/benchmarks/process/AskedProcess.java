package io.tocsin.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process that says "ready" on its output, answers one line with one line, and ends when its input does. */
public final class AskedProcess implements AutoCloseable {

    static final String READY = "ready";
    private static final int STOP_SECONDS = 20;

    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    private AskedProcess(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    }

    /**
     * Starts a main class with this process' class path; returns when it is ready.
     *
     * @param errors where its error output goes
     */
    public static AskedProcess start(Class<?> main, Path errors, String... arguments) {
        return start(main, List.of("-Xmx1g"), errors, arguments);
    }

    /** The same with options of the JVM. */
    public static AskedProcess start(Class<?> main, List<String> jvm, Path errors, String... arguments) {
        try {
            AskedProcess child = new AskedProcess(new ProcessBuilder(Child.command(main, jvm, List.of(arguments)))
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                    .start());
            child.awaitReady(main, errors);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + main.getName(), e);
        }
    }

    private void awaitReady(Class<?> main, Path errors) throws IOException {
        String line = out.readLine();
        while (line != null && !line.equals(READY)) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IllegalStateException(main.getName() + " did not start; its output is in " + errors);
        }
    }

    /** Says a line, and gives the answer. */
    public String ask(String question) {
        try {
            in.write(question + "\n");
            in.flush();
            String answer = out.readLine();
            if (answer == null) {
                throw new IllegalStateException("the process ended");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What of its memory is resident, MiB. */
    public double residentMib() throws IOException {
        return Child.memoryMib(process.pid(), "VmRSS");
    }

    /** Ends it as {@code kill -9} does; returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // It is gone already.
            process.destroy();
        }
        await();
    }
}
