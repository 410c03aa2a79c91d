package io.tocsin.benchmarks.latency;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.benchmarks.Percentiles;
import io.tocsin.standalone.up.Instance;
import io.tocsin.standalone.up.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code tocsin bench latency}: sample acknowledged → transition → incident → webhook, one JSON line. */
@Command(
        name = "latency",
        description = "Measures from an acknowledged sample over a threshold to the webhook.",
        mixinStandardHelpOptions = true)
public final class LatencyCommand implements Callable<Integer> {

    private static final String METRIC = "bench.latency";
    private static final Duration ROUND_WITHIN = Duration.ofSeconds(30);
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final String RULES = """
            groups:
              - name: latency
                interval: 1s
                rules:
                  - alert: Crossed
                    expr: bench_latency > 0.5
                    labels: {severity: page}
            """;

    @Option(names = "--rounds", description = "How many alerts (default: ${DEFAULT-VALUE}).")
    private int rounds = 100;

    @Option(names = "--seed", description = "Of the pauses between rounds (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    private final Map<String, Long> told = new ConcurrentHashMap<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public Integer call() throws Exception {
        Path data = Files.createTempDirectory("tocsin-bench");
        Ports ports = Ports.free();
        HttpServer webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        webhook.createContext("/", this::arrived);
        webhook.start();
        Path config = data.resolve("config");
        Files.createDirectories(config.resolve("rules"));
        Files.writeString(config.resolve("rules/latency.yaml"), RULES);
        Files.writeString(
                config.resolve("alertmanager.yml"), routes(webhook.getAddress().getPort()));
        try (Instance _ = Instance.start(new Instance.Options(data, config, ports, false), (part, millis) -> {});
                Probe probe = new Probe("127.0.0.1:" + ports.kafka())) {
            System.out.println(JsonMapper.shared().writeValueAsString(measure(ports, probe)));
            return 0;
        } finally {
            webhook.stop(0);
            Instance.delete(data);
        }
    }

    private static String routes(int webhookPort) {
        return """
                route:
                  receiver: bench
                  group_by: [round]
                  group_wait: 0s
                  group_interval: 1s
                  repeat_interval: 4h
                receivers:
                  - name: bench
                    webhook_configs:
                      - url: http://127.0.0.1:%d/
                """.formatted(webhookPort);
    }

    private Map<String, Object> measure(Ports ports, Probe probe) throws Exception {
        // The first alert comes when rules are in force and every stage is warm; it does not count.
        round(ports, probe, "warm-up", READY_WITHIN);
        Random random = new Random(seed);
        List<Long> toTransition = new ArrayList<>();
        List<Long> toIncident = new ArrayList<>();
        List<Long> toWebhook = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_000)));
            String round = "r" + i;
            long acknowledged = round(ports, probe, round, ROUND_WITHIN);
            toTransition.add(at(probe.transitions(), round) - acknowledged);
            toIncident.add(at(probe.incidents(), round) - acknowledged);
            toWebhook.add(at(told, round) - acknowledged);
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("rounds", rounds);
        figures.put("evaluation_interval_ms", 1_000);
        figures.put("ack_to_transition_ms", Percentiles.of(toTransition));
        figures.put("ack_to_incident_ms", Percentiles.of(toIncident));
        figures.put("ack_to_webhook_ms", Percentiles.of(toWebhook));
        return figures;
    }

    private static long at(Map<String, Long> seen, String round) {
        return Objects.requireNonNull(seen.get(round));
    }

    /** One service crosses the threshold; returns when that was acknowledged, after the webhook has arrived. */
    private long round(Ports ports, Probe probe, String round, Duration within) throws Exception {
        send(ports, round, 1);
        long acknowledged = System.nanoTime();
        Instant deadline = Instant.now().plus(within);
        while (!(told.containsKey(round)
                && probe.transitions().containsKey(round)
                && probe.incidents().containsKey(round))) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("round " + round + " was not told within " + within.toSeconds() + " s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        send(ports, round, 0);
        return acknowledged;
    }

    private void send(Ports ports, String round, double value) throws IOException, InterruptedException {
        NumberDataPoint.Builder point = NumberDataPoint.newBuilder()
                .setTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()))
                .setAsDouble(value)
                .addAttributes(attribute(Probe.ROUND, round));
        ExportMetricsServiceRequest request = ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(attribute("service.name", "bench-" + round))
                                .addAttributes(attribute("service.instance.id", "1")))
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .addMetrics(Metric.newBuilder()
                                        .setName(METRIC)
                                        .setGauge(Gauge.newBuilder().addDataPoints(point)))))
                .build();
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.http() + "/v1/metrics"))
                        .header("Content-Type", "application/x-protobuf")
                        .POST(BodyPublishers.ofByteArray(request.toByteArray()))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the collector answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private void arrived(HttpExchange exchange) throws IOException {
        long now = System.nanoTime();
        try (exchange) {
            JsonNode notice = JsonMapper.shared().readTree(exchange.getRequestBody());
            String round = notice.path("groupLabels").path(Probe.ROUND).asString("");
            told.putIfAbsent(round, now);
            exchange.sendResponseHeaders(200, -1);
        }
    }
}
