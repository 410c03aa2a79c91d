package io.tocsin.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.CallOptions;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.tocsin.collector.otlp.Signal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While Kafka is away a sender is told in bounded time to come again; afterwards all goes on without a restart. */
class KafkaAwayTest {

    /** The publish timeout of the test is 3 s; the rest is room for a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(10);

    @Test
    void aSenderIsToldToRetryAndIsServedAfterwards(@TempDir Path data) throws Exception {
        byte[] request = Telemetry.request(Signal.METRICS, "away-a", "away-b").toByteArray();
        try (TestCollector collector = new TestCollector(data)) {
            assertThat(collector
                            .post("/v1/metrics", TestCollector.PROTOBUF, request)
                            .statusCode())
                    .isEqualTo(200);
            collector.stopKafka();

            long begin = System.nanoTime();
            var answer = collector.post("/v1/metrics", TestCollector.PROTOBUF, request);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(1L, 2L);
            assertRetry(Status.parseFrom(answer.body()));

            StatusRuntimeException failure = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> collector.export(Telemetry.service(Signal.METRICS), request, CallOptions.DEFAULT));
            assertThat(failure.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE);
            assertRetry(StatusProto.fromThrowable(failure));

            assertThat(collector.refused("metrics", "kafka_unavailable")).isEqualTo(2);
            assertThat(collector.metric("tocsin_collector_in_flight_bytes")).isZero();

            collector.startKafka();
            TestCollector.until(
                    () -> collector
                            .post("/v1/metrics", TestCollector.PROTOBUF, request)
                            .statusCode(),
                    status -> status == 200);
        }
    }

    private static void assertRetry(Status status) throws Exception {
        assertThat(status.getCode()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE.value());
        assertThat(status.getDetails(0).unpack(RetryInfo.class).getRetryDelay().getSeconds())
                .isPositive();
    }
}
