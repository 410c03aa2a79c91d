package io.tocsin.rulesengine.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.Topic;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.AlertState;
import io.tocsin.contracts.v1.AlertTransition;
import io.tocsin.contracts.v1.RuleFile;
import io.tocsin.contracts.v1.RuleSetVersion;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.engine.EngineOptions;
import io.tocsin.promql.engine.PromqlException;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.Sample;
import io.tocsin.promql.model.Value;
import io.tocsin.rulesengine.RulesEngineApplication;
import io.tocsin.rulesengine.differential.CorpusRules.Candidate;
import io.tocsin.rulesengine.heartbeat.Heartbeat;
import io.tocsin.rulesengine.rules.compile.CompiledGroup;
import io.tocsin.rulesengine.rules.compile.CompiledRules;
import io.tocsin.rulesengine.rules.compile.RuleCompiler;
import io.tocsin.rulesengine.tick.DoorEvidence;
import io.tocsin.runtime.RunningModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same data through the whole engine (a real broker, four partitions) and through the PromQL engine over all of it at
 * once, for rules that people run: every transition of every alert is the same.
 */
@Timeout(300)
class DifferentialTest {

    /** Lately, since a broker deletes what is old; at a multiple of the interval, so that all runs are the same. */
    private static final long START = Math.floorDiv(System.currentTimeMillis() - 30 * 60_000, 15_000) * 15_000;

    private static final long BASE_TICK_MS = 5_000;
    private static final int STEPS = 45;
    private static final int PARTITIONS = 4;
    private static final int CANDIDATES = 400;
    private static final int WANTED = 200;
    private static final String NAME = "__name__";

    @TempDir
    Path directory;

    private final WholeSource whole = new WholeSource();
    private final List<Candidate> rules = new ArrayList<>();

    @Test
    void everyTransitionIsTheSameAsOverTheWholeData() throws Exception {
        GeneratedTelemetry telemetry = new GeneratedTelemetry(4);
        for (Candidate candidate : CorpusRules.candidates(CANDIDATES)) {
            if (telemetry.addFor(candidate.expr())) {
                rules.add(candidate);
            }
        }
        CompiledRules compiled = compiled();
        Map<String, TreeSet<String>> live = live(telemetry);
        Map<String, TreeSet<String>> reference = reference(compiled);
        assertThat(live.keySet()).isEqualTo(reference.keySet());
        Set<String> failing = new HashSet<>(reference.keySet());
        failing.removeIf(rule -> !reference.get(rule).contains("failed"));
        reference.keySet().removeAll(failing);
        live.keySet().removeAll(failing);

        long firing = reference.values().stream()
                .filter(changes -> changes.stream().anyMatch(change -> change.contains(" FIRING ")))
                .count();
        int transitions = reference.values().stream().mapToInt(Set::size).sum();
        System.out.printf(
                "differential: %d rules, %d of them fire, %d transitions; %d rules cannot be evaluated on this data%n",
                reference.size(), firing, transitions, failing.size());
        assertThat(live).isEqualTo(reference);
        assertThat(firing).isGreaterThanOrEqualTo(WANTED);
    }

    private CompiledRules compiled() {
        LinkedHashMap<String, String> texts = new LinkedHashMap<>();
        texts.put("corpus.yaml", CorpusRules.file(rules));
        return new RuleCompiler(BASE_TICK_MS, BASE_TICK_MS / 4, Duration.ofSeconds(15), Duration.ZERO)
                .compile("00000001", START, texts);
    }

