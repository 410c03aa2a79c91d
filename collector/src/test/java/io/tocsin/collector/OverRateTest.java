package io.tocsin.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.CallOptions;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.tocsin.collector.otlp.Signal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverRateTest {

    @Test
    void aClientAboveItsRateIsToldWhenToComeAgainOnBothTransports(@TempDir Path data) throws Exception {
        try (TestCollector collector = new TestCollector(
                data,
                Map.of(
                        "tocsin.collector.admission.client-bytes-per-second", 10,
                        "tocsin.collector.admission.client-burst-bytes", 10))) {
            byte[] request = Telemetry.request(Signal.METRICS, "over-rate").toByteArray();
            // The first one fills more than the bucket, and is paid back for many seconds.
            assertThat(collector
                            .post("/v1/metrics", TestCollector.PROTOBUF, request)
                            .statusCode())
                    .isEqualTo(200);

            HttpResponse<byte[]> answer = collector.post("/v1/metrics", TestCollector.PROTOBUF, request);
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isPositive();
            assertRetry(Status.parseFrom(answer.body()));

            StatusRuntimeException failure = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> collector.export(Telemetry.service(Signal.METRICS), request, CallOptions.DEFAULT));
            assertThat(failure.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE);
            assertRetry(StatusProto.fromThrowable(failure));
            assertThat(collector.refused("metrics", "client_over_rate")).isEqualTo(2);
        }
    }

    private static void assertRetry(Status status) throws Exception {
        assertThat(status.getDetails(0).unpack(RetryInfo.class).getRetryDelay().getSeconds())
                .isPositive();
    }
}
