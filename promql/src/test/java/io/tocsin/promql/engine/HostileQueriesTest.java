package io.tocsin.promql.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.promql.engine.EngineOptions.Limits;
import io.tocsin.promql.engine.PromqlException.Kind;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.parse.ParserOptions;
import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that would take all memory, all time or all stack end in an error that says why. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileQueriesTest {

    private static final int SERIES = 2_000;
    private static final int SAMPLES = 1_000;
    private static final Limits TIGHT = new Limits(3_000_000, 11_000, 10_000, Duration.ofSeconds(5));

    private static final List<SeriesSlice> DATA = data();

    private static List<SeriesSlice> data() {
        long[] times = new long[SAMPLES];
        double[] values = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            times[i] = i * 15_000L;
            values[i] = i * 0.37;
        }
        List<SeriesSlice> all = new ArrayList<>();
        for (int s = 0; s < SERIES; s++) {
            all.add(SeriesSlice.of(Labels.of("__name__", "m" + s % 20, "i", "" + s, "j", "" + s % 7), times, values));
        }
        return all;
    }

    private static SeriesSource source() {
        return (matchers, from, to) -> DATA.stream()
                .filter(s -> matchers.stream().allMatch(m -> m.matches(s.labels())))
                .toList();
    }

    private static void run(String query, EngineOptions options) throws PromqlParseException {
        new Engine(options).range(PromqlParser.parse(query, ParserOptions.ALL), source(), 0, 15_000_000, 15_000);
    }

    private static Kind refusal(String query, EngineOptions options) {
        AtomicReference<@Nullable Kind> kind = new AtomicReference<>();
        assertThatThrownBy(() -> run(query, options)).as(query).isInstanceOfSatisfying(PromqlException.class, e -> {
            assertThat(e.getMessage()).isNotBlank();
            kind.set(e.kind());
        });
        return java.util.Objects.requireNonNull(kind.get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{__name__=~\".+\"}",
                "{__name__=~\".+\"} + on (i) group_left {__name__=~\".+\"}",
                "count_values(\"v\", {__name__=~\".+\"})",
                "quantile(0.5, {__name__=~\".+\"})",
                "max_over_time({__name__=~\".+\"}[1h:1s])",
                "max_over_time(max_over_time(m1[10m:1s])[1h:1s])",
                "topk(1e6, {__name__=~\".+\"})",
                "label_replace({__name__=~\".+\"}, \"x\", \"$1\", \"i\", \"(.*)\")",
                "{__name__=~\".+\"} or {__name__=~\".+\"} offset 1m or {__name__=~\".+\"} offset 2m",
            })
    void whatWouldHoldTooMuchIsRefused(String query) {
        // Time enough for a busy machine: the samples shall be what ends it.
        Limits patient = new Limits(TIGHT.samples(), TIGHT.steps(), TIGHT.series(), Duration.ofSeconds(50));
        assertThat(refusal(query, EngineOptions.DEFAULT.withLimits(patient))).isEqualTo(Kind.LIMIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m1[100y:1ms]",
                "sum_over_time(m1[1y:1ms])",
                "max_over_time(vector(1)[290y:1ms])",
                "sum_over_time(time()[1y:1ms])"
            })
    void subqueriesHaveAFinestResolution(String query) {
        String instant = query.contains("time()") ? "sum_over_time(vector(time())[1y:1ms])" : query;
        assertThatThrownBy(() -> new Engine(EngineOptions.DEFAULT)
                        .instant(PromqlParser.parse(instant, ParserOptions.ALL), source(), 1_700_000_000_000L))
                .isInstanceOfSatisfying(
                        PromqlException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LIMIT))
                .hasMessageContaining("exceeded maximum resolution");
    }

    @Test
    void rangesHaveALimitOfSteps() {
        assertThatThrownBy(
                        () -> new Engine(EngineOptions.DEFAULT).range(PromqlParser.parse("1"), source(), 0, 11_000L, 1))
                .hasMessage("exceeded maximum resolution of 11000 points per timeseries");
        assertThatThrownBy(() -> new Engine(EngineOptions.DEFAULT)
                        .range(PromqlParser.parse("1"), source(), Long.MIN_VALUE, Long.MAX_VALUE, 1))
                .isInstanceOf(PromqlException.class);
        assertThatThrownBy(() -> new Engine(EngineOptions.DEFAULT).range(PromqlParser.parse("1"), source(), 0, 1, 0))
                .isInstanceOf(PromqlException.class);
    }

    @Test
    void tooManySeriesAreRefused() {
        Limits few = new Limits(Long.MAX_VALUE, 11_000, 100, Duration.ofSeconds(30));
        assertThat(refusal("count({__name__=~\".+\"})", EngineOptions.DEFAULT.withLimits(few)))
                .isEqualTo(Kind.LIMIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quantile_over_time(0.5, {__name__=~\".+\"}[100y])",
                "deriv({__name__=~\".+\"}[100y])",
                "stddev_over_time({__name__=~\".+\"}[100y])",
                "double_exponential_smoothing({__name__=~\".+\"}[100y], 0.5, 0.5)",
                "mad_over_time({__name__=~\".+\"}[100y])",
            })
    void whatWouldTakeTooLongIsStopped(String query) {
        Limits soon = new Limits(Long.MAX_VALUE, 11_000, 1_000_000, Duration.ofMillis(300));
        long start = System.nanoTime();
        assertThat(refusal(query, EngineOptions.DEFAULT.withLimits(soon))).isEqualTo(Kind.TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aQueryCanBeCancelled() {
        AtomicBoolean cancelled = new AtomicBoolean(true);
        EngineOptions options = EngineOptions.DEFAULT.withLimits(Limits.NONE).withCancelled(cancelled::get);
        assertThat(refusal("quantile_over_time(0.5, {__name__=~\".+\"}[100y])", options))
                .isEqualTo(Kind.CANCELLED);
    }

    @Test
    void anInterruptedThreadStopsItsQuery() {
        Thread.currentThread().interrupt();
        try {
            assertThat(refusal(
                            "stddev_over_time({__name__=~\".+\"}[100y])",
                            EngineOptions.DEFAULT.withLimits(Limits.NONE)))
                    .isEqualTo(Kind.CANCELLED);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abs(", "-", "sum(", "(", "max_over_time(", "x + "})
    void theDeepestTreeFitsASmallStack(String part) throws InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        AtomicReference<@Nullable Object> result = new AtomicReference<>();
        Thread small = new Thread(
                null,
                () -> {
                    try {
                        result.set(evaluateDeepest(part));
                    } catch (Throwable e) {
                        failure.set(e);
                    }
                },
                "small stack",
                1 << 20);
        small.start();
        small.join();
        assertThat(failure.get()).isNull();
        assertThat(result.get()).isNotNull();
    }

    private static QueryResult evaluateDeepest(String part) throws PromqlParseException {
        int depth = PromqlParser.MAX_DEPTH / 2 - 4;
        String tail = switch (part) {
            case "abs(", "sum(", "(" -> ")".repeat(depth);
            case "max_over_time(" -> "[1m:1m])".repeat(depth);
            default -> "";
        };
        String query = part.repeat(depth) + "m1" + tail;
        return new Engine(EngineOptions.DEFAULT)
                .instant(PromqlParser.parse(query, ParserOptions.ALL), source(), 600_000);
    }
}
