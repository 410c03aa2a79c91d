package io.tocsin.collector;

import com.github.luben.zstd.ZstdOutputStream;
import io.grpc.CallOptions;
import io.grpc.Codec;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.tocsin.collector.otlp.OtlpGrpcServer;
import io.tocsin.contracts.Topic;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.FreePorts;
import io.tocsin.runtime.RunningModule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A collector on free ports with a real broker, and what a sender and a consumer do with it. */
public final class TestCollector implements AutoCloseable {

    /** Largest request that it takes, after decompression. */
    public static final int MAX_REQUEST_BYTES = 1 << 20;

    /** A compression that the test's gRPC client offers and no server knows. */
    public static final String UNKNOWN_ENCODING = "lzma";

    public static final String PROTOBUF = "application/x-protobuf";
    public static final String JSON = "application/json";

    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final Path data;
    private final Map<String, Object> properties;
    private final int kafkaPort = FreePorts.next();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private EmbeddedKafka kafka;
    private RunningModule module;
    private ManagedChannel channel;

    public TestCollector(Path data) {
        this(data, Map.of());
    }

    /** With properties of its own. */
    public TestCollector(Path data, Map<String, Object> properties) {
        this.data = data;
        this.properties = properties;
        startKafka();
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
            TopicCreation.STANDALONE.ensure(admin);
        }
        startModule();
    }

    public void startKafka() {
        kafka = EmbeddedKafka.start(data, kafkaPort);
    }

    public void stopKafka() {
        kafka.close();
        kafka = null;
    }

    private void startModule() {
        Map<String, Object> all = new HashMap<>(Map.of(
                "micronaut.server.port",
                FreePorts.next(),
                "tocsin.collector.grpc-port",
                0,
                "tocsin.kafka.bootstrap-servers",
                "127.0.0.1:" + kafkaPort,
                "tocsin.collector.max-request-bytes",
                MAX_REQUEST_BYTES,
                "tocsin.collector.max-in-flight-bytes",
                16 << 20,
                "tocsin.collector.publish-timeout",
                "3s"));
        all.putAll(properties);
        module = CollectorApplication.start(all);
        int port = grpcPort();
        CompressorRegistry compressors = CompressorRegistry.newEmptyInstance();
        compressors.register(new Codec.Gzip());
        compressors.register(new Unknown());
        compressors.register(new Zstd());
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .compressorRegistry(compressors)
                .build();
    }

    public void stopModule() {
        channel.shutdownNow();
        module.close();
        module = null;
    }

    /** Where OTLP over gRPC listens. */
    public int grpcPort() {
        return module.context().getBean(OtlpGrpcServer.class).port();
    }

    /** The channel that {@link #export} uses. */
    public ManagedChannel channel() {
        return channel;
    }

    public RunningModule module() {
        return module;
    }

    /** POSTs a body with its length known. */
    public HttpResponse<byte[]> post(String path, String type, byte[] body, String... headers) {
        return send(request(path, type, headers).POST(BodyPublishers.ofByteArray(body)));
    }

    /** POSTs a body in chunks, without Content-Length. */
    public HttpResponse<byte[]> postChunked(String path, String type, byte[] body, String... headers) {
        return send(
                request(path, type, headers).POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }

    /** Any request to a path. */
    public HttpRequest.Builder request(String path, String type, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + module.port() + path))
                .timeout(WITHIN);
        if (!type.isEmpty()) {
            builder.header("Content-Type", type);
        }
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return builder;
    }

    public HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** {@code service}/Export over bytes. */
    public static MethodDescriptor<byte[], byte[]> method(String service) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(service + "/Export")
                .setRequestMarshaller(new Raw())
                .setResponseMarshaller(new Raw())
                .build();
    }

    /** Calls {@code service}/Export with these bytes, and gives the bytes of the answer. */
    public byte[] export(String service, byte[] request, CallOptions options) {
        return ClientCalls.blockingUnaryCall(
                channel, method(service), options.withDeadlineAfter(WITHIN.toSeconds(), TimeUnit.SECONDS), request);
    }

    /** Value of one series of the collector's own metrics, 0 while it does not exist. */
    public double metric(String series) {
        String text = new String(send(request("/metrics", "").GET()).body(), java.nio.charset.StandardCharsets.UTF_8);
        return text.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** Refusals of one reason, whatever the signal. */
    public double refused(String signal, String reason) {
        return metric("tocsin_collector_requests_refused_total{reason=\"" + reason + "\",signal=\"" + signal + "\"}");
    }

    /** What the topic holds now, from its beginning to its end at the time of the call. */
    public List<ConsumerRecord<byte[], byte[]>> records(Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + WITHIN.toNanos();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("the topic was not read to its end within " + WITHIN);
                }
            }
        }
        return found;
    }

    /** Asks until the condition holds. */
    public static <T> T until(java.util.function.Supplier<T> question, Predicate<T> condition) {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        T answer = question.get();
        while (!condition.test(answer)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + WITHIN + "; last: " + answer);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            answer = question.get();
        }
        return answer;
    }

    public static byte[] gzip(byte[] plain) {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        if (module != null) {
            stopModule();
        }
        if (kafka != null) {
            stopKafka();
        }
    }

    /** Names an encoding that no server knows. */
    private record Unknown() implements Compressor {
        @Override
        public String getMessageEncoding() {
            return UNKNOWN_ENCODING;
        }

        @Override
        public OutputStream compress(OutputStream out) {
            return out;
        }
    }

    /** Zstandard, as a gRPC client compresses. */
    private record Zstd() implements Compressor {
        @Override
        public String getMessageEncoding() {
            return "zstd";
        }

        @Override
        public OutputStream compress(OutputStream out) throws IOException {
            return new ZstdOutputStream(out);
        }
    }

    private record Raw() implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
