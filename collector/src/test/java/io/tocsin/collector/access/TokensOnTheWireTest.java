package io.tocsin.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.tocsin.collector.Telemetry;
import io.tocsin.collector.TestCollector;
import io.tocsin.collector.otlp.Signal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensOnTheWireTest {

    @TempDir
    static Path data;

    private static Path file;
    private static TestCollector collector;
    private static long modified = 1_700_000_000_000L;

    @BeforeAll
    static void start() throws Exception {
        file = data.resolve("tokens.yaml");
        write(entry("shop", "first", "metrics"));
        collector = new TestCollector(
                data.resolve("kafka"), Map.of("tocsin.collector.access.tokens-file", file.toString()));
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    @BeforeEach
    void theFirstTokenIsTaken() throws Exception {
        write(entry("shop", "first", "metrics"));
        TestCollector.until(() -> post("/v1/metrics", "first").statusCode(), status -> status == 200);
    }

    private static String entry(String name, String token, String scopes) {
        return "  - {name: %s, sha256: %s, scopes: [%s]}\n".formatted(name, Token.hash(token), scopes);
    }

    /** Each text of the file has a time of its own, however fast they follow. */
    private static void write(String... entries) throws Exception {
        Files.writeString(file, "tokens:\n" + String.join("", entries));
        Files.setLastModifiedTime(file, FileTime.fromMillis(modified += 1_000));
    }

    private static HttpResponse<byte[]> post(String path, String token) {
        return collector.post(
                path, TestCollector.JSON, "{}".getBytes(StandardCharsets.UTF_8), "Authorization", "Bearer " + token);
    }

    private static Status.Code grpc(Signal signal, String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        var channel =
                ClientInterceptors.intercept(collector.channel(), MetadataUtils.newAttachHeadersInterceptor(headers));
        StatusRuntimeException failure = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> ClientCalls.blockingUnaryCall(
                        channel, TestCollector.method(Telemetry.service(signal)), CallOptions.DEFAULT, new byte[0]));
        return failure == null ? Status.Code.OK : failure.getStatus().getCode();
    }

    @Test
    void withoutATokenNothingIsTakenAnywhere() {
        double before = collector.refused("unknown", "unauthenticated");
        for (String path : new String[] {"/v1/metrics", "/v1/traces", "/v1/logs", "/api/v1/write"}) {
            HttpResponse<byte[]> answer = collector.post(path, TestCollector.PROTOBUF, new byte[0]);
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        }
        assertThat(post("/v1/metrics", "wrong").statusCode()).isEqualTo(401);
        assertThat(grpc(Signal.METRICS, "wrong")).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(collector.refused("unknown", "unauthenticated")).isEqualTo(before + 6);
    }

    @Test
    void healthAndMetricsNeedNone() {
        assertThat(collector
                        .send(collector.request("/health/liveness", "").GET())
                        .statusCode())
                .isEqualTo(200);
        assertThat(collector.send(collector.request("/metrics", "").GET()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aTokenTakesWhatItsScopesSayAndNoMore() {
        assertThat(post("/v1/metrics", "first").statusCode()).isEqualTo(200);
        assertThat(grpc(Signal.METRICS, "first")).isEqualTo(Status.Code.OK);
        assertThat(post("/v1/logs", "first").statusCode()).isEqualTo(403);
        assertThat(grpc(Signal.LOGS, "first")).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void aTokenIsReplacedWithoutARestartWhileBothAreTaken() throws Exception {
        write(entry("shop", "first", "metrics"), entry("shop", "second", "metrics"));
        TestCollector.until(() -> post("/v1/metrics", "second").statusCode(), status -> status == 200);
        assertThat(post("/v1/metrics", "first").statusCode()).isEqualTo(200);
        write(entry("shop", "second", "metrics"));
        TestCollector.until(() -> post("/v1/metrics", "first").statusCode(), status -> status == 401);
        assertThat(post("/v1/metrics", "second").statusCode()).isEqualTo(200);
    }

    @Test
    void aMistakeInTheFileLeavesTheTokensBeforeInForce() throws Exception {
        write("  - {name: x}\n");
        double begin = System.nanoTime();
        TestCollector.until(() -> System.nanoTime() - begin, passed -> passed > 1.5e9);
        assertThat(post("/v1/metrics", "first").statusCode()).isEqualTo(200);
    }
}
