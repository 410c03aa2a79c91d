package io.tocsin.rulesengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.Door;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.FreePorts;
import io.tocsin.rulesengine.shard.LocalShards;
import io.tocsin.runtime.RunningModule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two instances share the shards, and each answers for both, until one of them is gone. */
@Timeout(240)
class FanOutTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int TARGETS = 20;

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService senders = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private EmbeddedKafka kafka;
    private KafkaProducer<byte[], byte[]> producer;

    private record Instance(RunningModule module, int port) implements AutoCloseable {
        @Override
        public void close() {
            module.close();
        }

        long shards() {
            return module.context().getBean(LocalShards.class).all().keySet().stream()
                    .filter(shard -> !shard.startsWith("recorded"))
                    .count();
        }
    }

    @BeforeEach
    void open() throws IOException {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            TopicCreation.STANDALONE.ensure(admin);
        }
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        String groups = IntStream.range(0, 8)
                .mapToObj(i -> "  - {name: g" + i + ", interval: 1s, rules: [{alert: Hot" + i
                        + ", expr: 'max(temperature) > " + i + "'}]}")
                .collect(Collectors.joining("\n", "groups:\n", "\n"));
        Files.writeString(Files.createDirectories(directory.resolve("rules")).resolve("r.yaml"), groups);
        var _ = senders.scheduleAtFixedRate(this::send, 0, 500, TimeUnit.MILLISECONDS);
    }

    private void send() {
        Door door = Door.newBuilder().setCollector("c1").setAccepting(true).build();
        var _ = producer.send(new ProducerRecord<>(Topics.DOORS.name(), new byte[] {'c'}, door.toByteArray()));
        for (int i = 0; i < TARGETS; i++) {
            Resource resource = EngineRun.resource("service-" + i);
            byte[] request = ExportMetricsServiceRequest.newBuilder()
                    .addResourceMetrics(ResourceMetrics.newBuilder()
                            .setResource(resource)
                            .addScopeMetrics(ScopeMetrics.newBuilder()
                                    .addMetrics(Metric.newBuilder()
                                            .setName("temperature")
                                            .setGauge(Gauge.newBuilder()
                                                    .addDataPoints(NumberDataPoint.newBuilder()
                                                            .setTimeUnixNano(System.currentTimeMillis() * 1_000_000)
                                                            .setAsDouble(20))))))
                    .build()
                    .toByteArray();
            var _ = producer.send(new ProducerRecord<>(
                    Topics.METRICS.name(), TargetIdentity.of(resource).key(), request));
        }
    }

    @AfterEach
    void close() {
        senders.shutdownNow();
        producer.close(Duration.ofSeconds(2));
        http.close();
        kafka.close();
    }

    private Instance start(String name) {
        int port = FreePorts.next();
        return new Instance(
                RulesEngineApplication.start(Map.of(
                        "micronaut.server.port",
                        port,
                        "tocsin.engine.advertised-address",
                        "127.0.0.1:" + port,
                        "tocsin.engine.instance-id",
                        name,
                        "tocsin.engine.stream-threads",
                        1,
                        "tocsin.kafka.bootstrap-servers",
                        kafka.bootstrapServers(),
                        "tocsin.engine.state-dir",
                        directory.resolve(name).toString(),
                        "tocsin.engine.rules-dir",
                        directory.resolve("rules").toString())),
                port);
    }

    @Test
    void eachInstanceAnswersForAllAndNamesTheOneThatIsAway() {
        try (Instance one = start("one")) {
            Instance two = start("two");
            try {
                await("shared shards", () -> one.shards() > 0 && two.shards() > 0 && one.shards() + two.shards() == 8);
                for (Instance asked : new Instance[] {one, two}) {
                    await("every target", () -> count(asked) == TARGETS);
                    assertThat(get(asked, "query?query=count(temperature)").has("warnings"))
                            .isFalse();
                    assertThat(get(asked, "label/service_name/values").path("data"))
                            .hasSize(TARGETS);
                    assertThat(get(asked, "series?match[]=temperature").path("data"))
                            .hasSize(TARGETS);
                    await(
                            "every group",
                            () -> get(asked, "rules")
                                            .path("data")
                                            .path("groups")
                                            .size()
                                    == 8);
                    await(
                            "every alert",
                            () -> get(asked, "alerts")
                                            .path("data")
                                            .path("alerts")
                                            .size()
                                    == 8);
                    JsonNode largest = get(asked, "status/tsdb")
                            .path("data")
                            .path("seriesCountByMetricName")
                            .path(0);
                    assertThat(largest.path("name").asString()).isEqualTo("temperature");
                    assertThat(largest.path("value").asInt()).isEqualTo(TARGETS);
                }
            } finally {
                two.close();
            }
            JsonNode partial = get(one, "query?query=count(temperature)");
            assertThat(partial.path("status").asString()).isEqualTo("success");
            assertThat(partial.path("warnings").path(0).asString())
                    .startsWith("partial result: the instance 127.0.0.1:" + two.port() + " with the shards ")
                    .endsWith(" is away: nothing listens there");
            assertThat(get(one, "rules").path("warnings").path(0).asString()).contains("127.0.0.1:" + two.port());
        }
    }

    private long count(Instance asked) {
        return get(asked, "query?query=count(temperature)")
                .path("data")
                .path("result")
                .path(0)
                .path("value")
                .path(1)
                .asLong(0);
    }

    private JsonNode get(Instance asked, String question) {
        URI address = URI.create("http://127.0.0.1:" + asked.port() + "/api/v1/"
                + question.replace("[", "%5B").replace("]", "%5D"));
        try {
            HttpResponse<String> response =
                    http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return JsonMapper.shared().readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static void await(String what, BooleanSupplier reached) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting for " + what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
