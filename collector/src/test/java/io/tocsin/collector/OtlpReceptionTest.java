package io.tocsin.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.tocsin.collector.otlp.Signal;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.Door;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an exporter sends is what a plain Kafka consumer reads back. Every test uses service names of its own. */
class OtlpReceptionTest {

    @TempDir
    static Path data;

    private static TestCollector collector;

    @BeforeAll
    static void start() {
        collector = new TestCollector(data);
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    @ParameterizedTest
    @EnumSource
    void protobufOverHttpIsInKafkaWhenTheAnswerIsThere(Signal signal) throws Exception {
        Message request = Telemetry.request(signal, "http-protobuf");
        HttpResponse<byte[]> answer =
                collector.post(Telemetry.path(signal), TestCollector.PROTOBUF, request.toByteArray());
        assertThat(read(signal, "http-protobuf")).containsExactly(request);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(TestCollector.PROTOBUF);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void gzippedProtobufOverHttpIsReadBackPlain(Signal signal) throws Exception {
        Message request = Telemetry.request(signal, "http-gzip");
        HttpResponse<byte[]> answer = collector.post(
                Telemetry.path(signal),
                TestCollector.PROTOBUF,
                TestCollector.gzip(request.toByteArray()),
                "Content-Encoding",
                "gzip");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(read(signal, "http-gzip")).containsExactly(request);
    }

    @ParameterizedTest
    @EnumSource
    void grpcIsReadBack(Signal signal) throws Exception {
        Message request = Telemetry.request(signal, "grpc-plain");
        byte[] answer = collector.export(Telemetry.service(signal), request.toByteArray(), CallOptions.DEFAULT);
        assertThat(answer).isEmpty();
        assertThat(read(signal, "grpc-plain")).containsExactly(request);
    }

    @ParameterizedTest
    @EnumSource
    void gzippedGrpcIsReadBack(Signal signal) throws Exception {
        Message request = Telemetry.request(signal, "grpc-gzip");
        collector.export(Telemetry.service(signal), request.toByteArray(), CallOptions.DEFAULT.withCompression("gzip"));
        assertThat(read(signal, "grpc-gzip")).containsExactly(request);
    }

    @ParameterizedTest
    @EnumSource
    void aChunkedBodyWithoutLengthIsTaken(Signal signal) throws Exception {
        Message request = Telemetry.request(signal, "chunked");
        HttpResponse<byte[]> answer =
                collector.postChunked(Telemetry.path(signal), TestCollector.PROTOBUF, request.toByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(read(signal, "chunked")).containsExactly(request);
    }

    @ParameterizedTest
    @EnumSource
    void severalResourcesBecomeOneRecordEachKeyedByTarget(Signal signal) throws Exception {
        Message request = Telemetry.request(signal, "split-a", "split-b", "split-c");
        collector.post(Telemetry.path(signal), TestCollector.PROTOBUF, request.toByteArray());
        for (String service : List.of("split-a", "split-b", "split-c")) {
            assertThat(read(signal, service)).containsExactly(Telemetry.request(signal, service));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aResourceWithoutIdentityIsKeyedAsUnknownService(Signal signal) throws Exception {
        Message request = Telemetry.request(signal, "");
        collector.post(Telemetry.path(signal), TestCollector.PROTOBUF, request.toByteArray());
        assertThat(read(signal, "")).containsExactly(request);
    }

    @Test
    void anEmptyRequestIsASuccessAndPublishesNothing() {
        int before = collector.records(Topics.METRICS).size();
        assertThat(collector
                        .post("/v1/metrics", TestCollector.PROTOBUF, new byte[0])
                        .statusCode())
                .isEqualTo(200);
        assertThat(collector.records(Topics.METRICS)).hasSize(before);
    }

    @Test
    void jsonHasHexIdsEnumNumbersAndUnknownFields() throws Exception {
        String json = """
                {"futureField":{"a":[1]},"resourceSpans":[{"resource":{"attributes":[
                  {"key":"service.name","value":{"stringValue":"json-spans"}},
                  {"key":"service.instance.id","value":{"stringValue":"json-spans-0"}}]},
                 "scopeSpans":[{"spans":[{"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174",
                   "parentSpanId":"eee19b7ec3c1b173","name":"GET /","kind":2,"startTimeUnixNano":"1544712660000000001",
                   "newField":true}]}]}]}
                """;
        HttpResponse<byte[]> answer =
                collector.post("/v1/traces", TestCollector.JSON, json.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(TestCollector.JSON);
        assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo("{}");
        var stored =
                (ExportTraceServiceRequest) read(Signal.TRACES, "json-spans").getFirst();
        Span span = stored.getResourceSpans(0).getScopeSpans(0).getSpans(0);
        assertThat(span.getTraceId()).isEqualTo(Telemetry.hex(Telemetry.TRACE_ID));
        assertThat(span.getSpanId()).isEqualTo(Telemetry.hex(Telemetry.SPAN_ID));
        assertThat(span.getParentSpanId()).isEqualTo(Telemetry.hex("eee19b7ec3c1b173"));
        assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(span.getStartTimeUnixNano()).isEqualTo(1_544_712_660_000_000_001L);
    }

    @Test
    void jsonKeepsLargeIntegersExactAsStringsAndIsTakenGzipped() throws Exception {
        String json = """
                {"resourceMetrics":[{"resource":{"attributes":[
                  {"key":"service.name","value":{"stringValue":"json-metrics"}},
                  {"key":"service.instance.id","value":{"stringValue":"json-metrics-0"}}]},
                 "scopeMetrics":[{"metrics":[{"name":"queue.depth","gauge":{"dataPoints":[
                   {"timeUnixNano":"1700000000000000001","asInt":"9223372036854775807"}]}}]}]}]}
                """;
        HttpResponse<byte[]> answer = collector.post(
                "/v1/metrics",
                "application/json; charset=utf-8",
                TestCollector.gzip(json.getBytes(StandardCharsets.UTF_8)),
                "Content-Encoding",
                "gzip");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(read(Signal.METRICS, "json-metrics"))
                .containsExactly(Telemetry.request(Signal.METRICS, "json-metrics"));
    }

    @Test
    void acknowledgedRequestsAndRecordsAreCounted() {
        String requests = "tocsin_collector_requests_acknowledged_total{signal=\"metrics\"}";
        String records = "tocsin_collector_records_published_total{signal=\"metrics\"}";
        double requestsBefore = collector.metric(requests);
        double recordsBefore = collector.metric(records);
        byte[] request =
                Telemetry.request(Signal.METRICS, "counted-a", "counted-b").toByteArray();
        collector.post("/v1/metrics", TestCollector.PROTOBUF, request);
        assertThat(collector.metric(requests)).isEqualTo(requestsBefore + 1);
        assertThat(collector.metric(records)).isEqualTo(recordsBefore + 2);
    }

    @Test
    void aDoorRecordIsWrittenEverySecondAndAClosingOneAtStop(@TempDir Path other) throws Exception {
        try (TestCollector own = new TestCollector(other)) {
            own.post(
                    "/v1/metrics",
                    TestCollector.PROTOBUF,
                    Telemetry.request(Signal.METRICS, "door").toByteArray());
            List<Door> open = TestCollector.until(
                    () -> doors(own),
                    doors -> doors.size() >= 3
                            && doors.getLast().getSendersList().contains("127.0.0.1"));
            assertThat(open).allMatch(door -> door.getAccepting() && !door.getClosing());
            assertThat(open).allMatch(door -> door.getCollector().equals("collector-1"));
            List<Long> arrivals = own.records(Topics.DOORS).stream()
                    .map(record -> record.timestamp())
                    .toList();
            // The first may wait for the connection; from the second on the cadence is one second.
            assertThat(arrivals.get(2) - arrivals.get(1)).isBetween(500L, 1_500L);
            own.stopModule();
            Door last = doors(own).getLast();
            assertThat(last.getClosing()).isTrue();
            assertThat(last.getAccepting()).isFalse();
        }
    }

    private static List<Door> doors(TestCollector collector) {
        List<Door> doors = new ArrayList<>();
        for (var record : collector.records(Topics.DOORS)) {
            try {
                doors.add(Door.parseFrom(record.value()));
            } catch (com.google.protobuf.InvalidProtocolBufferException e) {
                throw new AssertionError("not a door record", e);
            }
        }
        return doors;
    }

    /** The requests in the signal's topic under the key of this service. */
    private static List<Message> read(Signal signal, String service) throws Exception {
        byte[] key = TargetIdentity.of(Telemetry.resource(service)).key();
        List<Message> requests = new ArrayList<>();
        for (var record : collector.records(signal.topic())) {
            if (java.util.Arrays.equals(record.key(), key)) {
                requests.add(Telemetry.request(signal).getParserForType().parseFrom(record.value()));
            }
        }
        return requests;
    }
}
