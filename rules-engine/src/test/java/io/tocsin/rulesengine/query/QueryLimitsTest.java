package io.tocsin.rulesengine.query;

import static io.tocsin.rulesengine.query.QueryServer.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpResponse;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.query.QueryServer.Answer;
import io.tocsin.rulesengine.shard.LocalShards;
import io.tocsin.rulesengine.shard.OpenShards;
import io.tocsin.rulesengine.store.SampleStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class QueryLimitsTest {

    @Test
    void refusesSelectorsAndQueriesThatAreTooLarge() {
        try (QueryServer server =
                new QueryServer(Map.of("tocsin.query.max-series", 5, "tocsin.query.max-samples", 60), Map.of())) {
            for (int i = 0; i < 6; i++) {
                Fill.add(server.stores.get("metrics/" + i % 2), series("many", i), NOW, 1);
            }
            for (int i = 0; i < 100; i++) {
                Fill.add(server.stores.get("metrics/0"), series("long", 0), NOW - 100_000 + i * 1000, 1);
            }

            Answer many = server.get("/api/v1/query", "query", "count(many)");
            assertThat(many.status()).isEqualTo(422);
            assertThat(many.error()).isEqualTo("execution: the selector matches more than 5 series");
            assertThat(server.get("/api/v1/series", "match[]", "many").status()).isEqualTo(422);
            Answer samples = server.get("/api/v1/query", "query", "count_over_time(long[5m])");
            assertThat(samples.status()).isEqualTo(422);
            assertThat(samples.error()).contains("too many samples");
        }
    }

    @Test
    void saysWhichShardsAreMissing() {
        try (QueryServer server = new QueryServer()) {
            assertThat(server.get("/api/v1/query", "query", "1").json().has("warnings"))
                    .isFalse();
            LocalShards shards = server.shards;
            OpenShards.close(shards, shards.all().get("metrics/1"));

            assertThat(server.get("/api/v1/query", "query", "1").json().path("warnings"))
                    .hasToString("[\"partial result: this instance does not have, or is still restoring, the shards"
                            + " metrics/1\"]");
        }
    }

    @Test
    void refusesRequestsBeyondItsConcurrency() throws Exception {
        QuerySettings settings = new QuerySettings(
                1, Duration.ofMillis(20), Duration.ofMinutes(1), 1_000, 1_000, Duration.ofSeconds(10), "team");
        Gate gate = new Gate(settings, new PrometheusRegistry());
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (ExecutorService client = Executors.newSingleThreadExecutor()) {
            Future<HttpResponse<byte[]>> first = client.submit(() -> gate.answer("first", () -> {
                working.countDown();
                release.await();
                return Gate.success(Reply.of("done"));
            }));
            working.await();

            assertThat(gate.answer("second", () -> Gate.success(Reply.of("done")))
                            .code())
                    .isEqualTo(503);
            release.countDown();
            assertThat(first.get().code()).isEqualTo(200);
            assertThat(gate.answer("third", () -> Gate.success(Reply.of("done")))
                            .code())
                    .isEqualTo(200);
        } finally {
            release.countDown();
            gate.close();
        }
    }

    @Test
    void answersWhateverAHandlerThrows() {
        Gate gate = new Gate(
                new QuerySettings(
                        1, Duration.ZERO, Duration.ofMinutes(1), 1_000, 1_000, Duration.ofSeconds(10), "team"),
                new PrometheusRegistry());
        try {
            HttpResponse<byte[]> broken = gate.answer("x", () -> {
                throw new IllegalStateException("broken");
            });
            assertThat(broken.code()).isEqualTo(500);
            assertThat(gate.answer("x", () -> {
                                throw new StackOverflowError();
                            })
                            .code())
                    .isEqualTo(422);
            assertThat(gate.answer("x", () -> Gate.success(Reply.of("done"))).code())
                    .isEqualTo(200);
        } finally {
            gate.close();
        }
    }

    @Test
    void readsWhileTheStoreIsWritten() throws Exception {
        try (QueryServer server = new QueryServer();
                ExecutorService writer = Executors.newSingleThreadExecutor()) {
            AtomicBoolean stop = new AtomicBoolean();
            Future<Long> written = writer.submit(() -> {
                long time = NOW - 5_000_000;
                while (!stop.get()) {
                    // The value is the time: whoever reads a torn or moved column sees a pair that does not fit.
                    Fill.add(server.stores.get("metrics/0"), series("t", (int) (time % 7)), time, time);
                    if (time % 5 == 0) {
                        Fill.add(server.stores.get("metrics/0"), series("t", (int) (time % 7)), time - 500, time - 500);
                    }
                    if (time % 1000 == 0) {
                        SampleStore store = server.stores.get("metrics/0");
                        store.evict(store.horizonMs(time));
                    }
                    time++;
                }
                return time;
            });
            for (int i = 0; i < 100; i++) {
                Answer answer = server.get("/api/v1/query", "query", "t[1h]");
                assertThat(answer.status()).as(answer.error()).isEqualTo(200);
                answer.data().path("result").valueStream().forEach(series -> {
                    long before = 0;
                    for (var point : series.path("values")) {
                        long time = Math.round(point.path(0).asDouble() * 1000);
                        assertThat(point.path(1).asString()).isEqualTo(Long.toString(time));
                        assertThat(time).isGreaterThan(before);
                        before = time;
                    }
                });
            }
            stop.set(true);
            assertThat(written.get()).isGreaterThan(NOW - 5_000_000);
        }
    }

    private static Labels series(String name, int i) {
        return Labels.of("__name__", name, "i", Integer.toString(i));
    }
}
