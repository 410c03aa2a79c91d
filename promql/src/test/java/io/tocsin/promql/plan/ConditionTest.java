package io.tocsin.promql.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.engine.EngineOptions;
import io.tocsin.promql.engine.PromqlException;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.GoFloat;
import io.tocsin.promql.testscript.Point;
import io.tocsin.promql.testscript.ScriptException;
import io.tocsin.promql.testscript.ScriptStore;
import io.tocsin.promql.testscript.SeriesDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConditionTest {
    private static final long AT = 60_000;
    private static final Engine ENGINE = new Engine(EngineOptions.DEFAULT);

    private static ScriptStore shard(String... series) {
        ScriptStore store = new ScriptStore();
        try {
            for (String line : series) {
                SeriesDescription description = SeriesDescription.parse(line);
                for (Point point : description.points()) {
                    double value = point instanceof Point.Value v ? v.value() : 0;
                    FloatHistogram histogram = point.histogram();
                    store.add(description.labels(), AT, value, histogram, 0);
                }
            }
        } catch (ScriptException e) {
            throw new AssertionError(e);
        }
        return store;
    }

    private static ConditionResult finish(String query, ScriptStore... shards) {
        ShardedQuery plan = Planner.plan(PlannerTest.parse(query));
        List<Map<Integer, LeafPartial>> partials = new ArrayList<>();
        for (ScriptStore shard : shards) {
            Map<Integer, LeafPartial> ofShard = new HashMap<>();
            plan.leaves().forEach(leaf -> ofShard.put(leaf.id(), ShardEvaluator.evaluate(leaf, ENGINE, shard, AT)));
            partials.add(ofShard);
        }
        return ShardMerger.finish(plan, ENGINE, partials, AT);
    }

    private static List<String> entries(String query, ScriptStore... shards) {
        return finish(query, shards).entries().stream()
                .map(e -> (e.holds() ? "true " : "false ") + e.labels() + " " + GoFloat.format(e.value()))
                .toList();
    }

    private final ScriptStore one = shard("x{job=\"a\",instance=\"1\"} 3", "y{job=\"a\",instance=\"1\"} 5");
    private final ScriptStore two = shard("x{job=\"a\",instance=\"2\"} 8", "z{job=\"a\",instance=\"2\"} 0");

    @Test
    void falseIsToldFromVanished() {
        assertThat(entries("x > 5", one, two))
                .containsExactly(
                        "false {__name__=\"x\", instance=\"1\", job=\"a\"} 3",
                        "true {__name__=\"x\", instance=\"2\", job=\"a\"} 8");
        assertThat(entries("x > 5", two)).containsExactly("true {__name__=\"x\", instance=\"2\", job=\"a\"} 8");
        assertThat(entries("5 >= x", one)).containsExactly("true {__name__=\"x\", instance=\"1\", job=\"a\"} 3");
        assertThat(entries("sum by (job) (x) > 20", one, two)).containsExactly("false {job=\"a\"} 11");
        assertThat(entries("x < y", one, two)).containsExactly("true {__name__=\"x\", instance=\"1\", job=\"a\"} 3");
        assertThat(entries("x > y", one, two)).containsExactly("false {__name__=\"x\", instance=\"1\", job=\"a\"} 3");
        assertThat(entries("x > on (instance) y", one)).containsExactly("false {instance=\"1\"} 3");
        assertThat(entries("x > 2 and y > 7", one))
                .containsExactly("false {__name__=\"x\", instance=\"1\", job=\"a\"} 3");
        assertThat(entries("x > 2 unless y > 7", one))
                .containsExactly("true {__name__=\"x\", instance=\"1\", job=\"a\"} 3");
    }

    @Test
    void withoutAnOuterComparisonEveryElementHolds() {
        assertThat(entries("x", one, two)).hasSize(2).allMatch(e -> e.startsWith("true "));
        assertThat(entries("sum(x)", one, two)).containsExactly("true {} 11");
        assertThat(entries("absent(nothing{job=\"a\"})", one, two)).containsExactly("true {job=\"a\"} 1");
        assertThat(entries("absent(z)", one, two)).isEmpty();
        assertThat(entries("1 + 1")).containsExactly("true {} 2");
        assertThat(entries("scalar(sum(x)) > bool 10", one, two)).containsExactly("true {} 1");
    }

    @Test
    void aMixOfFloatsAndHistogramsAcrossShardsIsFound() {
        ScriptStore histogram = shard("x{job=\"a\",instance=\"3\"} {{count:1 sum:1 buckets:[1]}}");
        ConditionResult mixed = finish("sum(x)", one, histogram);
        assertThat(mixed.entries()).isEmpty();
        assertThat(mixed.annotations())
                .extracting(a -> a.text())
                .containsExactly("PromQL warning: encountered a mix of histograms and floats for aggregation (1:5)");
        ScriptStore custom =
                shard("x{job=\"a\",instance=\"4\"} {{schema:-53 count:1 sum:1 custom_values:[1] buckets:[1]}}");
        assertThat(finish("avg(x)", histogram, custom).entries()).isEmpty();
        assertThat(finish("avg(x)", histogram, custom).annotations()).hasSize(1);
        assertThat(finish("sum(x)", histogram, histogram).entries())
                .singleElement()
                .satisfies(e -> assertThat(e.histogram()).hasToString("{count:2, sum:2, (0.5,1]:2}"));
    }

    @Test
    void theSameSeriesInTwoShardsIsAnError() {
        assertThatThrownBy(() -> finish("x", one, one))
                .isInstanceOf(PromqlException.class)
                .hasMessage("vector cannot contain metrics with the same labelset");
    }

    @Test
    void bytesThatAreNoPartialAreRefused() {
        LeafPartial partial = ShardEvaluator.evaluate(
                Planner.plan(PlannerTest.parse("avg by (job) (x)")).leaves().getFirst(), ENGINE, one, AT);
        byte[] bytes = partial.encode();
        assertThat(LeafPartial.decode(bytes).encode()).isEqualTo(bytes);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> LeafPartial.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        bytes[0] = 99;
        assertThatThrownBy(() -> LeafPartial.decode(bytes)).hasMessageContaining("unknown version 99");
    }

    @Test
    void recordedSeriesComeFromTheirOwnStore() {
        ShardedQuery plan = Planner.plan(
                PlannerTest.parse("job:x:sum / on (job) sum by (job) (x)"),
                PlanOptions.DEFAULT.withRecorded("job:x:sum"::equals));
        List<Map<Integer, LeafPartial>> partials =
                List.of(Map.of(0, ShardEvaluator.evaluate(plan.leaves().getFirst(), ENGINE, one, AT)));
        ConditionResult result = ShardMerger.finish(plan, ENGINE, partials, shard("job:x:sum{job=\"a\"} 6"), AT);
        assertThat(result.entries())
                .singleElement()
                .satisfies(e -> assertThat(e.value()).isEqualTo(2));
    }
}
