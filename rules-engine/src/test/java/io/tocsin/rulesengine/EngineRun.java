package io.tocsin.rulesengine;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.contracts.ProtoSerde;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.Topic;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.AlertTransition;
import io.tocsin.contracts.v1.DeadLetter;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.RuleFile;
import io.tocsin.contracts.v1.RuleSetVersion;
import io.tocsin.contracts.v1.TopologyRecord;
import io.tocsin.rulesengine.converge.ConvergePolicy;
import io.tocsin.rulesengine.heartbeat.Heartbeat;
import io.tocsin.rulesengine.recording.LoggedRecord;
import io.tocsin.rulesengine.store.StoreLimits;
import io.tocsin.rulesengine.tick.DoorEvidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The whole topology on a log of one partition per topic, without a broker. Time is what the records say: a second passes
 * with a heartbeat on each telemetry topic, as the engine writes them.
 */
final class EngineRun implements AutoCloseable {

    /** Where every run begins, Unix milliseconds. */
    static final long START = 1_700_000_000_000L;

    private static final String APPLICATION = "engine-run";

    private final Path directory;
    private int incarnation;
    private TopologyTestDriver driver;
    private EngineParts parts;
    private final List<RuleSetVersion> rules = new ArrayList<>();
    /** Everything that was written to tocsin.alerts. */
    final List<AlertEvent> alerts = new ArrayList<>();

    final List<IncidentSnapshot> incidents = new ArrayList<>();
    final List<TopologyRecord> topology = new ArrayList<>();
    final List<DeadLetter> deadLetters = new ArrayList<>();
    /** Everything that was piped in, as a broker would keep it. */
    final List<LoggedRecord> log = new ArrayList<>();

    private final Map<String, Long> offsets = new HashMap<>();

    DoorEvidence doors = DoorEvidence.COMPLETE;
    long nowMs = START;

    EngineRun(Path directory) {
        this.directory = directory;
        open();
    }

    private void open() {
        RulesEngineConfig config = new RulesEngineConfig(
                1,
                1,
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Replay.NONE,
                StoreLimits.DEFAULT,
                ConvergePolicy.DEFAULT,
                "http://engine");
        Clock clock = Clock.fixed(Instant.ofEpochMilli(START), ZoneOffset.UTC);
        parts = EngineParts.of(new PrometheusRegistry(), clock);
        Properties properties = new Properties();
        properties.put("application.id", APPLICATION);
        properties.put("bootstrap.servers", "nowhere:1");
        properties.put("state.dir", state().toString());
        driver = new TopologyTestDriver(
                RulesEngineTopology.build(config, parts), properties, Instant.ofEpochMilli(START));
        rules.forEach(this::pipe);
    }

    /** Time goes by on the machine, and none in the log. */
    void onTheMachine(Duration time) {
        driver.advanceWallClockTime(time);
        collect();
    }

