package io.tocsin.standalone.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.collector.remotewrite.wire.TimeSeries;
import io.tocsin.collector.remotewrite.wire.WriteRequest;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.contracts.Topics;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.FreePorts;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;

class ForwarderTest {

    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private Forwarder forwarder;
    private Thread thread;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), FreePorts.next());
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
            TopicCreation.STANDALONE.ensure(admin);
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private void forward(String group, Store store) {
        forwarder = new Forwarder(Map.of("bootstrap.servers", kafka.bootstrapServers()), group, true, store, log::add);
        thread = Thread.ofPlatform().start(() -> {
            try {
                forwarder.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @AfterEach
    void end() throws InterruptedException {
        if (forwarder != null) {
            forwarder.close();
            thread.join();
        }
    }

    private static void publish(String name) throws Exception {
        Resource resource = Resource.newBuilder()
                .addAttributes(KeyValue.newBuilder()
                        .setKey("service.name")
                        .setValue(AnyValue.newBuilder().setStringValue("shop")))
                .build();
        long now = TimeUnit.MILLISECONDS.toNanos(Instant.now().toEpochMilli());
        ExponentialHistogramDataPoint.Builder histogram = ExponentialHistogramDataPoint.newBuilder()
                .setTimeUnixNano(now)
                .setScale(1)
                .setCount(4)
                .setSum(9);
        histogram.getPositiveBuilder().setOffset(2).addAllBucketCounts(List.of(1L, 0L, 3L));
        ScopeMetrics.Builder scope = ScopeMetrics.newBuilder()
                .addMetrics(Metric.newBuilder()
                        .setName(name)
                        .setGauge(Gauge.newBuilder()
                                .addDataPoints(NumberDataPoint.newBuilder()
                                        .setTimeUnixNano(now)
                                        .setAsDouble(42))))
                .addMetrics(Metric.newBuilder()
                        .setName(name + "_native")
                        .setExponentialHistogram(ExponentialHistogram.newBuilder()
                                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                                .addDataPoints(histogram)));
        ExportMetricsServiceRequest request = ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(
                        ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(scope))
                .build();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            byte[] key = TargetIdentity.of(resource).key();
            producer.send(new ProducerRecord<>(Topics.METRICS.name(), key, request.toByteArray()))
                    .get();
        }
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + WITHIN);
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    @Test
    void whatTheStoreDoesNotTakeNowIsSentAgainAndWhatItRefusesIsNot() throws Exception {
        Queue<Integer> statuses = new ArrayDeque<>(List.of(503, 429, 204, 400));
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            WriteRequest request = WriteRequest.parseFrom(
                    Snappy.uncompress(exchange.getRequestBody().readAllBytes()));
            // What the other test has published goes by.
            boolean own = request.getTimeseriesList().stream()
                    .anyMatch(series -> series.getLabels(0).getValue().startsWith("again_"));
            int status = statuses.isEmpty() || !own ? 204 : statuses.remove();
            for (TimeSeries series : request.getTimeseriesList()) {
                if (series.getSamplesCount() > 0 && series.getSamples(0).getValue() == 42) {
                    seen.add(status + " " + series.getLabels(0).getValue());
                }
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try (Store store =
                new Store(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), Map.of())) {
            forward("again", store);
            publish("again_first");
            until(() -> seen.contains("204 again_first"));
            assertThat(seen).containsExactly("503 again_first", "429 again_first", "204 again_first");
            publish("again_second");
            until(() -> seen.contains("400 again_second"));
            publish("again_third");
            until(() -> seen.contains("204 again_third"));
            assertThat(seen).filteredOn(each -> each.endsWith("second")).hasSize(1);
            assertThat(log).anyMatch(line -> line.startsWith("refused for good"));
            end();
            // Another one of the group goes on where it ended.
            forward("again", store);
            publish("again_fourth");
            until(() -> seen.contains("204 again_fourth"));
            assertThat(seen).filteredOn(each -> each.endsWith("third")).hasSize(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aRealPrometheusHasTheSamples() throws Exception {
        assumeTrue(Files.isExecutable(PROMETHEUS), "no " + PROMETHEUS + " here (package prometheus)");
        int port = FreePorts.next();
        Path config = Files.writeString(directory.resolve("prometheus.yml"), "scrape_configs: []\n");
        Process prometheus = new ProcessBuilder(
                        PROMETHEUS.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("tsdb"),
                        "--enable-feature=native-histograms",
                        "--web.enable-remote-write-receiver",
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        try (Store store = new Store(URI.create("http://127.0.0.1:" + port + "/api/v1/write"), Map.of());
                HttpClient client = HttpClient.newHttpClient()) {
            forward("prometheus", store);
            publish("forwarded");
            until(() -> ask(client, port, "forwarded%7Bjob=%22shop%22%7D").contains("\"42\""));
            until(() -> ask(client, port, "histogram_count(forwarded_native)").contains("\"4\""));
        } finally {
            prometheus.destroy();
            assertThat(prometheus.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    private static String ask(HttpClient client, int port, String query) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/query?query=" + query);
        try {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        } catch (ConnectException e) {
            // It does not listen yet.
            return "";
        }
    }
}
