package io.tocsin.benchmarks.engine;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One engine process that this one started: it is asked, measured and ended from here. Linux only. */
public final class EngineChild implements AutoCloseable {

    private static final double CLOCK_TICKS_PER_SECOND = 100;
    private static final Duration POLL = Duration.ofMillis(20);

    private final Process process;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private EngineChild(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts an engine with this process' class path.
     *
     * @param heap as for {@code -Xmx}
     * @param log where its output goes, appended
     */
    public static EngineChild start(Map<String, String> properties, String heap, int port, Path log)
            throws IOException {
        return start(properties, List.of("-Xmx" + heap), port, log);
    }

    static EngineChild start(Map<String, String> properties, List<String> jvm, int port, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                EngineProcess.class.getName()));
        Map<String, String> all = new HashMap<>(properties);
        all.put("micronaut.server.port", Integer.toString(port));
        all.forEach((key, value) -> command.add(key + "=" + value));
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new EngineChild(started, port);
    }

    long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it says that it is ready; the time that took since the call. */
    public Duration awaitReady(Duration within) throws InterruptedException {
        Instant started = Instant.now();
        while (!ready()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "the engine ended with " + process.exitValue() + " before it was ready");
            }
            if (Instant.now().isAfter(started.plus(within))) {
                throw new IllegalStateException("the engine was not ready within " + within);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return Duration.between(started, Instant.now());
    }

    private boolean ready() throws InterruptedException {
        try {
            return get("/health/readiness").statusCode() == 200;
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Its metrics: the sum over all label sets by name. */
    Map<String, Double> metrics() throws IOException, InterruptedException {
        Map<String, Double> sums = new HashMap<>();
        for (String line : get("/metrics").body().lines().toList()) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            int value = line.lastIndexOf(' ');
            int labels = line.indexOf('{');
            String name = line.substring(0, labels < 0 ? value : labels);
            sums.merge(name, Double.parseDouble(line.substring(value + 1)), Double::sum);
        }
        return sums;
    }

    /** User and system time that it has used, seconds. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / CLOCK_TICKS_PER_SECOND;
    }

    /** A field of its memory in {@code /proc}, for example {@code VmRSS}, MiB. */
    double memoryMib(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** The heap that is in use after a full collection, MiB. */
    double liveHeapMib() throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid()),
                        "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        jcmd.waitFor();
        return Objects.requireNonNullElse(metrics().get("jvm_memory_used_bytes"), Double.NaN) / (1 << 20);
    }

    /** {@code kill -9}; returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Sends a signal such as {@code STOP} or {@code CONT}. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    }

    /** Ends it in order, and by force when it does not. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
