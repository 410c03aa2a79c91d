package io.tocsin.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.RuleFile;
import io.tocsin.contracts.v1.RuleSetVersion;
import io.tocsin.rulesengine.heartbeat.Heartbeat;
import io.tocsin.rulesengine.recording.Log;
import io.tocsin.rulesengine.recording.LoggedRecord;
import io.tocsin.rulesengine.recording.Recording;
import io.tocsin.rulesengine.recording.Span;
import io.tocsin.rulesengine.tick.DoorEvidence;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command over a recording of three minutes, in which it is hot from the 60th to the 119th second. */
class BacktestCommandTest {

    private static final long START = 1_700_000_000_000L;
    private static final String RULES = """
            groups:
              - name: g
                interval: 1s
                rules: [{alert: Hot, expr: temperature > 100, for: 5s}]
            """;

    @TempDir
    Path folder;

    private Path recording;
    private Path rules;
    private final StringWriter out = new StringWriter();

    @BeforeEach
    void record() throws IOException {
        recording = folder.resolve("a.recording");
        rules = Files.writeString(folder.resolve("hot.yaml"), RULES.replace("100", "200"));
        Recording.write(log(), Span.WHOLE, recording);
    }

    private static Log log() {
        List<LoggedRecord> records = new ArrayList<>();
        RuleSetVersion deployed = RuleSetVersion.newBuilder()
                .setVersion("00000001-x")
                .addFiles(RuleFile.newBuilder().setName("hot.yaml").setText(RULES))
                .build();
        records.add(new LoggedRecord(
                Topics.RULES.name(), 0, 0, START, false, new byte[] {1}, deployed.toByteArray(), List.of()));
        for (int second = 0; second < 180; second++) {
            long atMs = START + second * 1000L;
            records.add(temperature(second, atMs, second >= 60 && second < 120 ? 150 : 20));
            List<Header> beat = new Heartbeat(0, DoorEvidence.COMPLETE).headers();
            records.add(record(Topics.METRICS.name(), 2L * second + 1, atMs + 1, new byte[0], new byte[0], beat));
            records.add(record(Topics.SPANS.name(), second, atMs + 1, new byte[0], new byte[0], beat));
        }
        Iterator<LoggedRecord> all = records.iterator();
        return new Log() {
            @Override
            public List<Source> sources() {
                return List.of(
                        new Source(Topics.RULES.name(), 1),
                        new Source(Topics.METRICS.name(), 1),
                        new Source(Topics.SPANS.name(), 1));
            }

            @Override
            public Optional<LoggedRecord> next() {
                return all.hasNext() ? Optional.of(all.next()) : Optional.empty();
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    private static LoggedRecord temperature(int second, long atMs, double value) {
        Resource resource = Resource.newBuilder()
                .addAttributes(KeyValue.newBuilder()
                        .setKey("service.name")
                        .setValue(AnyValue.newBuilder().setStringValue("oven")))
                .build();
        ExportMetricsServiceRequest request = ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(resource)
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .addMetrics(Metric.newBuilder()
                                        .setName("temperature")
                                        .setGauge(Gauge.newBuilder()
                                                .addDataPoints(NumberDataPoint.newBuilder()
                                                        .setTimeUnixNano(atMs * 1_000_000)
                                                        .setAsDouble(value))))))
                .build();
        byte[] key = TargetIdentity.of(resource).key();
        return record(Topics.METRICS.name(), 2L * second, atMs, key, request.toByteArray(), List.of());
    }

    private static LoggedRecord record(
            String topic, long offset, long atMs, byte[] key, byte[] value, List<Header> headers) {
        return new LoggedRecord(topic, 0, offset, atMs, true, key, value, headers);
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("backtest", "--recording", recording.toString()));
        all.addAll(List.of(arguments));
        return new CommandLine(new RulesCommand()).setOut(new PrintWriter(out)).execute(all.toArray(String[]::new));
    }

    @Test
    void theTableHasWhatTheFileWouldHaveSaidNextToWhatIsDeployed() {
        assertThat(run(rules.toString())).isZero();
        assertThat(out.toString().lines().filter(line -> line.startsWith("g/Hot")))
                .hasSize(1)
                .first()
                .asString()
                .matches("g/Hot +0 +0s +0s +0 +1 +55s +1 +differs");
    }

    @Test
    void whatFiresIsListedWithItsTimesAndLabels() throws IOException {
        Files.writeString(rules, RULES);
        assertThat(run(rules.toString())).isZero();
        assertThat(out.toString())
                .contains("same")
                .containsPattern(
                        "2023-11-14T22:14:25Z  FOR_ELAPSED at 150.0; for 55s, RECOVERED_ON_FRESH_DATA  \\{.*job=\"oven\"");
    }

    @Test
    void theSameAsJson() {
        assertThat(run("-o", "json", rules.toString())).isZero();
        JsonNode rule =
                JsonMapper.shared().readTree(out.toString()).path("rules").path(0);
        assertThat(rule.path("rule").asString()).isEqualTo("g/Hot");
        assertThat(rule.path("would").path("alerts").size()).isZero();
        assertThat(rule.path("deployed").path("activeSeconds").asInt()).isEqualTo(55);
    }

    @Test
    void aMistakeIsAFindingAndNoRecordingAnInputError() throws IOException {
        Files.writeString(rules, RULES.replace("temperature >", "temperature >>"));
        assertThat(run(rules.toString())).isEqualTo(1);
        assertThat(out.toString()).startsWith("hot.yaml:4:");
        Files.writeString(rules, RULES);
        assertThat(TocsinCommand.run("rules", "backtest", "--recording", rules.toString(), rules.toString()))
                .isEqualTo(TocsinCommand.EXIT_INPUT);
        assertThat(TocsinCommand.run(
                        "rules", "backtest", "--recording", recording.toString(), "--from", "soon", rules.toString()))
                .isEqualTo(TocsinCommand.EXIT_INPUT);
    }
}
