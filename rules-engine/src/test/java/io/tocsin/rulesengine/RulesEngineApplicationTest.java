package io.tocsin.rulesengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.contracts.ProtoSerde;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.Topic;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.AlertState;
import io.tocsin.contracts.v1.AlertTransition;
import io.tocsin.contracts.v1.DeadLetter;
import io.tocsin.contracts.v1.Door;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.IncidentStatus;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.rulesengine.backtest.Past;
import io.tocsin.rulesengine.backtest.Rerun;
import io.tocsin.rulesengine.evaluate.EngineView;
import io.tocsin.rulesengine.recording.Log;
import io.tocsin.rulesengine.recording.LogSource;
import io.tocsin.rulesengine.recording.LoggedRecord;
import io.tocsin.rulesengine.recording.Recording;
import io.tocsin.rulesengine.recording.Span;
import io.tocsin.rulesengine.rules.apply.RuleVersions;
import io.tocsin.rulesengine.rules.compile.EngineRules;
import io.tocsin.runtime.RunningModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The module as a process runs it, on a real broker: from OTLP in the log to an incident. */
@Timeout(180)
class RulesEngineApplicationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String HOT = """
            groups:
              - name: g
                interval: 1s
                rules:
                  - alert: Hot
                    expr: temperature > 100
                    labels: {severity: page}
            """;

    @TempDir
    Path directory;

    private final ScheduledExecutorService door = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private EmbeddedKafka kafka;
    private KafkaProducer<byte[], byte[]> producer;
    private KafkaConsumer<byte[], byte[]> consumer;
    private final List<AlertTransition> transitions = new ArrayList<>();
    private final List<IncidentSnapshot> incidents = new ArrayList<>();
    private volatile double temperature = 20;

    @BeforeEach
    void open() throws IOException {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            TopicCreation.STANDALONE.ensure(admin);
        }
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : List.of(Topics.ALERTS, Topics.INCIDENTS, Topics.DEAD_LETTERS)) {
            consumer.partitionsFor(topic.name())
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Files.createDirectories(rules());
        Files.writeString(rules().resolve("hot.yaml"), HOT);
        var _ = door.scheduleAtFixedRate(this::beat, 0, 500, TimeUnit.MILLISECONDS);
    }

    private Path rules() {
        return directory.resolve("rules");
    }

    /** A collector that accepts everything, and one application that reports its temperature. */
    private void beat() {
        Door accepting = Door.newBuilder().setCollector("c1").setAccepting(true).build();
        var _ = producer.send(new ProducerRecord<>(Topics.DOORS.name(), new byte[] {'c'}, accepting.toByteArray()));
        send(temperature);
    }

    private void send(double value) {
        Resource resource = EngineRun.resource("shop");
        byte[] request = ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(resource)
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .addMetrics(Metric.newBuilder()
                                        .setName("temperature")
                                        .setGauge(Gauge.newBuilder()
                                                .addDataPoints(NumberDataPoint.newBuilder()
                                                        .setTimeUnixNano(System.currentTimeMillis() * 1_000_000)
                                                        .setAsDouble(value))))))
                .build()
                .toByteArray();
        var _ = producer.send(new ProducerRecord<>(
                Topics.METRICS.name(), TargetIdentity.of(resource).key(), request));
    }

    @AfterEach
    void close() {
        door.shutdownNow();
        producer.close(Duration.ofSeconds(2));
        consumer.close();
        kafka.close();
    }

    private RunningModule start() {
        return RulesEngineApplication.start(Map.of(
                "micronaut.server.port", -1,
                "tocsin.kafka.bootstrap-servers", kafka.bootstrapServers(),
                "tocsin.engine.state-dir", directory.resolve("state").toString(),
                "tocsin.engine.rules-dir", rules().toString(),
                "tocsin.engine.rules-poll", "200ms"));
    }

    @Test
    void fromASampleToAnIncidentAndNothingTwiceOverARestart() throws IOException {
        try (RunningModule engine = start()) {
            // The rules are evaluated, and say nothing while all is well.
            await("an evaluated rule", () -> healthy(engine), engine);
            long crossed = System.currentTimeMillis();
            temperature = 150;
            send(temperature);
            await("an alert that fires", () -> any(transitions, change -> change.getTo() == AlertState.FIRING));
            long fired = System.currentTimeMillis();
            await("an open incident", () -> any(incidents, open -> open.getStatus() == IncidentStatus.OPEN));
            long opened = System.currentTimeMillis();
            System.out.println("sample -> transition " + (fired - crossed) + " ms, -> incident " + (opened - crossed)
                    + " ms (tick 1 s)");
        }
        long restarted = System.currentTimeMillis();
        try (RunningModule engine = start()) {
            await("a rule evaluated after the restart", () -> healthy(engine), engine);
            System.out.println("restart -> evaluating " + (System.currentTimeMillis() - restarted) + " ms");
            assertThat(transitions).hasSize(1);
            temperature = 20;
            await("a recovery", () -> any(transitions, change -> change.getTo() == AlertState.INACTIVE));
            await("a closed incident", () -> any(incidents, open -> open.getStatus() == IncidentStatus.CLOSED));
        }
        assertThat(transitions)
                .extracting(AlertTransition::getTo)
                .containsExactly(AlertState.FIRING, AlertState.INACTIVE);
        assertThat(incidents)
                .extracting(IncidentSnapshot::getId)
                .containsOnly(incidents.getFirst().getId());
        assertThat(incidents)
                .extracting(IncidentSnapshot::getRevision)
                .doesNotHaveDuplicates()
                .isSorted();
        aRecordingOfItIsExactAndGivesTheSameTransitions();
    }

    private void aRecordingOfItIsExactAndGivesTheSameTransitions() throws IOException {
        Path file = directory.resolve("a.recording");
        LogSource live = LogSource.kafka(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        try (Log log = live.open(Recording.STANDARD_TOPICS, Span.WHOLE)) {
            assertThat(Recording.write(log, Span.WHOLE, file).records())
                    .containsKeys(
                            Topics.METRICS.name(), Topics.SPANS.name(), Topics.DOORS.name(), Topics.ALERTS.name());
        }
        LogSource recorded = LogSource.file(file);
        try (Log now = live.open(Recording.STANDARD_TOPICS, Span.WHOLE);
                Log then = recorded.open(Recording.STANDARD_TOPICS, Span.WHOLE)) {
            assertThat(then.sources()).isEqualTo(now.sources());
            for (Optional<LoggedRecord> kept = then.next(); kept.isPresent(); kept = then.next()) {
                assertThat(kept.get())
                        .usingRecursiveComparison()
                        .isEqualTo(now.next().orElseThrow());
            }
        }
        Past past = Past.read(recorded, Span.WHOLE);
        Rerun rerun = Rerun.of(
                recorded,
                past,
                Duration.ofSeconds(15),
                compiler -> past.rules().values().stream()
                        .map(version -> compiler.compile(
                                version.getVersion(), version.getEffectiveFromMs(), RuleVersions.texts(version)))
                        .toList(),
                Span.WHOLE);
        assertThat(past.transitions()).containsExactlyElementsOf(transitions);
        assertThat(rerun.transitions()).containsExactlyElementsOf(transitions);
    }

    @Test
    void aBrokenRuleFileLeavesTheOldRulesInForce() throws IOException {
        try (RunningModule engine = start()) {
            await("an evaluated rule", () -> healthy(engine), engine);
            String before = newestRules(engine);
            Files.writeString(rules().resolve("broken.yaml"), HOT.replace("temperature > 100", "temperature >"));
            Files.writeString(rules().resolve("hot.yaml"), HOT.replace("100", "1000"));
            temperature = 150;
            await("an alert of the old rules", () -> any(transitions, change -> change.getTo() == AlertState.FIRING));
            assertThat(newestRules(engine)).isEqualTo(before);
            Files.delete(rules().resolve("broken.yaml"));
            await("the new rules", () -> !newestRules(engine).equals(before));
        }
    }

    private static String newestRules(RunningModule engine) {
        return Objects.requireNonNull(
                        engine.context().getBean(EngineRules.class).newest())
                .version();
    }

    private static boolean healthy(RunningModule engine) {
        return engine.context().getBean(EngineView.class).groups().stream()
                .flatMap(group -> group.rules().stream())
                .anyMatch(rule -> rule.health() == EngineView.Health.OK);
    }

    private static <T> boolean any(List<T> seen, Predicate<T> wanted) {
        return seen.stream().anyMatch(wanted);
    }

    private void await(String what, BooleanSupplier reached, RunningModule engine) {
        try {
            await(what, reached);
        } catch (AssertionError e) {
            EngineView view = engine.context().getBean(EngineView.class);
            KafkaStreams streams = engine.context().getBean(KafkaStreams.class);
            throw new AssertionError(
                    "topology " + streams.state()
                            + ", ticks " + view.ticks() + ", groups " + view.groups() + ", threads "
                            + streams.metadataForLocalThreads(),
                    e);
        }
    }

    private void await(String what, BooleanSupplier reached) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("still waiting for " + what + "; transitions " + transitions + ", incidents " + incidents)
                    .isLessThan(deadline);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
                read(record);
            }
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(Topics.INCIDENTS.name())) {
            incidents.add(new ProtoSerde<>(IncidentSnapshot.parser())
                    .deserializer()
                    .deserialize(record.topic(), record.value()));
            return;
        }
        if (record.topic().equals(Topics.DEAD_LETTERS.name())) {
            DeadLetter letter =
                    new ProtoSerde<>(DeadLetter.parser()).deserializer().deserialize(record.topic(), record.value());
            throw new AssertionError("a dead letter: " + letter);
        }
        AlertEvent event =
                new ProtoSerde<>(AlertEvent.parser()).deserializer().deserialize(record.topic(), record.value());
        if (event.hasTransition()) {
            transitions.add(event.getTransition());
        }
    }
}
