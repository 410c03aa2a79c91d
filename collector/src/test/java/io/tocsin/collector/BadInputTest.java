package io.tocsin.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.Status;
import io.grpc.CallOptions;
import io.grpc.StatusRuntimeException;
import io.tocsin.collector.otlp.Signal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is wrong is answered so that the sender can mend it, is counted, and harms nobody else. */
class BadInputTest {

    private static final byte[] NOT_PROTOBUF = {10, 5, 1};
    private static final byte[] TOO_LARGE = new byte[TestCollector.MAX_REQUEST_BYTES + 1];

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

    @AfterEach
    void theNextRequestIsTaken() {
        byte[] request = Telemetry.request(Signal.LOGS, "after").toByteArray();
        assertThat(collector.post("/v1/logs", TestCollector.PROTOBUF, request).statusCode())
                .isEqualTo(200);
        assertThat(collector.export(Telemetry.service(Signal.LOGS), request, CallOptions.DEFAULT))
                .isEmpty();
    }

    @Test
    void malformedProtobufIs400InProtobuf() throws Exception {
        double before = collector.refused("metrics", "malformed");
        var answer = collector.post("/v1/metrics", TestCollector.PROTOBUF, NOT_PROTOBUF);
        assertThat(protobuf(answer, 400, 3).getMessage()).contains("METRICS");
        assertThat(collector.refused("metrics", "malformed")).isEqualTo(before + 1);
    }

    @Test
    void malformedJsonIs400InJson() {
        double before = collector.refused("traces", "malformed");
        for (String body : new String[] {
            "{",
            "[]",
            "",
            "{\"resourceSpans\":3}",
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"xyz\"}]}]}]}"
        }) {
            var answer = collector.post("/v1/traces", TestCollector.JSON, body.getBytes(StandardCharsets.UTF_8));
            assertThat(json(answer, 400, 3)).as(body).contains("TRACES");
        }
        assertThat(collector.refused("traces", "malformed")).isEqualTo(before + 5);
    }

    @Test
    void jsonNestedWithoutEndIs400() {
        String deep = "{\"resourceSpans\":" + "[".repeat(200_000);
        json(collector.post("/v1/traces", TestCollector.JSON, deep.getBytes(StandardCharsets.UTF_8)), 400, 3);
    }

    @Test
    void aBodyAboveTheLimitIs413() throws Exception {
        double before = collector.refused("unknown", "too_large");
        protobuf(collector.post("/v1/metrics", TestCollector.PROTOBUF, TOO_LARGE), 413, 8);
        assertThat(collector.refused("unknown", "too_large")).isEqualTo(before + 1);
    }

    @Test
    void aChunkedBodyAboveTheLimitIs413() throws Exception {
        double before = collector.refused("unknown", "too_large");
        protobuf(collector.postChunked("/v1/metrics", TestCollector.PROTOBUF, TOO_LARGE), 413, 8);
        assertThat(collector.refused("unknown", "too_large")).isEqualTo(before + 1);
    }

    @Test
    void aDecompressionBombIs413() throws Exception {
        double before = collector.refused("metrics", "too_large");
        byte[] bomb = TestCollector.gzip(new byte[256 << 20]);
        assertThat(bomb.length).isLessThan(TestCollector.MAX_REQUEST_BYTES);
        protobuf(collector.post("/v1/metrics", TestCollector.PROTOBUF, bomb, "Content-Encoding", "gzip"), 413, 8);
        assertThat(collector.refused("metrics", "too_large")).isEqualTo(before + 1);
    }

    @Test
    void aBodyThatIsNotGzipIs400() throws Exception {
        double before = collector.refused("metrics", "malformed");
        byte[] plain = Telemetry.request(Signal.METRICS, "not-gzip").toByteArray();
        protobuf(collector.post("/v1/metrics", TestCollector.PROTOBUF, plain, "Content-Encoding", "gzip"), 400, 3);
        assertThat(collector.refused("metrics", "malformed")).isEqualTo(before + 1);
    }

    @Test
    void anUnsupportedEncodingIs415() throws Exception {
        double before = collector.refused("metrics", "unsupported_encoding");
        var answer = collector.post("/v1/metrics", TestCollector.PROTOBUF, new byte[9], "Content-Encoding", "lzma");
        assertThat(protobuf(answer, 415, 12).getMessage()).contains("lzma", "gzip");
        assertThat(collector.refused("metrics", "unsupported_encoding")).isEqualTo(before + 1);
    }

    @Test
    void anotherContentTypeIs415() {
        double before = collector.refused("logs", "unsupported_media_type");
        assertThat(json(collector.post("/v1/logs", "text/plain", new byte[3]), 415, 3))
                .contains("text/plain", TestCollector.PROTOBUF, TestCollector.JSON);
        json(collector.post("/v1/logs", "", new byte[3]), 415, 3);
        assertThat(collector.refused("logs", "unsupported_media_type")).isEqualTo(before + 2);
    }

