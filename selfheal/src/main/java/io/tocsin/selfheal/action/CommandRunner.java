package io.tocsin.selfheal.action;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a program to its end, its timeout, or an interrupt, whichever is first. */
public final class CommandRunner {

    private static final int OUTPUT_BYTES = 16 * 1024;
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Duration KILL_WAIT = Duration.ofSeconds(5);

    private CommandRunner() {}

    /**
     * How it ended.
     *
     * @param succeeded exit code 0, in time
     * @param detail what it printed at most, or why it did not run
     */
    public record Result(boolean succeeded, String detail) {}

    /**
     * Runs it; the whole process tree is killed when the time is over or this thread is interrupted.
     *
     * @throws InterruptedException when the thread was interrupted
     */
    public static Result run(List<String> command, Duration timeout) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.environment().put("LANG", "C.UTF-8");
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            return new Result(false, "cannot be started: " + e.getMessage());
        }
        Output output = new Output(process.getInputStream());
        Thread reader = Thread.ofVirtual().start(output);
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Result(false, "did not end within " + timeout.toSeconds() + " s");
            }
            reader.join(KILL_WAIT);
            int exit = process.exitValue();
            return new Result(exit == 0, exit == 0 ? output.text() : "exit code " + exit + ": " + output.text());
        } finally {
            killTree(process);
        }
    }

    private static void killTree(Process process) {
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
    }

    /** Keeps the first bytes of what a process prints, and reads on so that it never blocks. */
    private static final class Output implements Runnable {
        private final InputStream in;
        private final StringBuilder kept = new StringBuilder();

        Output(InputStream in) {
            this.in = in;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[4096];
            try (in) {
                int read = in.read(buffer);
                while (read >= 0) {
                    keep(new String(buffer, 0, read, StandardCharsets.UTF_8));
                    read = in.read(buffer);
                }
            } catch (IOException e) {
                keep(" (output ended: " + e.getMessage() + ")");
            }
        }

        private synchronized void keep(String text) {
            kept.append(text, 0, Math.min(text.length(), Math.max(0, OUTPUT_BYTES - kept.length())));
        }

        synchronized String text() {
            return kept.toString().strip();
        }
    }
}