    /** Shards that some tick went on without. */
    Set<String> excluded() {
        return alerts.stream()
                .flatMap(event -> event.getTickDone().getExcludedShardsList().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Path state() {
        return directory.resolve("state-" + incarnation);
    }

    /**
     * Starts another process on what the stores hold; the heap is gone. The driver is dropped and not closed, since closing it
     * deletes its stores.
     */
    void restart() {
        // RocksDB writes what it holds in memory when it is closed.
        driver.getAllStateStores().values().stream().filter(Objects::nonNull).forEach(StateStore::close);
        Path before = state();
        incarnation++;
        copy(before, state());
        open();
    }

    private static void copy(Path from, Path to) {
        try {
            Files.walkFileTree(from, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes)
                        throws IOException {
                    Files.createDirectories(to.resolve(from.relativize(entered)));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    String name = file.getFileName().toString();
                    if (!name.equals("LOCK") && !name.equals(".lock")) {
                        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Publishes a rule file, in force from now on. */
    EngineRun rules(String text) {
        RuleSetVersion version = RuleSetVersion.newBuilder()
                .setVersion(String.format("%08d", rules.size() + 1))
                .setEffectiveFromMs(nowMs)
                .addFiles(RuleFile.newBuilder().setName("rules.yaml").setText(text))
                .build();
        rules.add(version);
        keep(
                Topics.RULES.name(),
                version.getVersion().getBytes(StandardCharsets.UTF_8),
                version.toByteArray(),
                new RecordHeaders());
        pipe(version);
        return this;
    }

    private void pipe(RuleSetVersion version) {
        driver.createInputTopic(
                        Topics.RULES.name(),
                        new StringSerializer(),
                        new ProtoSerde<>(RuleSetVersion.parser()).serializer())
                .pipeInput(version.getVersion(), version);
    }

    /** A gauge of a service's instance, sent and arrived now. */
    EngineRun gauge(String service, String metric, double value, KeyValue... attributes) {
        Resource resource = resource(service);
        ExportMetricsServiceRequest request = ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(resource)
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .addMetrics(Metric.newBuilder()
                                        .setName(metric)
                                        .setGauge(Gauge.newBuilder()
                                                .addDataPoints(NumberDataPoint.newBuilder()
                                                        .setTimeUnixNano(nowMs * 1_000_000)
                                                        .setAsDouble(value)
                                                        .addAllAttributes(List.of(attributes)))))))
                .build();
        pipe(Topics.METRICS, TargetIdentity.of(resource).key(), request.toByteArray(), new RecordHeaders());
        return this;
    }

    /** A call from one service to another, of which both sides arrived now. */
    EngineRun call(String caller, String callee, int number) {
        byte[] trace = id(number, 16);
        byte[] client = id(number, 8);
        span(caller, Span.SpanKind.SPAN_KIND_CLIENT, trace, client, new byte[0]);
        span(callee, Span.SpanKind.SPAN_KIND_SERVER, trace, id(number + 1_000_000, 8), client);
        return this;
    }

    private static byte[] id(int number, int bytes) {
        return HexFormat.of().parseHex(String.format("%0" + 2 * bytes + "x", number));
    }

    private void span(String service, Span.SpanKind kind, byte[] trace, byte[] id, byte[] parent) {
        Resource resource = resource(service);
        ExportTraceServiceRequest request = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(resource)
                        .addScopeSpans(ScopeSpans.newBuilder()
                                .addSpans(Span.newBuilder()
                                        .setTraceId(com.google.protobuf.ByteString.copyFrom(trace))
                                        .setSpanId(com.google.protobuf.ByteString.copyFrom(id))
                                        .setParentSpanId(com.google.protobuf.ByteString.copyFrom(parent))
                                        .setKind(kind)
                                        .setName("work")
                                        .setStartTimeUnixNano((nowMs - 10) * 1_000_000)
                                        .setEndTimeUnixNano(nowMs * 1_000_000))))
                .build();
        pipe(Topics.SPANS, TargetIdentity.of(resource).key(), request.toByteArray(), new RecordHeaders());
    }

    static Resource resource(String service) {
        return Resource.newBuilder()
                .addAttributes(attribute("service.name", service))
                .addAttributes(attribute("service.instance.id", service + "-1"))
                .build();
    }

    static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    /** A second passes on both telemetry topics. */
    EngineRun second() {
        nowMs += 1_000;
        heartbeat(Topics.METRICS);
        heartbeat(Topics.SPANS);
        return this;
    }

    /** Time goes on where heartbeats are written, on one topic alone. */
    void heartbeat(Topic topic) {
        Heartbeat heartbeat = new Heartbeat(0, doors);
        pipe(topic, new byte[0], new byte[0], new RecordHeaders(heartbeat.headers()));
    }

    EngineRun seconds(int count) {
        for (int i = 0; i < count; i++) {
            second();
        }
        return this;
    }

    void pipe(Topic topic, byte[] key, byte[] value, RecordHeaders headers) {
        keep(topic.name(), key, value, headers);
        driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, headers, Instant.ofEpochMilli(nowMs + 1)));
        collect();
    }

    private void keep(String topic, byte[] key, byte[] value, RecordHeaders headers) {
        long offset = offsets.merge(topic, 1L, Long::sum) - 1;
        log.add(new LoggedRecord(topic, 0, offset, nowMs + 1, true, key, value, List.of(headers.toArray())));
    }

    private void collect() {
        alerts.addAll(read(Topics.ALERTS, new ProtoSerde<>(AlertEvent.parser()).deserializer()));
        incidents.addAll(read(Topics.INCIDENTS, new ProtoSerde<>(IncidentSnapshot.parser()).deserializer()));
        topology.addAll(read(Topics.TOPOLOGY, new ProtoSerde<>(TopologyRecord.parser()).deserializer()));
        deadLetters.addAll(read(Topics.DEAD_LETTERS, new ProtoSerde<>(DeadLetter.parser()).deserializer()));
    }

    private <T> List<T> read(Topic topic, Deserializer<T> values) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), values)
                .readValuesToList();
    }

    /** The transitions so far, as "Alert FROM->TO REASON". */
    List<String> transitions() {
        return alerts.stream()
                .filter(AlertEvent::hasTransition)
                .map(AlertEvent::getTransition)
                .map(EngineRun::words)
                .toList();
    }

    private static String words(AlertTransition change) {
        return change.getLabelsOrDefault("alertname", "") + " " + change.getFrom() + "->" + change.getTo() + " "
                + change.getReason();
    }

    EngineParts parts() {
        return parts;
    }

    @Override
    public void close() {
        driver.close();
    }
}