    @Test
    void anUnknownPathIs404() throws Exception {
        double before = collector.refused("unknown", "unknown_path");
        assertThat(protobuf(collector.post("/v1/metric", TestCollector.PROTOBUF, new byte[0]), 404, 12)
                        .getMessage())
                .contains("/v1/metric", "/v1/traces");
        json(collector.post("/v1/metric", TestCollector.JSON, new byte[0]), 404, 12);
        assertThat(collector.refused("unknown", "unknown_path")).isEqualTo(before + 2);
    }

    @Test
    void anotherMethodIs405() {
        double before = collector.refused("unknown", "wrong_method");
        json(collector.send(collector.request("/v1/metrics", TestCollector.JSON).GET()), 405, 12);
        json(
                collector.send(
                        collector.request("/v1/metrics", TestCollector.JSON).PUT(BodyPublishers.ofString("{}"))),
                405,
                12);
        assertThat(collector.refused("unknown", "wrong_method")).isEqualTo(before + 2);
    }

    @Test
    void malformedProtobufOverGrpcIsInvalidArgument() {
        double before = collector.refused("traces", "malformed");
        assertThat(grpc(Telemetry.service(Signal.TRACES), NOT_PROTOBUF, CallOptions.DEFAULT))
                .isEqualTo(io.grpc.Status.Code.INVALID_ARGUMENT);
        assertThat(collector.refused("traces", "malformed")).isEqualTo(before + 1);
    }

    @Test
    void tooLargeOverGrpcIsResourceExhaustedPlainAndAsABomb() {
        double bombs = collector.refused("traces", "too_large");
        double before = collector.refused("unknown", "too_large");
        assertThat(grpc(Telemetry.service(Signal.TRACES), TOO_LARGE, CallOptions.DEFAULT))
                .isEqualTo(io.grpc.Status.Code.RESOURCE_EXHAUSTED);
        assertThat(grpc(
                        Telemetry.service(Signal.TRACES),
                        new byte[64 << 20],
                        CallOptions.DEFAULT.withCompression("gzip")))
                .isEqualTo(io.grpc.Status.Code.RESOURCE_EXHAUSTED);
        TestCollector.until(() -> collector.refused("unknown", "too_large"), count -> count == before + 1);
        assertThat(collector.refused("traces", "too_large")).isEqualTo(bombs + 1);
    }

    @Test
    void anUnsupportedEncodingOverGrpcIsUnimplemented() {
        double before = collector.refused("unknown", "unsupported_encoding");
        assertThat(grpc(
                        Telemetry.service(Signal.TRACES),
                        new byte[9],
                        CallOptions.DEFAULT.withCompression(TestCollector.UNKNOWN_ENCODING)))
                .isEqualTo(io.grpc.Status.Code.UNIMPLEMENTED);
        TestCollector.until(() -> collector.refused("unknown", "unsupported_encoding"), count -> count == before + 1);
    }

    @Test
    void anUnknownServiceOverGrpcIsUnimplemented() {
        double before = collector.refused("unknown", "unknown_path");
        assertThat(grpc("opentelemetry.proto.collector.events.v1.EventsService", new byte[0], CallOptions.DEFAULT))
                .isEqualTo(io.grpc.Status.Code.UNIMPLEMENTED);
        TestCollector.until(() -> collector.refused("unknown", "unknown_path"), count -> count == before + 1);
    }

    @Test
    void profilesAreUnimplementedOnBothAndSaidSo() throws Exception {
        double before = collector.refused("unknown", "unimplemented");
        String service = "opentelemetry.proto.collector.profiles.v1development.ProfilesService";
        StatusRuntimeException failure = catchThrowableOfType(
                StatusRuntimeException.class, () -> collector.export(service, new byte[0], CallOptions.DEFAULT));
        assertThat(failure.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNIMPLEMENTED);
        assertThat(failure.getStatus().getDescription()).contains("profiles", "metrics");
        var answer = collector.post("/v1development/profiles", TestCollector.PROTOBUF, new byte[0]);
        assertThat(protobuf(answer, 501, 12).getMessage()).contains("profiles", "metrics");
        assertThat(collector.refused("unknown", "unimplemented")).isEqualTo(before + 2);
    }

    private static io.grpc.Status.Code grpc(String service, byte[] request, CallOptions options) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> collector.export(service, request, options))
                .getStatus()
                .getCode();
    }

    private static Status protobuf(HttpResponse<byte[]> answer, int httpStatus, int code) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(httpStatus);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(TestCollector.PROTOBUF);
        Status status = Status.parseFrom(answer.body());
        assertThat(status.getCode()).isEqualTo(code);
        assertThat(status.getMessage()).isNotEmpty();
        return status;
    }

    private static String json(HttpResponse<byte[]> answer, int httpStatus, int code) {
        assertThat(answer.statusCode()).isEqualTo(httpStatus);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(TestCollector.JSON);
        JsonNode status = JsonMapper.shared().readTree(answer.body());
        assertThat(status.get("code").intValue()).isEqualTo(code);
        assertThat(status.get("message").stringValue()).isNotEmpty();
        return status.get("message").stringValue();
    }
}
