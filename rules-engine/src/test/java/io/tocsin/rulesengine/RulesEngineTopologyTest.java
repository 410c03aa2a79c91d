package io.tocsin.rulesengine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.Disposition;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.IncidentStatus;
import io.tocsin.contracts.v1.TickDone;
import io.tocsin.rulesengine.tick.DoorEvidence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesEngineTopologyTest {

    private static final String THRESHOLD = """
            groups:
              - name: g
                interval: 1s
                rules:
                  - alert: Hot
                    expr: temperature > 100
                    labels: {severity: page}
                    annotations: {summary: "{{ $labels.service_name }} is at {{ $value }}"}
            """;

    private static final String OUTAGE = """
            groups:
              - name: g
                interval: 1s
                rules:
                  - alert: Silent
                    expr: sum by (service_name) (temperature)
                    outage: {missing_for: 5s}
            """;

    @TempDir
    Path directory;

    private EngineRun run;

    @BeforeEach
    void open() {
        run = new EngineRun(directory);
    }

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void aThresholdFiresAndRecovers() {
        run.rules(THRESHOLD).seconds(3);
        run.gauge("shop", "temperature", 50).seconds(2);
        run.gauge("shop", "temperature", 150).seconds(2);
        run.gauge("shop", "temperature", 150).seconds(2);
        assertThat(run.transitions()).containsExactly("Hot INACTIVE->FIRING THRESHOLD_CROSSED");
        run.gauge("shop", "temperature", 60).seconds(2);
        assertThat(run.transitions())
                .containsExactly(
                        "Hot INACTIVE->FIRING THRESHOLD_CROSSED", "Hot FIRING->INACTIVE RECOVERED_ON_FRESH_DATA");
        var fired = run.alerts.stream()
                .filter(AlertEvent::hasTransition)
                .findFirst()
                .orElseThrow()
                .getTransition();
        assertThat(fired.getAnnotationsMap()).containsEntry("summary", "shop is at 150");
        assertThat(fired.getLabelsMap()).containsEntry("severity", "page").containsEntry("service_name", "shop");
        assertThat(fired.getEnvironment()).isEqualTo("default");
        assertThat(fired.getAtMs()).isEqualTo(EngineRun.START + 6_000);
        assertThat(fired.getGeneratorUrl()).startsWith("http://engine/graph?g0.expr=temperature");
    }

    @Test
    void everyTickIsSaidToBeDoneOnce() {
        run.rules(THRESHOLD).seconds(5);
        List<Long> ticks = run.alerts.stream()
                .filter(AlertEvent::hasTickDone)
                .map(AlertEvent::getTickDone)
                .map(TickDone::getTickMs)
                .toList();
        assertThat(ticks)
                .containsExactly(
                        EngineRun.START + 2_000,
                        EngineRun.START + 3_000,
                        EngineRun.START + 4_000,
                        EngineRun.START + 5_000);
    }

    @Test
    void aNativeHistogramCanBeRecordedAndReadOverARestart() {
        run.rules("""
                groups:
                  - name: g
                    interval: 1s
                    rules:
                      - record: latency:now
                        expr: latency
                      - alert: Many
                        expr: histogram_count(latency:now offset 2s) > 5
                """);
        run.seconds(2);
        for (int second = 0; second < 6; second++) {
            histogram(second < 3 ? 4 : 8);
            run.second();
            if (second == 4) {
                run.restart();
            }
        }
        assertThat(run.transitions()).containsExactly("Many INACTIVE->FIRING THRESHOLD_CROSSED");
    }

    private void histogram(long count) {
        Resource resource = EngineRun.resource("shop");
        ExponentialHistogramDataPoint point = ExponentialHistogramDataPoint.newBuilder()
                .setTimeUnixNano(run.nowMs * 1_000_000)
                .setCount(count)
                .setSum((double) count)
                .setScale(0)
                .setPositive(ExponentialHistogramDataPoint.Buckets.newBuilder().addBucketCounts(count))
                .build();
        ExportMetricsServiceRequest request = ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(resource)
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .addMetrics(Metric.newBuilder()
                                        .setName("latency")
                                        .setExponentialHistogram(ExponentialHistogram.newBuilder()
                                                .setAggregationTemporality(
                                                        AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                                                .addDataPoints(point)))))
                .build();
        run.pipe(Topics.METRICS, TargetIdentity.of(resource).key(), request.toByteArray(), new RecordHeaders());
    }

    @Test
    void anExpectedSeriesThatIsMissingIsAnOutage() {
        run.rules(OUTAGE);
        for (int i = 0; i < 10; i++) {
            run.gauge("shop", "temperature", 50).second();
        }
        run.seconds(15);
        assertThat(run.transitions()).containsExactly("Silent INACTIVE->FIRING SERIES_MISSING");
        for (int i = 0; i < 3; i++) {
            run.gauge("shop", "temperature", 50).second();
        }
        assertThat(run.transitions()).hasSize(2).last().asString().startsWith("Silent FIRING->INACTIVE");
    }

    @Test
    void twoServicesThatFailTogetherAreOneIncidentWithTheCalleeAsItsCause() {
        run.rules(THRESHOLD).seconds(2);
        for (int i = 0; i < 12; i++) {
            run.call("front", "database", i + 1)
                    .gauge("front", "temperature", 50)
                    .gauge("database", "temperature", 50);
            run.second();
        }
        assertThat(run.topology)
                .anySatisfy(record -> assertThat(record.getCall().getCaller() + ">"
                                + record.getCall().getCallee())
                        .isEqualTo("front>database"));
        for (int i = 0; i < 5; i++) {
            run.call("front", "database", i + 100)
                    .gauge("front", "temperature", 150)
                    .gauge("database", "temperature", 150)
                    .second();
        }
        assertThat(run.incidents)
                .extracting(IncidentSnapshot::getId)
                .containsOnly(run.incidents.getFirst().getId());
        IncidentSnapshot newest = run.incidents.getLast();
        assertThat(newest.getRootCauses(0).getElement()).isEqualTo("database");
        assertThat(newest.getMembersList()).hasSize(2).anySatisfy(member -> {
            assertThat(member.getElement()).isEqualTo("front");
            assertThat(member.getDisposition()).isEqualTo(Disposition.SYMPTOM);
        });
        for (int i = 0; i < 20; i++) {
            run.gauge("front", "temperature", 50)
                    .gauge("database", "temperature", 50)
                    .second();
        }
        assertThat(run.incidents.getLast().getStatus()).isEqualTo(IncidentStatus.CLOSED);
    }

    /** B1. */
    @Test
    void silenceOfAFiringAlertIsNoDataAndNoRecovery() {
        run.rules(THRESHOLD);
        for (int i = 0; i < 5; i++) {
            run.gauge("shop", "temperature", 150).second();
        }
        run.seconds(30);
        assertThat(run.transitions())
                .containsExactly("Hot INACTIVE->FIRING THRESHOLD_CROSSED", "Hot FIRING->NO_DATA TARGET_SILENT");
        run.gauge("shop", "temperature", 50).seconds(2);
        assertThat(run.transitions()).hasSize(3).last().isEqualTo("Hot NO_DATA->INACTIVE RECOVERED_ON_FRESH_DATA");
    }

    /** B9. */
    @Test
    void aStalledShardIsOneAlertThatNamesItAndNothingResolvesMeanwhile() {
        run.rules(THRESHOLD);
        for (int i = 0; i < 5; i++) {
            run.gauge("shop", "temperature", 150).second();
        }
        for (int i = 0; i < 70; i++) {
            run.gauge("shop", "temperature", 50);
            run.nowMs += 1_000;
            run.heartbeat(Topics.METRICS);
            run.onTheMachine(Duration.ofSeconds(1));
        }
        assertThat(run.excluded()).containsExactly("spans/0");
        assertThat(run.transitions())
                .containsExactly(
                        "Hot INACTIVE->FIRING THRESHOLD_CROSSED",
                        "TocsinPipelineStalled INACTIVE->FIRING PIPELINE_STALLED");
        for (int i = 0; i < 10; i++) {
            run.gauge("shop", "temperature", 50).second();
        }
        assertThat(run.transitions())
                .hasSize(4)
                .contains(
                        "TocsinPipelineStalled FIRING->INACTIVE PIPELINE_RESUMED",
                        "Hot FIRING->INACTIVE RECOVERED_ON_FRESH_DATA");
    }

    /** B13. */
    @Test
    void aRestartNeitherFiresNorResolves() {
        run.rules(THRESHOLD);
        for (int i = 0; i < 5; i++) {
            run.gauge("shop", "temperature", 150).second();
        }
        run.restart();
        for (int i = 0; i < 5; i++) {
            run.gauge("shop", "temperature", 150).second();
        }
        assertThat(run.transitions()).containsExactly("Hot INACTIVE->FIRING THRESHOLD_CROSSED");
        assertThat(run.incidents).hasSize(1);
        run.gauge("shop", "temperature", 50).seconds(15);
        assertThat(run.transitions()).hasSize(2);
        assertThat(run.incidents.getLast().getStatus()).isEqualTo(IncidentStatus.CLOSED);
        assertThat(run.incidents.getLast().getId())
                .isEqualTo(run.incidents.getFirst().getId());
    }

    /** B14. */
    @Test
    void alertsUpToTheLimitStayAndOneMoreSaysHowManyAreCut() {
        run.rules(THRESHOLD.replace("interval: 1s", "interval: 1s\n    limit: 2"));
        for (int i = 0; i < 4; i++) {
            for (String disk : List.of("a", "b", "c")) {
                run.gauge("shop", "temperature", 150, EngineRun.attribute("disk", disk));
            }
            run.second();
        }
        assertThat(run.transitions())
                .containsExactlyInAnyOrder(
                        "Hot INACTIVE->FIRING THRESHOLD_CROSSED",
                        "Hot INACTIVE->FIRING THRESHOLD_CROSSED",
                        "TocsinRuleLimitReached INACTIVE->FIRING LIMIT_REACHED");
    }

    /** B21. */
    @Test
    void whileADoorHoldsDataItsAbsenceIsNoEvidence() {
        run.rules(THRESHOLD);
        for (int i = 0; i < 5; i++) {
            run.gauge("shop", "temperature", 150).second();
        }
        run.doors = DoorEvidence.incomplete("holds a request");
        run.seconds(30);
        assertThat(run.transitions()).containsExactly("Hot INACTIVE->FIRING THRESHOLD_CROSSED");
        run.doors = DoorEvidence.COMPLETE;
        for (int i = 0; i < 3; i++) {
            run.gauge("shop", "temperature", 150).second();
        }
        assertThat(run.transitions()).containsExactly("Hot INACTIVE->FIRING THRESHOLD_CROSSED");
    }

    @Test
    void whatCannotBeReadIsADeadLetterAndStopsNothing() {
        run.rules(THRESHOLD).seconds(2);
        run.pipe(Topics.ALERTS, new byte[0], new byte[] {1, 2, 3}, new RecordHeaders());
        run.pipe(Topics.METRICS, new byte[0], new byte[] {1, 2, 3}, new RecordHeaders());
        assertThat(run.deadLetters)
                .extracting(letter -> letter.getTopic() + " " + letter.getReason())
                .containsExactly("tocsin.alerts UNREADABLE", "otlp_metrics UNREADABLE");
        run.gauge("shop", "temperature", 150).seconds(2);
        assertThat(run.incidents).hasSize(1);
    }

    @Test
    void theSameLogGivesTheSameBytesWithAndWithoutRestarts(@TempDir Path other) {
        try (EngineRun replay = new EngineRun(other)) {
            story(run, true);
            story(replay, false);
            assertThat(run.alerts).hasSizeGreaterThan(40);
            assertThat(run.transitions()).hasSizeGreaterThan(3);
            assertThat(bytes(run.alerts)).isEqualTo(bytes(replay.alerts));
            assertThat(bytes(run.incidents)).isEqualTo(bytes(replay.incidents));
        }
    }

    private static void story(EngineRun told, boolean restarts) {
        told.rules(THRESHOLD + OUTAGE.replace("groups:\n", "").replace("name: g", "name: h"));
        for (int i = 0; i < 40; i++) {
            told.call("front", "shop", i + 1).gauge("front", "temperature", i % 13 > 8 ? 150 : 20);
            if (i < 15 || i > 30) {
                told.gauge("shop", "temperature", i % 11 > 7 ? 150 : 20);
            }
            told.second();
            if (restarts && i % 9 == 8) {
                told.restart();
            }
        }
    }

    private static List<String> bytes(List<? extends MessageLite> messages) {
        return messages.stream()
                .map(message -> HexFormat.of().formatHex(message.toByteArray()))
                .toList();
    }
}
