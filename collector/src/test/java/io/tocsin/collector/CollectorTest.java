package io.tocsin.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.Status;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.profiles.v1development.ExportProfilesServiceRequest;
import io.opentelemetry.proto.collector.profiles.v1development.ProfilesServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.collector.otlp.OtlpGrpcServer;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.Topic;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.Door;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.runtime.RunningModule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The collector on a real broker, as senders and readers of its topics see it. */
class CollectorTest {

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";
    private static final int LIMIT = 1 << 20;
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path data;

    private static EmbeddedKafka kafka;
    private static RunningModule collector;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(data, 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            TopicCreation.STANDALONE.ensure(admin);
        }
        collector = start("collector-test", Duration.ofSeconds(10));
        channel = NettyChannelBuilder.forAddress("127.0.0.1", grpcPort())
                .usePlaintext()
                .build();
    }

    private static RunningModule start(String id, Duration publishTimeout) {
        return CollectorApplication.start(Map.of(
                "micronaut.server.port",
                -1,
                "tocsin.kafka.bootstrap-servers",
                kafka.bootstrapServers(),
                "tocsin.collector.id",
                id,
                "tocsin.collector.grpc-port",
                0,
                "tocsin.collector.publish-timeout",
                publishTimeout,
                "tocsin.collector.max-request-bytes",
                LIMIT));
    }

    private static int grpcPort() {
        return collector.context().getBean(OtlpGrpcServer.class).port();
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        collector.close();
        kafka.close();
    }

    @Test
    void publishesTheThreeSignalsSentOverGrpc() throws Exception {
        var metrics = Telemetry.metrics("grpc-metrics");
        var spans = Telemetry.spans("grpc-spans");
        var logs = Telemetry.logs("grpc-logs");

        var answer = MetricsServiceGrpc.newBlockingStub(channel).export(metrics);
        TraceServiceGrpc.newBlockingStub(channel).withCompression("gzip").export(spans);
        LogsServiceGrpc.newBlockingStub(channel).export(logs);

        assertThat(answer).isEqualTo(ExportMetricsServiceResponse.getDefaultInstance());
        assertThat(ExportMetricsServiceRequest.parseFrom(only(Topics.METRICS, "grpc-metrics")))
                .isEqualTo(metrics);
        assertThat(ExportTraceServiceRequest.parseFrom(only(Topics.SPANS, "grpc-spans")))
                .isEqualTo(spans);
        assertThat(ExportLogsServiceRequest.parseFrom(only(Topics.LOGS, "grpc-logs")))
                .isEqualTo(logs);
    }

    @Test
    void publishesTheThreeSignalsSentAsProtobufOverHttp() throws Exception {
        var metrics = Telemetry.metrics("http-metrics");
        var spans = Telemetry.spans("http-spans");
        var logs = Telemetry.logs("http-logs");

        HttpResponse<byte[]> answer = post("/v1/metrics", PROTOBUF, metrics.toByteArray());
        assertThat(post("/v1/traces", PROTOBUF, spans.toByteArray()).statusCode())
                .isEqualTo(200);
        assertThat(post("/v1/logs", PROTOBUF, logs.toByteArray()).statusCode()).isEqualTo(200);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains(PROTOBUF);
        assertThat(ExportMetricsServiceResponse.parseFrom(answer.body()))
                .isEqualTo(ExportMetricsServiceResponse.getDefaultInstance());
        assertThat(only(Topics.METRICS, "http-metrics")).isEqualTo(metrics.toByteArray());
        assertThat(only(Topics.SPANS, "http-spans")).isEqualTo(spans.toByteArray());
        assertThat(only(Topics.LOGS, "http-logs")).isEqualTo(logs.toByteArray());
    }

    @Test
    void readsJsonWithHexIdsIntegersAsStringsAndUnknownFields() throws Exception {
        String json = """
                {"resourceSpans":[{"resource":{"attributes":[
                  {"key":"service.name","value":{"stringValue":"json-spans"}},
                  {"key":"service.instance.id","value":{"stringValue":"i-1"}}]},
                  "scopeSpans":[{"spans":[{"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174",
                    "name":"GET /","kind":2,"startTimeUnixNano":"1544712660000000000","fieldOfTheFuture":{"a":[1]}}]}]}]}
                """;
        HttpResponse<byte[]> answer =
                post("/v1/traces", JSON + "; charset=utf-8", json.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        assertThat(text(answer)).isEqualTo("{}");
        var span = ExportTraceServiceRequest.parseFrom(only(Topics.SPANS, "json-spans"))
                .getResourceSpans(0)
                .getScopeSpans(0)
                .getSpans(0);
        assertThat(HexFormat.of().formatHex(span.getTraceId().toByteArray()))
                .isEqualTo("5b8efff798038103d269b633813fc60c");
        assertThat(span.getStartTimeUnixNano()).isEqualTo(1_544_712_660_000_000_000L);
        assertThat(span.getKindValue()).isEqualTo(2);
    }

    @Test
    void takesGzipAndChunkedRequestsWithoutALength() throws Exception {
        byte[] request = Telemetry.metrics("chunked-gzip").toByteArray();
        byte[] packed = gzip(request);
        InputStream stream = new ByteArrayInputStream(packed);
        HttpResponse<byte[]> answer = send(
                "POST",
                "/v1/metrics",
                PROTOBUF,
                BodyPublishers.ofInputStream(() -> stream),
                "content-encoding",
                "gzip");

        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        assertThat(only(Topics.METRICS, "chunked-gzip")).isEqualTo(request);
    }

    @Test
    void makesOneRecordPerResourceKeyedByItsTarget() throws Exception {
        var first = Telemetry.gauge(Telemetry.resource("several-a", "i-1"), "x", 1);
        var second = Telemetry.gauge(Telemetry.resource("several-b", "i-2"), "x", 2);
        var third = Telemetry.gauge(Telemetry.resource("several-a", "i-1"), "y", 3);
        var request = ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(first)
                .addResourceMetrics(second)
                .addResourceMetrics(third)
                .build();

        assertThat(post("/v1/metrics", PROTOBUF, request.toByteArray()).statusCode())
                .isEqualTo(200);

        byte[] a = new TargetIdentity("several-a", "i-1").key();
        byte[] b = new TargetIdentity("several-b", "i-2").key();
        assertThat(records(Topics.METRICS, r -> java.util.Arrays.equals(r.key(), a)))
                .extracting(
                        r -> ExportMetricsServiceRequest.parseFrom(r.value()).getResourceMetricsList())
                .containsExactly(List.of(first), List.of(third));
        assertThat(records(Topics.METRICS, r -> java.util.Arrays.equals(r.key(), b)))
                .extracting(
                        r -> ExportMetricsServiceRequest.parseFrom(r.value()).getResourceMetricsList())
                .containsExactly(List.of(second));
    }

    @Test
    void takesAnEmptyRequestOnBothTransports() throws Exception {
        assertThat(post("/v1/metrics", PROTOBUF, new byte[0]).statusCode()).isEqualTo(200);
        assertThat(post("/v1/metrics", JSON, "{}".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(200);
        assertThat(MetricsServiceGrpc.newBlockingStub(channel).export(ExportMetricsServiceRequest.getDefaultInstance()))
                .isEqualTo(ExportMetricsServiceResponse.getDefaultInstance());
    }

    @Test
    void keysAResourceWithoutIdentityAsUnknownService() throws Exception {
        var request = ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(Telemetry.gauge(Resource.getDefaultInstance(), "nameless", 1))
                .build();

        assertThat(post("/v1/metrics", PROTOBUF, request.toByteArray()).statusCode())
                .isEqualTo(200);

        byte[] key = new TargetIdentity("unknown_service", "").key();
        assertThat(records(Topics.METRICS, r -> java.util.Arrays.equals(r.key(), key)))
                .extracting(ConsumerRecord::value)
                .contains(request.toByteArray());
    }

    @Test
    void answersMalformedProtobufWithAStatusInProtobufAndCountsIt() throws Exception {
        double before = refused("metrics", "malformed");
        HttpResponse<byte[]> answer = post("/v1/metrics", PROTOBUF, new byte[] {10, 127, 1});

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type")).contains(PROTOBUF);
        assertThat(Status.parseFrom(answer.body()).getMessage()).contains("not a valid OTLP METRICS request");
        assertThat(Status.parseFrom(answer.body()).getCode()).isEqualTo(3);
        assertThat(refused("metrics", "malformed")).isEqualTo(before + 1);
    }

    @Test
    void answersMalformedJsonWithAStatusInJsonAndCountsIt() throws Exception {
        double before = refused("logs", "malformed");
        for (String json : List.of("{\"resourceLogs\":[{", "[]", "", "{\"resourceLogs\":7}", "[".repeat(100_000))) {
            HttpResponse<byte[]> answer = post("/v1/logs", JSON, json.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.statusCode()).as(text(answer)).isEqualTo(400);
            assertThat(answer.headers().firstValue("content-type")).contains(JSON);
            assertThat(text(answer)).contains("\"code\":3").contains("not a valid OTLP LOGS request in JSON");
        }
        assertThat(refused("logs", "malformed")).isEqualTo(before + 5);
    }

    @Test
    void refusesABodyAboveTheLimitBeforeAndAfterDecompression() throws Exception {
        double before = refused("unknown", "too_large");
        byte[] large = new byte[LIMIT * 2];
        HttpResponse<byte[]> plain = post("/v1/metrics", PROTOBUF, large);
        HttpResponse<byte[]> bomb = send(
                "POST", "/v1/metrics", PROTOBUF, BodyPublishers.ofByteArray(gzip(large)), "content-encoding", "gzip");

        assertThat(plain.statusCode()).isEqualTo(413);
        assertThat(Status.parseFrom(plain.body()).getMessage()).isNotEmpty();
        assertThat(bomb.statusCode()).isEqualTo(413);
        assertThat(refused("unknown", "too_large")).isEqualTo(before + 2);
        assertStillWorks("after-large");
    }

    @Test
    void namesTheProblemOfAnUnknownPathAWrongTypeAndAWrongMethodAndCountsEach() throws Exception {
        byte[] body = Telemetry.metrics("never").toByteArray();
        double path = refused("unknown", "unknown_path");
        double type = refused("metrics", "unsupported_media_type");
        double method = refused("unknown", "wrong_method");

        HttpResponse<byte[]> unknown = post("/v1/nothing", PROTOBUF, body);
        HttpResponse<byte[]> wrongType = post("/v1/metrics", "text/plain", body);
        HttpResponse<byte[]> wrongMethod = send("GET", "/v1/metrics", JSON, BodyPublishers.noBody());

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(Status.parseFrom(unknown.body()).getMessage()).contains("/v1/nothing");
        assertThat(wrongType.statusCode()).isEqualTo(415);
        assertThat(text(wrongType)).contains("text/plain");
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
        assertThat(text(wrongMethod)).contains("POST");
        assertThat(refused("unknown", "unknown_path")).isEqualTo(path + 1);
        assertThat(refused("metrics", "unsupported_media_type")).isEqualTo(type + 1);
        assertThat(refused("unknown", "wrong_method")).isEqualTo(method + 1);
    }

    @Test
    void refusesMalformedAndOversizedGrpcRequestsAndCountsThem() throws Exception {
        double malformed = refused("metrics", "malformed");
        double large = refused("metrics", "too_large");

        assertThat(grpcFailure(new byte[] {10, 127, 1}, CallOptions.DEFAULT)
                        .getStatus()
                        .getCode())
                .isEqualTo(io.grpc.Status.Code.INVALID_ARGUMENT);
        assertThat(grpcFailure(new byte[LIMIT * 2], CallOptions.DEFAULT)
                        .getStatus()
                        .getCode())
                .isEqualTo(io.grpc.Status.Code.RESOURCE_EXHAUSTED);

        assertThat(refused("metrics", "malformed")).isEqualTo(malformed + 1);
        // gRPC resets the stream before it tells its tracer.
        await(() -> refused("metrics", "too_large") == large + 1);
        assertStillWorks("after-grpc");
    }

    @Test
    void refusesAGrpcRequestThatIsTooLargeOnlyAfterDecompression() throws Exception {
        double large = refused("metrics", "too_large");

        assertThat(grpcFailure(new byte[LIMIT * 2], CallOptions.DEFAULT.withCompression("gzip"))
                        .getStatus()
                        .getCode())
                .isEqualTo(io.grpc.Status.Code.RESOURCE_EXHAUSTED);

        await(() -> refused("metrics", "too_large") == large + 1);
        assertStillWorks("after-grpc-bomb");
    }

    @Test
    void answersProfilesAsUnimplementedOnBothTransports() throws Exception {
        StatusRuntimeException failure = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> ProfilesServiceGrpc.newBlockingStub(channel)
                        .export(ExportProfilesServiceRequest.getDefaultInstance()));
        HttpResponse<byte[]> answer = post("/v1development/profiles", PROTOBUF, new byte[0]);

        assertThat(failure.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNIMPLEMENTED);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Status.parseFrom(answer.body()).getCode()).isEqualTo(12);
    }

    @Test
    void saysEverySecondThatItsDoorIsOpenAndAtLastThatItIsClosed() throws Exception {
        RunningModule other = start("collector-door", Duration.ofSeconds(10));
        await(() -> doors("collector-door").size() >= 3);
        other.close();

        List<ConsumerRecord<byte[], byte[]>> records = doors("collector-door");
        List<Door> doors = new ArrayList<>();
        for (var record : records) {
            doors.add(Door.parseFrom(record.value()));
        }
        assertThat(doors.getLast().getClosing()).isTrue();
        assertThat(doors.getLast().getAccepting()).isFalse();
        assertThat(doors.subList(0, doors.size() - 1)).allMatch(Door::getAccepting);
        assertThat(records.get(2).timestamp() - records.get(0).timestamp()).isBetween(1_000L, 4_000L);
    }

    private static List<ConsumerRecord<byte[], byte[]>> doors(String id) {
        return records(Topics.DOORS, r -> new String(r.key(), StandardCharsets.UTF_8).equals(id));
    }

    private static void assertStillWorks(String service) throws Exception {
        assertThat(post("/v1/metrics", PROTOBUF, Telemetry.metrics(service).toByteArray())
                        .statusCode())
                .isEqualTo(200);
        assertThat(only(Topics.METRICS, service)).isNotEmpty();
    }

    private static StatusRuntimeException grpcFailure(byte[] request, CallOptions options) {
        MethodDescriptor.Marshaller<byte[]> bytes = new MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(byte[] value) {
                return new ByteArrayInputStream(value);
            }

            @Override
            public byte[] parse(InputStream stream) {
                try {
                    return stream.readAllBytes();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        };
        var export = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MetricsServiceGrpc.getExportMethod().getFullMethodName())
                .setRequestMarshaller(bytes)
                .setResponseMarshaller(bytes)
                .build();
        return catchThrowableOfType(
                StatusRuntimeException.class, () -> ClientCalls.blockingUnaryCall(channel, export, options, request));
    }

    private static double refused(String signal, String reason) throws Exception {
        String metrics = text(send("GET", "/metrics", JSON, BodyPublishers.noBody()));
        String series = "tocsin_collector_requests_refused_total{reason=\"" + reason + "\",signal=\"" + signal + "\"} ";
        return metrics.lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .findFirst()
                .orElse(0);
    }

    private static byte[] only(Topic topic, String service) {
        byte[] key = new TargetIdentity(service, "i-1").key();
        List<ConsumerRecord<byte[], byte[]>> found = records(topic, r -> java.util.Arrays.equals(r.key(), key));
        assertThat(found).hasSize(1);
        return found.getFirst().value();
    }

    /** What is in the topic now: the sender was acknowledged, so that nothing needs to be waited for. */
    private static List<ConsumerRecord<byte[], byte[]>> records(
            Topic topic, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        Map<String, Object> client = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "group.id",
                UUID.randomUUID().toString());
        try (var consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(p -> new org.apache.kafka.common.TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (wanted.test(record)) {
                        found.add(record);
                    }
                });
            }
            return found;
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("deadline of " + DEADLINE).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static HttpResponse<byte[]> post(String path, String type, byte[] body) throws Exception {
        return send("POST", path, type, BodyPublishers.ofByteArray(body));
    }

    private static HttpResponse<byte[]> send(
            String method, String path, String type, BodyPublisher body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + collector.port() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(DEADLINE)
                .method(method, body)
                .header("content-type", type);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }
}
