package io.tocsin.standalone.demo;

import io.tocsin.standalone.demo.shop.ShopService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The demo's three processes: storefront asks checkout, checkout asks ledger. Nothing restarts by itself: that is what
 * the repair is for. Ends only processes that it started.
 */
final class Shop implements AutoCloseable {

    /** The services in calling order. */
    static final List<String> SERVICES = List.of("storefront", "checkout", "ledger");

    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final URI otlp;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, Process> processes = new LinkedHashMap<>();
    private final Path logs;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    /**
     * @param otlp where the services export to
     * @param firstPort port of the storefront; the others follow
     * @param logs directory of their output
     */
    Shop(URI otlp, int firstPort, Path logs) {
        this.otlp = otlp;
        this.logs = logs;
        for (int i = 0; i < SERVICES.size(); i++) {
            ports.put(SERVICES.get(i), firstPort + i);
        }
    }

    /** Where a service listens. */
    URI address(String service) {
        return URI.create("http://127.0.0.1:" + port(service));
    }

    private int port(String service) {
        return Optional.ofNullable(ports.get(service)).orElseThrow(() -> new UnknownService(service));
    }

    void startAll() {
        SERVICES.forEach(this::start);
    }

    /** Starts a service that is not running; does nothing when it is. */
    synchronized void start(String service) {
        Process running = processes.get(service);
        if (running != null && running.isAlive()) {
            return;
        }
        try {
            Files.createDirectories(logs);
            processes.put(
                    service,
                    new ProcessBuilder(command(service))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(
                                    logs.resolve(service + ".log").toFile()))
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + service, e);
        }
    }

    private List<String> command(String service) {
        int next = SERVICES.indexOf(service) + 1;
        String nextAddress =
                next < SERVICES.size() ? address(SERVICES.get(next)).toString() : "-";
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                ShopService.class.getName(),
                service,
                Integer.toString(port(service)),
                otlp.toString(),
                nextAddress);
    }

    /** Ends a service for good, by force: a hanging process does not listen to a polite request. */
    synchronized void stop(String service) {
        port(service);
        Process process = processes.remove(service);
        if (process == null) {
            return;
        }
        process.destroyForcibly();
        try {
            if (!process.waitFor(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(service + " (pid " + process.pid() + ") does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void restart(String service) {
        stop(service);
        start(service);
    }

    /** Breaks a service in a real way. */
    void breakService(String service, FaultKind how) {
        switch (how) {
            case CRASH -> process(service).destroyForcibly();
            case HANG -> signal(process(service), "STOP");
            case SLOW, ERRORS, LEAK -> inject(service, how);
        }
    }

    private synchronized Process process(String service) {
        port(service);
        Process process = processes.get(service);
        if (process == null || !process.isAlive()) {
            throw new IllegalStateException(service + " is not running");
        }
        return process;
    }

    private static void signal(Process process, String signal) {
        run(List.of("kill", "-" + signal, Long.toString(process.pid())));
    }

    private static void run(List<String> command) {
        try {
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void inject(String service, FaultKind how) {
        HttpRequest request = HttpRequest.newBuilder(
                        address(service).resolve("/fault?how=" + how.name().toLowerCase(java.util.Locale.ROOT)))
                .timeout(Duration.ofSeconds(5))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 202) {
                throw new IllegalStateException(service + " answered " + status + " to the fault");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot reach " + service, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether each service's process lives, in calling order. */
    synchronized Map<String, Boolean> alive() {
        Map<String, Boolean> alive = new LinkedHashMap<>();
        for (String service : SERVICES) {
            Process process = processes.get(service);
            alive.put(service, process != null && process.isAlive());
        }
        return alive;
    }

    @Override
    public void close() {
        SERVICES.reversed().forEach(this::stop);
        client.shutdownNow();
    }

    /** Somebody named a service that the demo does not have. */
    static final class UnknownService extends IllegalArgumentException {
        UnknownService(String service) {
            super("no service " + service + " in the demo; it has " + String.join(", ", SERVICES));
        }
    }
}
