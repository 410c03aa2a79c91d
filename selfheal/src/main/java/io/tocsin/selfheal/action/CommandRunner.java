package io.tocsin.selfheal.action;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Runs a program to its end, its timeout, or an interrupt, whichever is first. */
public final class CommandRunner {

    private static final int OUTPUT_BYTES = 16 * 1024;
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Duration ASK_EVERY = Duration.ofMillis(100);
    private static final Duration KILL_WAIT = Duration.ofSeconds(5);

    private CommandRunner() {}

    /** How it ended. */
    public enum End {
        /** Exit code 0, in time. */
        SUCCEEDED,
        /** Another exit code. */
        FAILED,
        /** There is no such program. */
        NOT_STARTED,
        /** Killed when its time was over. */
        TIMED_OUT,
        /** Killed when it was no longer allowed to run: nobody knows how far it came. */
        STOPPED
    }

    /**
     * What became of it.
     *
     * @param detail the beginning of what it printed, or why it did not run to its end
     */
    public record Result(End end, String detail) {}

    /**
     * Runs it. The whole process tree is killed, and its death waited for, when the time is over, when it is no longer
     * allowed to run, or when this thread is interrupted.
     *
     * @param allowed asked before it starts, and again every 100 ms
     * @throws InterruptedException when the thread was interrupted
     */
    public static Result run(List<String> command, Duration timeout, BooleanSupplier allowed)
            throws InterruptedException {
        if (!allowed.getAsBoolean()) {
            return new Result(End.STOPPED, "not started: it is no longer allowed to run");
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.environment().put("LANG", "C.UTF-8");
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            return new Result(End.NOT_STARTED, "cannot be started: " + e.getMessage());
        }
        Output output = new Output(process.getInputStream());
        Thread reader = Thread.ofVirtual().start(output);
        try {
            long end = System.nanoTime() + timeout.toNanos();
            while (!process.waitFor(ASK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!allowed.getAsBoolean()) {
                    return new Result(End.STOPPED, "killed: it is no longer allowed to run");
                }
                if (System.nanoTime() - end >= 0) {
                    return new Result(End.TIMED_OUT, "did not end within " + timeout.toSeconds() + " s");
                }
            }
            reader.join(KILL_WAIT);
            int exit = process.exitValue();
            return exit == 0
                    ? new Result(End.SUCCEEDED, output.text())
                    : new Result(End.FAILED, "exit code " + exit + ": " + output.text());
        } finally {
            killTree(process);
        }
    }

    private static void killTree(Process process) {
        List<ProcessHandle> tree = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        tree.forEach(ProcessHandle::destroyForcibly);
        long end = System.nanoTime() + KILL_WAIT.toNanos();
        for (ProcessHandle one : tree) {
            // Not interruptible: whoever stops a command relies on its death.
            one.onExit()
                    .completeOnTimeout(one, Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)
                    .join();
        }
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