    private Map<String, TreeSet<String>> live(GeneratedTelemetry telemetry) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0)) {
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            long lastTickMs = write(client, telemetry);
            Path nothingLeftOut = Files.createFile(directory.resolve("left-out"));
            Map<String, Object> properties = Map.of(
                    "micronaut.server.port",
                    -1,
                    "tocsin.kafka.bootstrap-servers",
                    kafka.bootstrapServers(),
                    "tocsin.engine.state-dir",
                    directory.resolve("state").toString(),
                    "tocsin.engine.base-tick",
                    BASE_TICK_MS + "ms",
                    "tocsin.engine.span-interval",
                    BASE_TICK_MS + "ms",
                    "tocsin.engine.replay",
                    nothingLeftOut.toString());
            try (RunningModule _ = RulesEngineApplication.start(properties)) {
                return read(client, lastTickMs);
            }
        }
    }

    /** The log that a collector and an engine would have written; returns its last tick. */
    private long write(Map<String, Object> client, GeneratedTelemetry telemetry) throws Exception {
        try (Admin admin = Admin.create(client)) {
            List<NewTopic> topics = new ArrayList<>();
            for (Topic topic : List.of(Topics.METRICS, Topics.SPANS)) {
                topics.add(new NewTopic(topic.name(), PARTITIONS, (short) 1)
                        .configs(Map.of("message.timestamp.type", "CreateTime")));
            }
            topics.add(new NewTopic(Topics.RULES.name(), 1, (short) 1));
            admin.createTopics(topics).all().get();
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            RuleSetVersion version = RuleSetVersion.newBuilder()
                    .setVersion("00000001")
                    .setEffectiveFromMs(START)
                    .addFiles(RuleFile.newBuilder().setName("corpus.yaml").setText(CorpusRules.file(rules)))
                    .build();
            producer.send(new ProducerRecord<>(
                            Topics.RULES.name(),
                            "00000001".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                            version.toByteArray()))
                    .get();
            long end = START + STEPS * GeneratedTelemetry.STEP_MS;
            heartbeats(producer, START - 2);
            for (long now = START; now <= end; now += BASE_TICK_MS) {
                if ((now - START) % GeneratedTelemetry.STEP_MS == 0) {
                    reports(producer, telemetry, now + 1_000);
                }
                // Just after the tick, so that this is what fires it.
                heartbeats(producer, now + BASE_TICK_MS + 1);
            }
            return end + BASE_TICK_MS;
        }
    }

    private void reports(KafkaProducer<byte[], byte[]> producer, GeneratedTelemetry telemetry, long atMs)
            throws Exception {
        for (int target = 0; target < GeneratedTelemetry.TARGETS; target++) {
            byte[] request = telemetry.report(target, atMs);
            whole.take(request);
            byte[] key = TargetIdentity.of(GeneratedTelemetry.resource(target)).key();
            var _ = producer.send(new ProducerRecord<>(Topics.METRICS.name(), null, atMs + 20, key, request));
        }
    }

    private static void heartbeats(KafkaProducer<byte[], byte[]> producer, long atMs) {
        Heartbeat heartbeat = new Heartbeat(1, DoorEvidence.COMPLETE);
        for (Topic topic : List.of(Topics.METRICS, Topics.SPANS)) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                var _ = producer.send(new ProducerRecord<>(
                        topic.name(), partition, atMs, new byte[0], new byte[0], heartbeat.headers()));
            }
        }
    }

    private Map<String, TreeSet<String>> read(Map<String, Object> client, long lastTickMs) throws Exception {
        Map<String, TreeSet<String>> transitions = empty();
        Map<String, Object> committed = new HashMap<>(client);
        committed.put("isolation.level", "read_committed");
        Map<Integer, Long> done = new TreeMap<>();
        Instant deadline = Instant.now().plusSeconds(240);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(committed, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.ALERTS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (done.size() < PARTITIONS || done.values().stream().anyMatch(tick -> tick < lastTickMs)) {
                assertThat(Instant.now())
                        .as("done up to %s of %d", done, lastTickMs)
                        .isBefore(deadline);
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    AlertEvent event = AlertEvent.parseFrom(record.value());
                    if (event.hasTickDone()) {
                        done.merge(
                                event.getTickDone().getEvaluatePartition(),
                                event.getTickDone().getTickMs(),
                                Math::max);
                    } else {
                        note(event.getTransition(), transitions);
                    }
                }
            }
        }
        return transitions;
    }

    private static void note(AlertTransition change, Map<String, TreeSet<String>> transitions) {
        String rule = change.getLabelsOrDefault("rule", change.getLabelsOrDefault("alertname", ""));
        TreeSet<String> known = transitions.get(rule);
        if (known != null) {
            known.add(
                    change.getLabelsOrDefault("alertname", "").startsWith("Tocsin")
                            ? "failed"
                            : words(new TreeMap<>(change.getLabelsMap()), change.getTo(), change.getAtMs()));
        }
    }

    private static String words(TreeMap<String, String> labels, AlertState to, long tickMs) {
        return labels + " " + to + " at " + (tickMs - START) / 1000;
    }

    private Map<String, TreeSet<String>> empty() {
        Map<String, TreeSet<String>> transitions = new TreeMap<>();
        rules.forEach(rule -> transitions.put(rule.name(), new TreeSet<>()));
        return transitions;
    }

    private Map<String, TreeSet<String>> reference(CompiledRules compiled) {
        Map<String, TreeSet<String>> transitions = empty();
        Engine engine = new Engine(EngineOptions.DEFAULT);
        Map<String, CompiledGroup> groups = new HashMap<>();
        compiled.groups().forEach(group -> groups.put(group.name(), group));
        for (Candidate rule : rules) {
            CompiledGroup group = groups.get(rule.name());
            Map<Labels, Long> since = new HashMap<>();
            Set<Labels> firing = new HashSet<>();
            long end = START + STEPS * GeneratedTelemetry.STEP_MS + BASE_TICK_MS;
            for (long tick = START; tick <= end; tick += BASE_TICK_MS) {
                if (group.dueAt(tick)) {
                    step(engine, rule, tick, since, firing, transitions.get(rule.name()));
                }
            }
        }
        return transitions;
    }

    /** The state machine of Prometheus' alerting rules, in its simplest form. */
    private void step(
            Engine engine,
            Candidate rule,
            long tick,
            Map<Labels, Long> since,
            Set<Labels> firing,
            TreeSet<String> transitions) {
        Set<Labels> now = new HashSet<>();
        try {
            result(engine.instant(rule.expr(), whole, tick).value())
                    .map(sample -> sample.labels().toBuilder()
                            .set(NAME, "")
                            .set("alertname", rule.name())
                            .build())
                    .forEach(labels -> {
                        if (!now.add(labels)) {
                            transitions.add("failed");
                        }
                    });
        } catch (PromqlException e) {
            transitions.add("failed");
            return;
        }
        for (Labels labels : now) {
            boolean begins = since.putIfAbsent(labels, tick) == null;
            long from = since.getOrDefault(labels, tick);
            if (tick - from >= rule.forMs() && firing.add(labels)) {
                transitions.add(words(texts(labels), AlertState.FIRING, tick));
            } else if (begins) {
                transitions.add(words(texts(labels), AlertState.PENDING, tick));
            }
        }
        for (Labels labels : Set.copyOf(since.keySet())) {
            if (!now.contains(labels)) {
                since.remove(labels);
                firing.remove(labels);
                transitions.add(words(texts(labels), AlertState.INACTIVE, tick));
            }
        }
    }

    private static Stream<Sample> result(Value value) {
        return switch (value) {
            case Value.VectorValue vector -> vector.samples().stream();
            case Value.ScalarValue scalar ->
                Stream.of(new Sample(Labels.EMPTY, scalar.timestampMs(), scalar.value(), null));
            default -> Stream.empty();
        };
    }

    private static TreeMap<String, String> texts(Labels labels) {
        TreeMap<String, String> texts = new TreeMap<>();
        labels.forEach(texts::put);
        return texts;
    }
}
