package io.tocsin.benchmarks.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** One engine process that this one started, and what it says of itself. */
public final class EngineChild implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    private final Child child;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private EngineChild(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /**
     * Starts an engine.
     *
     * @param properties as for {@link io.tocsin.rulesengine.RulesEngineApplication#start}
     * @param jvm options, for example {@code -Xmx1g}
     */
    public static EngineChild start(Map<String, String> properties, List<String> jvm, int port, Path log)
            throws IOException {
        Map<String, String> all = new HashMap<>(properties);
        all.put("micronaut.server.port", Integer.toString(port));
        List<String> arguments = all.entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue())
                .toList();
        return new EngineChild(Child.start(EngineProcess.class, jvm, arguments, log), port);
    }

    /** Its process. */
    public Child process() {
        return child;
    }

    /** Waits until it says that it is ready; the time that took since the call. */
    public Duration awaitReady(Duration within) throws InterruptedException {
        Instant started = Instant.now();
        while (!ready()) {
            if (!child.isAlive()) {
                throw new IllegalStateException("the engine ended with " + child.exitValue() + " before it was ready");
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

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Its metrics: the sum over all label sets by name. */
    public Map<String, Double> metrics() throws IOException, InterruptedException {
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

    /** Lets it collect its garbage, so that what its metrics say of the heap is what lives. */
    public void collectGarbage() throws IOException, InterruptedException {
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(child.pid()),
                        "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        child.close();
    }
}
