package io.tocsin.benchmarks.converge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tocsin.benchmarks.Percentiles;
import io.tocsin.benchmarks.process.Child;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.IncidentStatus;
import io.tocsin.standalone.up.Instance;
import io.tocsin.standalone.up.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code tocsin bench storm}: one node fails under many services, and every alert of every service on it begins to fire.
 * A fresh instance with everything in it runs in a process of its own with a bounded heap. One JSON line; exit code 1
 * when a target is missed.
 */
@Command(
        name = "storm",
        description =
                "A node fails under many services: one incident, its root, few notices, in bounded memory and time.",
        mixinStandardHelpOptions = true)
public final class StormCommand implements Callable<Integer> {

    private static final int MOST_NOTICES = 3;
    private static final double P99_WITHIN_MS = 2_000;
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(1);
    private static final Duration NOTICES_FOR = Duration.ofSeconds(15);

    @Option(names = "--alerts", description = "How many (default: ${DEFAULT-VALUE}).")
    private int alerts = 100_000;

    @Option(names = "--services", description = "On how many services (default: ${DEFAULT-VALUE}).")
    private int services = 2_000;

    @Option(names = "--seconds", description = "Within what time (default: ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(names = "--heap", description = "Of the instance (default: ${DEFAULT-VALUE}).")
    private String heap = "1g";

    private final AtomicInteger notices = new AtomicInteger();

    @Override
    public Integer call() throws Exception {
        Path data = Files.createTempDirectory("tocsin-storm");
        Ports ports = Ports.free();
        HttpServer webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        webhook.createContext("/", this::arrived);
        webhook.start();
        Path config = data.resolve("config");
        Files.createDirectories(config.resolve("rules"));
        Files.writeString(
                config.resolve("alertmanager.yml"), routes(webhook.getAddress().getPort()));
        Path log = data.resolve("instance.log");
        List<String> arguments = new ArrayList<>(List.of(data.toString(), config.toString()));
        arguments.addAll(StormInstance.arguments(ports));
        try (Child instance = Child.start(StormInstance.class, List.of("-Xmx" + heap), arguments, log)) {
            return run(ports, instance, log);
        } finally {
            webhook.stop(0);
            Instance.delete(data);
        }
    }

    private int run(Ports ports, Child instance, Path log) throws Exception {
        StormInstance.awaitReady(ports, READY_WITHIN, log);
        try (StormProbe probe = new StormProbe("127.0.0.1:" + ports.kafka());
                Storm storm = new Storm("127.0.0.1:" + ports.kafka(), services)) {
            storm.placements();
            storm.blow(alerts, seconds);
            probe.awaitCounted(alerts + 1, SETTLED_WITHIN);
            LockSupport.parkNanos(NOTICES_FOR.toNanos());
            Collection<IncidentSnapshot> open = probe.newest().values().stream()
                    .filter(incident -> incident.getStatus() == IncidentStatus.OPEN)
                    .toList();
            List<Long> delays = probe.delays(storm.acknowledged());
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("alerts", alerts);
            figures.put("services", services);
            figures.put("seconds", storm.blownSeconds());
            figures.put("incidents", open.size());
            figures.put("incidents_ever", probe.newest().size());
            figures.put("root", root(open));
            figures.put("alerts_in_incident", probe.counted());
            figures.put("notices", notices.get());
            Percentiles toIncident = Percentiles.of(delays);
            figures.put("transition_to_incident_ms", toIncident);
            figures.put("largest_snapshot_bytes", probe.largest());
            figures.put("instance_heap_limit", heap);
            figures.put("instance_peak_mib", Math.round(instance.memoryMib("VmHWM")));
            List<String> missed = missed(open, probe.counted(), toIncident.p99());
            figures.put("missed", missed);
            System.out.println(JsonMapper.shared().writeValueAsString(figures));
            return missed.isEmpty() ? 0 : 1;
        }
    }

    private List<String> missed(Collection<IncidentSnapshot> open, int counted, double p99) {
        List<String> missed = new ArrayList<>();
        if (open.size() != 1) {
            missed.add("one incident");
        }
        if (!root(open).equals(Storm.NODE)) {
            missed.add("the node as root");
        }
        if (counted != alerts + 1) {
            missed.add("every alert in the incident");
        }
        if (notices.get() < 1 || notices.get() > MOST_NOTICES) {
            missed.add("one to " + MOST_NOTICES + " notices");
        }
        if (p99 >= P99_WITHIN_MS) {
            missed.add("p99 below " + P99_WITHIN_MS + " ms");
        }
        return missed;
    }

    private static String root(Collection<IncidentSnapshot> open) {
        return open.stream()
                .filter(incident -> incident.getRootCausesCount() > 0)
                .map(incident -> incident.getRootCauses(0).getElement())
                .findFirst()
                .orElse("");
    }

    private static String routes(int webhookPort) {
        return """
                route:
                  receiver: bench
                  group_by: [alertname]
                  group_wait: 5s
                  group_interval: 10s
                  repeat_interval: 4h
                  convergence: suppress
                receivers:
                  - name: bench
                    webhook_configs:
                      - url: http://127.0.0.1:%d/
                """.formatted(webhookPort);
    }

    private void arrived(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            notices.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
        }
    }
}
