package io.tocsin.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.admission.Admission;
import io.tocsin.collector.otlp.Signal;
import io.tocsin.contracts.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many times what is taken at once: each is acknowledged and stored, or told when to come again, and then all is as before. */
class OverloadTest {

    private static final int SENDERS = 64;
    private static final int EACH = 20;

    @TempDir
    Path data;

    @Test
    void whatIsTakenIsStoredWhatIsNotIsToldWhenToComeAgainAndNothingIsLeftBehind() throws Exception {
        try (TestCollector collector = new TestCollector(
                data,
                Map.of(
                        "tocsin.collector.admission.least-requests", 1,
                        "tocsin.collector.admission.most-requests", 1))) {
            byte[] request = TestCollector.gzip(
                    Telemetry.request(Signal.METRICS, "overload").toByteArray());
            List<HttpResponse<byte[]>> answers = all(collector, request);
            long taken = answers.stream()
                    .filter(answer -> answer.statusCode() == 200)
                    .count();
            assertThat(taken).isBetween(1L, (long) SENDERS * EACH - 1);
            assertThat(answers.stream().filter(answer -> answer.statusCode() != 200))
                    .allSatisfy(answer -> {
                        assertThat(answer.statusCode()).isEqualTo(429);
                        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                    });
            assertThat(collector.records(Topics.METRICS)).hasSize((int) taken);
            assertThat(collector.refused("metrics", "overloaded")).isEqualTo((double) (answers.size() - taken));
            assertThat(collector.module().context().getBean(Admission.class).inFlightBytes())
                    .isZero();
            assertThat(collector
                            .post("/v1/metrics", TestCollector.PROTOBUF, request, "Content-Encoding", "gzip")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static List<HttpResponse<byte[]>> all(TestCollector collector, byte[] request) throws Exception {
        List<Future<List<HttpResponse<byte[]>>>> senders = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SENDERS; i++) {
                senders.add(executor.submit(() -> {
                    List<HttpResponse<byte[]>> answers = new ArrayList<>();
                    for (int k = 0; k < EACH; k++) {
                        answers.add(collector.post(
                                "/v1/metrics", TestCollector.PROTOBUF, request, "Content-Encoding", "gzip"));
                    }
                    return answers;
                }));
            }
        }
        List<HttpResponse<byte[]>> all = new ArrayList<>();
        for (Future<List<HttpResponse<byte[]>>> sender : senders) {
            all.addAll(sender.get());
        }
        return all;
    }
}
