package io.tocsin.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.Zstd;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tocsin.collector.otlp.Signal;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Encodings, browsers, limits of connections: what both transports do besides carrying a request. */
class TransportTest {

    private static final String ORIGIN = "https://shop.example";

    @TempDir
    static Path data;

    private static TestCollector collector;

    @BeforeAll
    static void start() {
        collector = new TestCollector(
                data,
                Map.of(
                        "tocsin.collector.cors-origins",
                        ORIGIN + ", https://other.example",
                        "tocsin.collector.connections.request-timeout",
                        "1s",
                        "tocsin.collector.connections.max-streams",
                        4));
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    @ParameterizedTest
    @EnumSource
    void zstdIsTakenOverHttpAndGrpc(Signal signal) {
        byte[] request = Telemetry.request(signal, "zstd").toByteArray();
        assertThat(collector
                        .post(
                                Telemetry.path(signal),
                                TestCollector.PROTOBUF,
                                Zstd.compress(request),
                                "Content-Encoding",
                                "zstd")
                        .statusCode())
                .isEqualTo(200);
        assertThat(collector.export(Telemetry.service(signal), request, CallOptions.DEFAULT.withCompression("zstd")))
                .isEmpty();
    }

    @Test
    void aZstdBombIs413AndResourceExhausted() {
        byte[] bomb = Zstd.compress(new byte[64 << 20]);
        assertThat(bomb.length).isLessThan(TestCollector.MAX_REQUEST_BYTES);
        assertThat(collector
                        .post("/v1/logs", TestCollector.PROTOBUF, bomb, "Content-Encoding", "zstd")
                        .statusCode())
                .isEqualTo(413);
        StatusRuntimeException failure = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> collector.export(
                        Telemetry.service(Signal.LOGS),
                        new byte[64 << 20],
                        CallOptions.DEFAULT.withCompression("zstd")));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyRequestOverGrpcIsASuccess(Signal signal) {
        assertThat(collector.export(Telemetry.service(signal), new byte[0], CallOptions.DEFAULT))
                .isEmpty();
    }

    @Test
    void theAnswerIsPlainAlsoWhenGzipWouldBeTaken() {
        HttpResponse<byte[]> answer =
                collector.post("/v1/logs", TestCollector.PROTOBUF, new byte[0], "Accept-Encoding", "gzip");
        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
    }

    private static HttpResponse<byte[]> preflight(TestCollector collector, String origin) {
        return collector.send(collector
                .request(
                        "/v1/traces",
                        "",
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "content-type")
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    @Test
    void aBrowserOfAConfiguredOriginMaySend() {
        HttpResponse<byte[]> preflight = preflight(collector, ORIGIN);
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue(ORIGIN);
        assertThat(preflight
                        .headers()
                        .firstValue("Access-Control-Allow-Methods")
                        .orElse(""))
                .contains("POST");
        assertThat(preflight
                        .headers()
                        .firstValue("Access-Control-Allow-Headers")
                        .orElse("")
                        .toLowerCase(Locale.ROOT))
                .contains("content-type");
        HttpResponse<byte[]> answer = collector.post(
                "/v1/traces",
                TestCollector.JSON,
                "{}".getBytes(StandardCharsets.UTF_8),
                "Origin",
                "https://other.example");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://other.example");
    }

    @Test
    void aBrowserOfAnotherOriginMayNot() {
        assertThat(preflight(collector, "https://evil.example").headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void byDefaultNoBrowserMay(@TempDir Path other) {
        try (TestCollector plain = new TestCollector(other)) {
            assertThat(preflight(plain, ORIGIN).headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void callsOfOneConnectionAreServedAtOnce() throws Exception {
        byte[] request = Telemetry.request(Signal.METRICS, "concurrent").toByteArray();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(senders.submit(
                        () -> collector.export(Telemetry.service(Signal.METRICS), request, CallOptions.DEFAULT)));
            }
            for (Future<byte[]> answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS)).isEmpty();
            }
        }
    }

    @Test
    void aCallWhoseMessageDoesNotComeIsClosed() throws Exception {
        double before = collector.refused("unknown", "too_slow");
        // A client that may stream sends its headers without a message.
        MethodDescriptor<byte[], byte[]> method = TestCollector.method(Telemetry.service(Signal.LOGS)).toBuilder()
                .setType(MethodDescriptor.MethodType.CLIENT_STREAMING)
                .build();
        ClientCall<byte[], byte[]> call = collector.channel().newCall(method, CallOptions.DEFAULT);
        CompletableFuture<Status> closed = new CompletableFuture<>();
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        closed.complete(status);
                    }
                },
                new Metadata());
        assertThat(closed.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(collector.refused("unknown", "too_slow")).isEqualTo(before + 1);
    }

    @Test
    void messagesThatArriveAreBoundedOverAllCallsOfGrpc(@TempDir Path other) {
        byte[] large = new byte[100_000];
        try (TestCollector small =
                new TestCollector(other, Map.of("tocsin.collector.connections.max-buffered-bytes", 10_000))) {
            StatusRuntimeException failure = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> small.export(Telemetry.service(Signal.LOGS), large, CallOptions.DEFAULT));
            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(small.export(Telemetry.service(Signal.LOGS), new byte[0], CallOptions.DEFAULT))
                    .isEmpty();
            assertThat(small.refused("unknown", "overloaded")).isEqualTo(1);
        }
    }

    /** Everything that comes back on a raw connection until the server closes it. */
    private static String raw(String... parts) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), collector.module().port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            for (String part : parts) {
                out.write(part.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void aBodyThatDripsIsAnswered408AndCutOff() throws Exception {
        String cut = "tocsin_collector_connections_cut_total{reason=\"too_slow\"}";
        double before = collector.metric(cut);
        assertThat(raw(
                        "POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: 10\r\n\r\n",
                        "a"))
                .startsWith("HTTP/1.1 408");
        assertThat(collector.metric(cut)).isEqualTo(before + 1);
    }

    @Test
    void aHeaderThatDripsIsAnswered408AndCutOff() throws Exception {
        assertThat(raw("POST /v1/logs HT")).startsWith("HTTP/1.1 408");
    }

    @Test
    void aFloodOfHeadersIsRefusedBeforeItIsKept() throws Exception {
        StringBuilder flood = new StringBuilder("POST /v1/logs HTTP/1.1\r\nHost: x\r\n");
        for (int i = 0; i < 1_000; i++) {
            flood.append("X-Flood-")
                    .append(i)
                    .append(": ")
                    .append("x".repeat(50))
                    .append("\r\n");
        }
        assertThat(raw(flood.append("\r\n").toString())).matches("(?s)HTTP/1.1 4\\d\\d .*");
    }

    @Test
    void theNextRequestOfAConnectionHasItsOwnTime() {
        for (int i = 0; i < 3; i++) {
            assertThat(collector
                            .post("/v1/logs", TestCollector.PROTOBUF, new byte[0])
                            .statusCode())
                    .isEqualTo(200);
            TestCollector.until(System::nanoTime, new Predicate<>() {
                private final long begin = System.nanoTime();

                @Override
                public boolean test(Long now) {
                    return now - begin > TimeUnit.MILLISECONDS.toNanos(600);
                }
            });
        }
    }

    @Test
    void connectionsAreGivenBack() {
        TestCollector.until(() -> collector.metric("tocsin_collector_connections"), open -> open >= 1 && open < 10);
    }
}
