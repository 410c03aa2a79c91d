package io.tocsin.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.tocsin.collector.otlp.OtlpGrpcServer;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.runtime.RunningModule;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What senders are told while the broker is away, and after it is back. */
class KafkaAwayTest {

    private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path data;

    @Test
    void refusesForNowWhileKafkaIsAwayAndRecoversWithoutARestart() throws Exception {
        EmbeddedKafka first = EmbeddedKafka.start(data, 0);
        String servers = first.bootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            TopicCreation.STANDALONE.ensure(admin);
        }
        try (RunningModule collector = start(servers)) {
            assertThat(post(collector).statusCode()).isEqualTo(200);
            first.close();

            long begin = System.nanoTime();
            HttpResponse<byte[]> answer = post(collector);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PUBLISH_TIMEOUT.multipliedBy(3));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).contains("1");
            assertThat(Status.parseFrom(answer.body()).getCode()).isEqualTo(14);
            assertGrpcIsToldWhenToRetry(collector);

            int port = Integer.parseInt(servers.substring(servers.indexOf(':') + 1));
            try (EmbeddedKafka second = EmbeddedKafka.start(data, port)) {
                assertThat(second.bootstrapServers()).isEqualTo(servers);
                long deadline = System.nanoTime() + RECOVERY.toNanos();
                int status = post(collector).statusCode();
                while (status != 200 && System.nanoTime() < deadline) {
                    status = post(collector).statusCode();
                }
                assertThat(status).isEqualTo(200);
            }
        }
    }

    private static void assertGrpcIsToldWhenToRetry(RunningModule collector) throws Exception {
        int port = collector.context().getBean(OtlpGrpcServer.class).port();
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            StatusRuntimeException failure = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> MetricsServiceGrpc.newBlockingStub(channel).export(Telemetry.metrics("away")));
            assertThat(failure.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE);
            Status status = StatusProto.fromThrowable(failure);
            assertThat(status.getDetails(0)
                            .unpack(RetryInfo.class)
                            .getRetryDelay()
                            .getSeconds())
                    .isEqualTo(1);
        } finally {
            channel.shutdownNow();
        }
    }

    private static RunningModule start(String servers) {
        return CollectorApplication.start(Map.of(
                "micronaut.server.port",
                -1,
                "tocsin.kafka.bootstrap-servers",
                servers,
                "tocsin.collector.id",
                "collector-away",
                "tocsin.collector.grpc-port",
                0,
                "tocsin.collector.publish-timeout",
                PUBLISH_TIMEOUT));
    }

    private static HttpResponse<byte[]> post(RunningModule collector) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + collector.port() + "/v1/metrics"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("content-type", "application/x-protobuf")
                .POST(BodyPublishers.ofByteArray(Telemetry.metrics("away").toByteArray()))
                .build();
        return HTTP.send(request, BodyHandlers.ofByteArray());
    }
}
