package io.tocsin.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another language's program, run to its end. */
final class Program {

    /** Downloads and compilation included. */
    private static final Duration WITHIN = Duration.ofMinutes(5);

    private Program() {}

    /** What became of it. */
    record Ended(int exit, String output) {

        boolean well() {
            return exit == 0;
        }
    }

    /** Runs a command; one that is not on this machine ends with -1. */
    static Ended run(Path directory, Map<String, String> environment, List<String> command) throws Exception {
        Path log = Files.createTempFile(directory, "program-", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Ended(-1, String.valueOf(e.getMessage()));
        }
        if (!process.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end: " + String.join(" ", command) + "\n" + Files.readString(log));
        }
        return new Ended(process.exitValue(), Files.readString(log).strip());
    }

    /** Runs a command that must end well. */
    static void must(Path directory, String... command) throws Exception {
        Ended ended = run(directory, Map.of(), List.of(command));
        if (!ended.well()) {
            throw new AssertionError(String.join(" ", command) + " ended with " + ended.exit() + "\n" + ended.output());
        }
    }

    /** Whether a command is here and ends well. */
    static boolean works(Path directory, String... command) throws Exception {
        return run(directory, Map.of(), List.of(command)).well();
    }
}
