package io.tocsin.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tocsin.collector.otlp.Signal;
import io.tocsin.contracts.TargetIdentity;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What is bad in a request is named and counted, and the rest of it is in Kafka. Records are at most 4 KiB here. */
class PartialSuccessTest {

    private static final int MOST_RECORD_BYTES = 4096;

    @TempDir
    static Path data;

    private static TestCollector collector;

    @BeforeAll
    static void start() {
        collector = new TestCollector(data, Map.of("tocsin.collector.limits.max-record-bytes", MOST_RECORD_BYTES));
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    private static NumberDataPoint point(long value) {
        return NumberDataPoint.newBuilder().setTimeUnixNano(1).setAsInt(value).build();
    }

    private static Metric gauge(String name, NumberDataPoint... points) {
        return Metric.newBuilder()
                .setName(name)
                .setGauge(Gauge.newBuilder().addAllDataPoints(List.of(points)))
                .build();
    }

    private static ExportMetricsServiceRequest metrics(String service, Metric... metrics) {
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(Telemetry.resource(service))
                        .addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(List.of(metrics))))
                .build();
    }

    private static ExportTraceServiceRequest spans(String service, Span... spans) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Telemetry.resource(service))
                        .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(List.of(spans))))
                .build();
    }

    private static ExportLogsServiceRequest logs(String service, LogRecord... records) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(Telemetry.resource(service))
                        .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(List.of(records))))
                .build();
    }

    private static List<byte[]> stored(Signal signal, String service) {
        byte[] key = TargetIdentity.of(Telemetry.resource(service)).key();
        List<byte[]> values = new ArrayList<>();
        for (var record : collector.records(signal.topic())) {
            if (Arrays.equals(record.key(), key)) {
                assertThat(record.value().length).isLessThanOrEqualTo(MOST_RECORD_BYTES);
                values.add(record.value());
            }
        }
        return values;
    }

    private static byte[] accepted(String path, Message request) {
        HttpResponse<byte[]> answer = collector.post(path, TestCollector.PROTOBUF, request.toByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(TestCollector.PROTOBUF);
        return answer.body();
    }

    @Test
    void aMetricWithoutNameIsRejectedAndItsNeighbourTaken() throws Exception {
        String rejected = "tocsin_collector_data_rejected_total{reason=\"metric_without_name\",signal=\"metrics\"}";
        double before = collector.metric(rejected);
        var answer = ExportMetricsServiceResponse.parseFrom(
                accepted("/v1/metrics", metrics("nameless", gauge("", point(1), point(2)), gauge("good", point(3)))));
        assertThat(answer.getPartialSuccess().getRejectedDataPoints()).isEqualTo(2);
        assertThat(answer.getPartialSuccess().getErrorMessage()).contains("2 without a metric name");
        assertThat(stored(Signal.METRICS, "nameless"))
                .containsExactly(metrics("nameless", gauge("good", point(3))).toByteArray());
        assertThat(collector.metric(rejected)).isEqualTo(before + 2);
    }

    @Test
    void rejectedSpansAreCountedInTheirOwnFieldOverGrpc() throws Exception {
        Span good = Span.newBuilder()
                .setTraceId(Telemetry.hex(Telemetry.TRACE_ID))
                .setSpanId(Telemetry.hex(Telemetry.SPAN_ID))
                .build();
        Span zero =
                good.toBuilder().setTraceId(ByteString.copyFrom(new byte[16])).build();
        Span nothing = Span.newBuilder().setName("no ids").build();
        byte[] answer = collector.export(
                Telemetry.service(Signal.TRACES),
                spans("no-ids", zero, good, nothing).toByteArray(),
                CallOptions.DEFAULT);
        var partial = ExportTraceServiceResponse.parseFrom(answer).getPartialSuccess();
        assertThat(partial.getRejectedSpans()).isEqualTo(2);
        assertThat(partial.getErrorMessage()).contains("trace id");
        assertThat(stored(Signal.TRACES, "no-ids"))
                .containsExactly(spans("no-ids", good).toByteArray());
    }

    @Test
    void textThatIsNotUtf8CostsOnlyWhatCarriesIt() throws Exception {
        ExportLogsServiceRequest request = logs(
                "utf8",
                LogRecord.newBuilder().setSeverityText("XXXX").build(),
                LogRecord.newBuilder().setSeverityText("INFO").build());
        byte[] bytes = replaced(request.toByteArray(), "XXXX", new byte[] {'o', (byte) 0xff, (byte) 0xfe, '!'});
        HttpResponse<byte[]> answer = collector.post("/v1/logs", TestCollector.PROTOBUF, bytes);
        assertThat(answer.statusCode()).isEqualTo(200);
        var partial = ExportLogsServiceResponse.parseFrom(answer.body()).getPartialSuccess();
        assertThat(partial.getRejectedLogRecords()).isEqualTo(1);
        assertThat(partial.getErrorMessage()).contains("UTF-8");
        assertThat(stored(Signal.LOGS, "utf8"))
                .containsExactly(logs(
                                "utf8",
                                LogRecord.newBuilder().setSeverityText("INFO").build())
                        .toByteArray());
    }

    @Test
    void aResourceWhoseTextIsNotUtf8CostsAllOfItsDataAndNoOther() throws Exception {
        ExportMetricsServiceRequest request = metrics("XXXX", gauge("a", point(1), point(2))).toBuilder()
                .mergeFrom(metrics("beside", gauge("b", point(3))))
                .build();
        byte[] bytes = replaced(request.toByteArray(), "XXXX", new byte[] {'o', (byte) 0xff, (byte) 0xfe, '!'});
        HttpResponse<byte[]> answer = collector.post("/v1/metrics", TestCollector.PROTOBUF, bytes);
        var partial = ExportMetricsServiceResponse.parseFrom(answer.body()).getPartialSuccess();
        assertThat(partial.getRejectedDataPoints()).isEqualTo(2);
        assertThat(stored(Signal.METRICS, "beside")).hasSize(1);
    }

    private static byte[] replaced(byte[] bytes, String marker, byte[] with) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        byte[] changed = bytes.clone();
        for (int at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + 1)) {
            System.arraycopy(with, 0, changed, at, with.length);
        }
        return changed;
    }

    @Test
    void aPointWithMoreAttributesThanASeriesMayHaveIsRejected() throws Exception {
        NumberDataPoint.Builder wide = point(1).toBuilder();
        for (int i = 0; i < 129; i++) {
            wide.addAttributesBuilder()
                    .setKey("k" + i)
                    .setValue(AnyValue.newBuilder().setIntValue(i));
        }
        var answer = ExportMetricsServiceResponse.parseFrom(
                accepted("/v1/metrics", metrics("wide", gauge("wide.metric", wide.build(), point(2)))));
        assertThat(answer.getPartialSuccess().getRejectedDataPoints()).isEqualTo(1);
        assertThat(answer.getPartialSuccess().getErrorMessage()).contains("wide.metric", "attributes");
        assertThat(stored(Signal.METRICS, "wide")).hasSize(1);
    }

    @Test
    void aPointInNoTimeIsRejected() throws Exception {
        NumberDataPoint timeless = NumberDataPoint.newBuilder().setAsInt(1).build();
        var answer = ExportMetricsServiceResponse.parseFrom(
                accepted("/v1/metrics", metrics("timeless", gauge("m", timeless))));
        assertThat(answer.getPartialSuccess().getRejectedDataPoints()).isEqualTo(1);
    }

    @Test
    void jsonSaysItInJson() {
        String json = """
                {"resourceMetrics":[{"scopeMetrics":[{"metrics":[
                  {"gauge":{"dataPoints":[{"timeUnixNano":"1","asInt":"1"}]}}]}]}]}""";
        HttpResponse<byte[]> answer =
                collector.post("/v1/metrics", TestCollector.JSON, json.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(200);
        var partial = JsonMapper.shared().readTree(answer.body()).get("partialSuccess");
        assertThat(partial.get("rejectedDataPoints").stringValue()).isEqualTo("1");
        assertThat(partial.get("errorMessage").stringValue()).isNotEmpty();
    }

    @Test
    void whatIsTakenWholeIsAnsweredWithoutPartialSuccess() throws Exception {
        for (Signal signal : Signal.values()) {
            byte[] request = Telemetry.request(signal, "whole").toByteArray();
            assertThat(collector
                            .post(Telemetry.path(signal), TestCollector.PROTOBUF, request)
                            .body())
                    .isEmpty();
            assertThat(collector.export(Telemetry.service(signal), request, CallOptions.DEFAULT))
                    .isEmpty();
        }
    }

    @Test
    void aResourceAboveTheRecordSizeIsCutAndEveryPointIsThereOnceInOrder() throws Exception {
        List<Long> sent = new ArrayList<>();
        Metric.Builder large = gauge("large").toBuilder().setDescription("kept in every piece");
        for (long i = 0; i < 2_000; i++) {
            large.getGaugeBuilder().addDataPoints(point(i));
            sent.add(i);
        }
        assertThat(accepted("/v1/metrics", metrics("cut", gauge("small", point(-1)), large.build())))
                .isEmpty();
        List<byte[]> records = stored(Signal.METRICS, "cut");
        assertThat(records).hasSizeGreaterThan(3);
        List<Long> found = new ArrayList<>();
        for (byte[] record : records) {
            ResourceMetrics resource =
                    ExportMetricsServiceRequest.parseFrom(record).getResourceMetrics(0);
            assertThat(resource.getResource()).isEqualTo(Telemetry.resource("cut"));
            for (Metric metric : resource.getScopeMetrics(0).getMetricsList()) {
                if (metric.getName().equals("large")) {
                    assertThat(metric.getDescription()).isEqualTo("kept in every piece");
                    metric.getGauge().getDataPointsList().forEach(each -> found.add(each.getAsInt()));
                }
            }
        }
        assertThat(found).isEqualTo(sent);
    }

    @Test
    void aSingleDatumAboveTheRecordSizeIsRejectedAlone() throws Exception {
        LogRecord large = LogRecord.newBuilder()
                .setBody(AnyValue.newBuilder().setStringValue("x".repeat(MOST_RECORD_BYTES)))
                .build();
        LogRecord small = LogRecord.newBuilder().setSeverityText("INFO").build();
        var answer = ExportLogsServiceResponse.parseFrom(accepted("/v1/logs", logs("large", small, large, small)));
        assertThat(answer.getPartialSuccess().getRejectedLogRecords()).isEqualTo(1);
        assertThat(answer.getPartialSuccess().getErrorMessage()).contains("larger than a record");
        assertThat(stored(Signal.LOGS, "large"))
                .containsExactly(logs("large", small, small).toByteArray());
    }

    @Test
    void theAnswerStaysSmallHoweverMuchIsBad() throws Exception {
        Metric[] bad = new Metric[2_000];
        Arrays.fill(bad, gauge("", NumberDataPoint.newBuilder().build()));
        bad[0] = gauge("n".repeat(3_000), NumberDataPoint.newBuilder().build());
        byte[] answer = accepted("/v1/metrics", metrics("many", bad));
        assertThat(answer.length).isLessThan(1024);
        assertThat(ExportMetricsServiceResponse.parseFrom(answer)
                        .getPartialSuccess()
                        .getRejectedDataPoints())
                .isEqualTo(2_000);
    }

    @Test
    void emptyEnvelopesAreASuccess() throws Exception {
        assertThat(accepted("/v1/metrics", metrics("envelope"))).isEmpty();
        assertThat(accepted("/v1/traces", spans("envelope"))).isEmpty();
        assertThat(accepted("/v1/logs", logs("envelope"))).isEmpty();
        assertThat(accepted("/v1/metrics", metrics("envelope", gauge("no points"))))
                .isEmpty();
    }
}
