package io.tocsin.e2e;

import io.tocsin.standalone.Tocsin;
import io.tocsin.standalone.up.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code tocsin up} as a process of its own, so that it can be killed as a whole. */
final class TocsinProcess implements AutoCloseable {

    private static final Duration START_WITHIN = Duration.ofSeconds(90);

    private final Process process;
    private final Path log;

    private TocsinProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts an instance and waits until it says that it is up. */
    static TocsinProcess up(Path data, Ports ports, String... more) throws IOException {
        return up(data, ports, Map.of(), more);
    }

    /** The same with variables of the environment. */
    static TocsinProcess up(Path data, Ports ports, Map<String, String> environment, String... more)
            throws IOException {
        Path log = Files.createTempFile(data.toAbsolutePath().getParent(), "tocsin-", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Tocsin.class.getName(),
                "up",
                "--data",
                data.toString()));
        command.addAll(options(ports));
        command.addAll(List.of(more));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        TocsinProcess tocsin = new TocsinProcess(builder.start(), log);
        Await.until("tocsin is up", START_WITHIN, () -> {
            if (!tocsin.process.isAlive()) {
                throw new AssertionError("tocsin ended:\n" + tocsin.output());
            }
            return tocsin.output().contains("Tocsin is up");
        });
        return tocsin;
    }

    private static List<String> options(Ports ports) {
        return List.of(
                "--otlp-grpc-port=" + ports.grpc(),
                "--otlp-http-port=" + ports.http(),
                "--query-port=" + ports.query(),
                "--alertmanager-port=" + ports.alertmanager(),
                "--heal-port=" + ports.heal(),
                "--console-port=" + ports.console(),
                "--kafka-port=" + ports.kafka(),
                "--postgres-port=" + ports.postgres(),
                "--demo-port=" + ports.demo());
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL to the process and everything below it, children first seen, at once. */
    void killTree() throws InterruptedException {
        List<ProcessHandle> tree = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        tree.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle handle : tree) {
            handle.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    /** An orderly stop, as by Ctrl-C; by force when it takes too long. */
    @Override
    public void close() throws InterruptedException {
        if (!process.isAlive()) {
            return;
        }
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            killTree();
            throw new AssertionError("tocsin did not stop within 30 s:\n" + output());
        }
    }

    /** Waits for a condition with a deadline. */
    static final class Await {

        private static final Duration PAUSE = Duration.ofMillis(100);

        private Await() {}

        static void until(String what, Duration within, java.util.concurrent.Callable<Boolean> condition) {
            Instant deadline = Instant.now().plus(within);
            try {
                while (!condition.call()) {
                    if (Instant.now().isAfter(deadline)) {
                        throw new AssertionError("not within " + within.toSeconds() + " s: " + what);
                    }
                    java.util.concurrent.locks.LockSupport.parkNanos(PAUSE.toNanos());
                }
            } catch (AssertionError | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError("while waiting: " + what, e);
            }
        }
    }
}
