package io.tocsin.promql.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.RangeSeries;
import io.tocsin.promql.model.Sample;
import io.tocsin.promql.model.StaleNaN;
import io.tocsin.promql.model.Value;
import io.tocsin.promql.parse.ParserOptions;
import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {

    private static final long MINUTE = 60_000;

    private final List<SeriesSlice> series = new ArrayList<>();
    private final SeriesSource source = (matchers, from, to) -> series.stream()
            .filter(s -> matchers.stream().allMatch(m -> m.matches(s.labels())))
            .toList();

    private static Expr parse(String query) {
        try {
            return PromqlParser.parse(query, ParserOptions.ALL);
        } catch (PromqlParseException e) {
            throw new IllegalArgumentException(query, e);
        }
    }

    /** A series with a value a minute from time zero; NaN leaves a gap. */
    private void load(Labels labels, double... values) {
        int n = 0;
        long[] times = new long[values.length];
        double[] kept = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i]) || StaleNaN.is(values[i])) {
                times[n] = i * MINUTE;
                kept[n++] = values[i];
            }
        }
        series.add(new SeriesSlice(labels, times, kept, null, null, 0, n));
    }

    private static Labels m(String... labels) {
        return Labels.of(labels).with("__name__", "m");
    }

    private QueryResult query(String query, long minutes) {
        return new Engine(EngineOptions.DEFAULT).instant(parse(query), source, minutes * MINUTE);
    }

    private List<Sample> vector(String query, long minutes) {
        return ((Value.VectorValue) query(query, minutes).value()).samples();
    }

    private List<Double> values(String query, long minutes) {
        return vector(query, minutes).stream().map(Sample::value).toList();
    }

    private List<RangeSeries> range(String query, long from, long to, long step) {
        QueryResult result = new Engine(EngineOptions.DEFAULT)
                .range(parse(query), source, from * MINUTE, to * MINUTE, step * MINUTE);
        return ((Value.MatrixValue) result.value()).series();
    }

    @Test
    void aSampleCountsUntilTheLookbackHasPassed() {
        load(m(), 7);
        assertThat(values("m", 0)).containsExactly(7.0);
        assertThat(values("m", 4)).containsExactly(7.0);
        assertThat(values("m", 5)).isEmpty();
        assertThat(values("m offset -1m", 4)).isEmpty();
        assertThat(vector("m @ 0", 100)).containsExactly(new Sample(m(), 100 * MINUTE, 7, null));
    }

    @Test
    void aStaleMarkerEndsASeriesAtOnce() {
        load(m(), 1, StaleNaN.VALUE, Double.NaN, 3);
        assertThat(values("m", 0)).containsExactly(1.0);
        assertThat(values("m", 1)).isEmpty();
        assertThat(values("m", 2)).isEmpty();
        assertThat(values("m", 3)).containsExactly(3.0);
        assertThat(values("count_over_time(m[10m])", 3)).containsExactly(2.0);
    }

    @Test
    void aNaNThatIsNoMarkerIsAValue() {
        series.add(SeriesSlice.of(m(), new long[] {0}, new double[] {Double.NaN}));
        assertThat(values("m", 0)).containsExactly(Double.NaN);
        assertThat(values("m == m", 0)).isEmpty();
        assertThat(values("count(m)", 0)).containsExactly(1.0);
    }

    @Test
    void aWindowExcludesItsStart() {
        load(m(), 1, 2, 4, 8);
        assertThat(values("sum_over_time(m[2m])", 3)).containsExactly(12.0);
        assertThat(values("sum_over_time(m[2m] offset 1m)", 3)).containsExactly(6.0);
    }

    @Test
    void ratesCorrectResetsAndExtrapolate() {
        load(m(), 0, 60, 120, 30, 90);
        // The counter was zero at the first sample, so nothing is extrapolated before it.
        assertThat(values("increase(m[4m1s])", 4)).containsExactly(210.0);
        assertThat(values("increase(m[3m30s])", 4).getFirst()).isCloseTo(150 * 210 / 180.0, within(1e-9));
        assertThat(values("resets(m[5m])", 4)).containsExactly(1.0);
        assertThat(values("rate(m[1m])", 4)).isEmpty();
    }

    @Test
    void rangesAreEvaluatedAsManyInstants() {
        Random random = new Random(7);
        for (int s = 0; s < 5; s++) {
            double[] values = random.doubles(300, 0, 100).toArray();
            for (int i = 0; i < 30; i++) {
                values[random.nextInt(300)] = random.nextBoolean() ? Double.NaN : StaleNaN.VALUE;
            }
            load(m("s", "" + s, "g", "" + s % 2), values);
        }
        List<String> queries = List.of(
                "rate(m[7m])",
                "avg_over_time(m[100m])",
                "sum_over_time(m[2h])",
                "min_over_time(m[13m])",
                "max_over_time(m[13m])",
                "changes(m[20m])",
                "resets(m[20m])",
                "stddev_over_time(m[9m])",
                "quantile_over_time(0.3, m[9m])",
                "deriv(m[9m])",
                "sum by (g) (m)",
                "avg without (s) (rate(m[9m]))",
                "topk by (g) (1, m)",
                "bottomk(2, m)",
                "quantile by (g) (0.7, m)",
                "stdvar(m)",
                "m - on (s) m offset 3m",
                "m > bool 50",
                "m unless m > 50",
                "max_over_time(sum by (g) (m)[20m:3m])",
                "absent(m{s=\"1\"} > 90)");
        for (String query : queries) {
            for (RangeSeries found : range(query, 0, 320, 1)) {
                for (int i = 0; i < found.size(); i++) {
                    double expected = instantValue(query, found.timestampsMs()[i] / MINUTE, found.labels());
                    assertThat(found.values()[i])
                            .as("%s of %s at minute %d", query, found.labels(), found.timestampsMs()[i] / MINUTE)
                            .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
                }
            }
        }
    }

    private double instantValue(String query, long minute, Labels labels) {
        return vector(query, minute).stream()
                .filter(s -> s.labels().equals(labels))
                .mapToDouble(Sample::value)
                .findFirst()
                .orElseThrow(() -> new AssertionError(query + " has no " + labels + " at minute " + minute));
    }

    @Test
    void aLongWindowOfHugeValuesDoesNotOverflowItsMean() {
        double[] values = new double[200];
        java.util.Arrays.fill(values, 1e308);
        load(m(), values);
        RangeSeries mean = range("avg_over_time(m[100m])", 100, 190, 10).getFirst();
        for (double value : mean.values()) {
            assertThat(value).isCloseTo(1e308, within(1e295));
        }
    }

    @Test
    void sumsKeepWhatRoundingWouldLose() {
        load(m("i", "1"), 1);
        load(m("i", "2"), 1e100);
        load(m("i", "3"), 1);
        load(m("i", "4"), -1e100);
        assertThat(values("sum(m)", 0)).containsExactly(2.0);
        assertThat(values("avg(m)", 0)).containsExactly(0.5);
    }

    @Test
    void sortingIsOnlyForInstants() {
        load(m("i", "a"), 2);
        load(m("i", "b"), Double.POSITIVE_INFINITY);
        load(m("i", "c"), 1);
        assertThat(values("sort(m)", 0)).containsExactly(1.0, 2.0, Double.POSITIVE_INFINITY);
        assertThat(values("sort_desc(m)", 0)).containsExactly(Double.POSITIVE_INFINITY, 2.0, 1.0);
        assertThat(values("topk(2, m)", 0)).containsExactly(Double.POSITIVE_INFINITY, 2.0);
        assertThat(range("sort_desc(m)", 0, 2, 1))
                .extracting(s -> s.labels().get("i"))
                .containsExactly("a", "b", "c");
    }

    @Test
    void tiesGoByLabels() {
        load(m("i", "b"), 1);
        load(m("i", "a"), 1);
        assertThat(vector("topk(1, m)", 0)).extracting(s -> s.labels().get("i")).containsExactly("a");
        assertThat(vector("limitk(1, m)", 0))
                .extracting(s -> s.labels().get("i"))
                .containsExactly("a");
    }

    @Test
    void namesAreDroppedAtOnceOrAtTheEnd() {
        load(Labels.of("__name__", "a"), 1);
        load(Labels.of("__name__", "b"), 2);
        assertThatThrownBy(() -> query("abs({__name__=~\"a|b\"})", 0))
                .isInstanceOf(PromqlException.class)
                .hasMessage("vector cannot contain metrics with the same labelset");
        Engine delayed = new Engine(EngineOptions.DEFAULT.withDelayedNameRemoval(true));
        QueryResult result = delayed.instant(parse("count(sum by (__name__) (abs({__name__=~\"a|b\"})))"), source, 0);
        assertThat(((Value.VectorValue) result.value()).samples())
                .extracting(Sample::value)
                .containsExactly(2.0);
    }

    @Test
    void joinsNeedOneSideToBeUnique() {
        load(Labels.of("__name__", "many", "i", "1", "x", "1"), 6);
        load(Labels.of("__name__", "many", "i", "1", "x", "2"), 8);
        load(Labels.of("__name__", "one", "i", "1", "v", "q"), 2);
        assertThat(vector("many / on (i) group_left (v) one", 0))
                .extracting(Sample::labels)
                .containsExactly(Labels.of("i", "1", "v", "q", "x", "1"), Labels.of("i", "1", "v", "q", "x", "2"));
        assertThatThrownBy(() -> query("many / on (i) one", 0))
                .hasMessageStartingWith("multiple matches for labels: many-to-one matching must be explicit");
        assertThatThrownBy(() -> query("one / on (i) many", 0))
                .hasMessageStartingWith(
                        "found duplicate series for the match group {i=\"1\"} on the right hand-side of the operation");
    }

    @Test
    void remarksSayWhereAndOnce() {
        load(m("i", "1"), 1, 2);
        load(m("i", "2"), 1, 2);
        QueryResult result = query("sum(rate(m[5m])) +\nquantile(2, m)", 1);
        assertThat(result.infos())
                .containsExactly("PromQL info: metric might not be a counter, name does not end in"
                        + " _total/_sum/_count/_bucket: \"m\" (1:10)");
        assertThat(result.warnings())
                .containsExactly("PromQL warning: quantile value should be between 0 and 1, got 2 (2:10)");
    }

    @Test
    void histogramsAndFloatsOfOneSeriesAreKeptApart() {
        FloatHistogram histogram =
                FloatHistogram.builder(0).count(4).sum(6).positive(0, 2, 2).build();
        @Nullable FloatHistogram[] histograms = {null, histogram, FloatHistogram.stale()};
        series.add(new SeriesSlice(
                m(), new long[] {0, MINUTE, 2 * MINUTE}, new double[] {5, 0, 0}, histograms, null, 0, 3));
        assertThat(vector("m", 0).getFirst().histogram()).isNull();
        assertThat(vector("m", 1).getFirst().histogram()).isEqualTo(histogram);
        assertThat(vector("m", 2)).isEmpty();
        assertThat(values("count_over_time(m[5m])", 2)).containsExactly(2.0);
        assertThat(values("histogram_count(m)", 1)).containsExactly(4.0);
        assertThat(query("rate(m[5m])", 2).warnings()).hasSize(1);
    }

    @Test
    void startTimesAreUsedWhenToldTo() {
        long[] starts = {0, 90_000};
        series.add(new SeriesSlice(
                Labels.of("__name__", "c_total"),
                new long[] {MINUTE, 2 * MINUTE},
                new double[] {10, 12},
                null,
                starts,
                0,
                2));
        Engine engine = new Engine(EngineOptions.DEFAULT.withStartTimestamps(true));
        QueryResult result = engine.instant(parse("resets(c_total[5m])"), source, 3 * MINUTE);
        assertThat(((Value.VectorValue) result.value()).samples().getFirst().value())
                .isEqualTo(1);
        assertThat(values("resets(c_total[5m])", 3)).containsExactly(0.0);
    }

    @Test
    void theLookbackIsConfigurable() {
        load(m(), 7);
        Engine engine = new Engine(EngineOptions.DEFAULT.withLookback(Duration.ofHours(1)));
        QueryResult result = engine.instant(parse("m"), source, 59 * MINUTE);
        assertThat(((Value.VectorValue) result.value()).samples()).hasSize(1);
        assertThatThrownBy(() -> EngineOptions.DEFAULT.withLookback(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesOfEveryTypeComeOut() {
        load(m(), 1, 2);
        assertThat(query("1 + 2", 0).value()).isEqualTo(new Value.ScalarValue(0, 3));
        assertThat(query("(\"x\")", 0).value()).isEqualTo(new Value.StringValue(0, "x"));
        assertThat(((Value.MatrixValue) query("m[5m]", 1).value())
                        .series()
                        .getFirst()
                        .values())
                .containsExactly(1, 2);
        assertThat(((Value.MatrixValue) query("m[2m:1m]", 1).value())
                        .series()
                        .getFirst()
                        .size())
                .isEqualTo(2);
        assertThatThrownBy(() -> range("m[5m]", 0, 1, 1)).hasMessageContaining("for range query");
        assertThat(range("time()", 0, 2, 1).getFirst().values()).containsExactly(0, 60, 120);
    }

    @Test
    void aSourceMayReuseItsBuffers() {
        long[] times = new long[3];
        double[] values = new double[3];
        SeriesSource reusing = (matchers, from, to) -> new java.util.AbstractList<>() {
            @Override
            public SeriesSlice get(int i) {
                for (int k = 0; k < 3; k++) {
                    times[k] = k * MINUTE;
                    values[k] = 10.0 * i + k;
                }
                return new SeriesSlice(m("i", "" + i), times, values, null, null, 0, 3);
            }

            @Override
            public int size() {
                return 4;
            }
        };
        Engine engine = new Engine(EngineOptions.DEFAULT);
        for (String query : List.of("m", "last_over_time(m[5m])", "m + 0", "topk(4, m)", "max_over_time(m[5m:1m])")) {
            Value.VectorValue result = (Value.VectorValue)
                    engine.instant(parse(query), reusing, 2 * MINUTE).value();
            assertThat(result.samples())
                    .as(query)
                    .extracting(Sample::value)
                    .containsExactlyInAnyOrder(2.0, 12.0, 22.0, 32.0);
        }
        Value.MatrixValue matrix = (Value.MatrixValue)
                engine.instant(parse("m[5m]"), reusing, 2 * MINUTE).value();
        assertThat(matrix.series()).extracting(s -> s.values()[0]).containsExactly(0.0, 10.0, 20.0, 30.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"label_replace(m, \"x\", \"$2-${a}-$1x-$$\", \"i\", \"(?P<a>v)(.*)\")"})
    void templatesExpandLikeGo(String query) {
        load(m("i", "v1"), 1);
        assertThat(vector(query, 0).getFirst().labels().get("x")).isEqualTo("1-v--$");
    }
}
