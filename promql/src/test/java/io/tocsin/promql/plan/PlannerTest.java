package io.tocsin.promql.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.parse.ParserOptions;
import io.tocsin.promql.parse.PromqlFormatter;
import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {

    static Expr parse(String text) {
        try {
            return PromqlParser.parse(text, ParserOptions.ALL);
        } catch (PromqlParseException e) {
            throw new AssertionError(text, e);
        }
    }

    private static List<String> leaves(ShardedQuery query) {
        return query.leaves().stream()
                .map(leaf -> PromqlFormatter.format(leaf.local())
                        + leaf.merge()
                                .map(m -> " -> " + m.getClass().getSimpleName())
                                .orElse(""))
                .toList();
    }

    private static List<String> leaves(String query) {
        return leaves(Planner.plan(parse(query)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "rate(errors_total[5m])",
                "-abs(x)",
                "clamp(rate(x[5m]), 0, 2 * 3)",
                "time() - process_start_time_seconds",
                "a / b",
                "a * on (instance, job) b",
                "a * on (instance, job) group_left (version) b",
                "a * ignoring (code) b",
                "a and b",
                "sum by (instance, job, code) (rate(x[5m]))",
                "sum without (code) (rate(x[5m]))",
                "topk without (cpu) (3, x)",
                "limit_ratio(0.5, x)",
                "histogram_quantile(0.9, rate(x_bucket[5m]))",
                "max_over_time(rate(x[5m])[1h:1m])",
                "label_replace(x, \"shard\", \"$1\", \"instance\", \"(.*)-.*\")",
                "info(x)",
                "predict_linear(x[1h], 4 * 3600)",
                "x offset 5m @ end()",
            })
    void isEvaluatedWhollyInEachShard(String query) {
        ShardedQuery plan = Planner.plan(parse(query));
        assertThat(plan.leaves()).hasSize(1);
        assertThat(plan.leaves().getFirst().merge()).isEmpty();
        assertThat(plan.rest()).isInstanceOf(Expr.VectorSelector.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum(rate(x[5m]))                       | rate(x[5m]) -> Sum",
                "avg by (code) (x)                      | x -> Avg",
                "count without (instance) (x)           | x -> Count",
                "topk(5, x)                             | x -> TopK",
                "count_values('v', x)                   | x -> CountValues",
                "stddev(x)                              | x -> Stddev",
                "absent(up{job='a'})                    | up{job=\"a\"} -> Group",
                "absent_over_time(up[5m])               | present_over_time(up[5m]) -> Group",
                "quantile(0.9, x)                       | x",
                "scalar(x)                              | x",
                "label_replace(x, 'job', '', '', '')    | x",
                "sort(x)                                | x",
                "a * on (job) group_left b              | a;b",
                "topk(scalar(k), x)                     | x;k",
                "quantile_over_time(scalar(q), x[5m])   | q;x[5m]",
                "sum(x) / sum(x)                        | x -> Sum",
                "max_over_time(sum(x)[10m:1m])          | x[10m:1m] -> Sum",
                "max_over_time(sum(max_over_time(sum(x)[10m:1m] offset 2m))[1h:5m]) | x[1h10m:1m] offset 2m -> Sum",
            })
    void shipsTheLargestLocalParts(String query, String expected) {
        assertThat(leaves(query)).containsExactly(expected.trim().split(";"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vector(1)", "time()", "1 + 2", "vector(time()) > 5", "hour()"})
    void withoutSeriesNothingIsEvaluatedInShards(String query) {
        assertThat(leaves(query)).isEmpty();
    }

    @Test
    void theOuterComparisonStaysInTheRest() {
        ShardedQuery plan = Planner.plan(parse("rate(x[5m]) > 0.5"));
        assertThat(leaves(plan)).containsExactly("rate(x[5m])");
        assertThat(plan.condition()).isPresent();
        assertThat(plan.condition().get().filtered()).isInstanceOf(Expr.Binary.class);
        assertThat(Planner.plan(parse("x > bool 1")).condition()).isEmpty();
        assertThat(leaves("(a > 5) and on (job) (b < 3)")).containsExactly("a", "(b < 3)");
        assertThat(leaves("5 < a or b == 2")).containsExactly("a", "b");
        assertThat(leaves("sum by (job) (x) > 5 * 2")).containsExactly("x -> Sum");
    }

    @Test
    void recordedSeriesAreReadInTheRest() {
        PlanOptions options = PlanOptions.DEFAULT.withRecorded(Set.of("job:x:sum")::contains);
        assertThat(leaves(Planner.plan(parse("job:x:sum / y"), options))).containsExactly("y");
        assertThat(leaves(Planner.plan(parse("max_over_time(job:x:sum[1h])"), options)))
                .isEmpty();
    }

    @Test
    void seriesOfDifferentInputsMeetInTheRestOnly() {
        PlanOptions options = PlanOptions.DEFAULT.withInput(
                name -> name.isEmpty() ? Optional.empty() : Optional.of(name.startsWith("span_") ? "spans" : "metrics"));
        assertThat(leaves(Planner.plan(parse("span_calls / up"), options))).containsExactly("span_calls", "up");
        assertThat(leaves(Planner.plan(parse("up / up"), options))).containsExactly("up / up");
        assertThat(leaves(Planner.plan(parse("sum without (cpu) ({zone=\"a\"})"), options)))
                .containsExactly("{zone=\"a\"} -> Sum");
    }

    @Test
    void arithmeticOverLiteralsIsFolded() {
        assertThat(PromqlFormatter.format(ConstantFolding.fold(parse("x * (2 ^ 3 + -1) % 4"))))
                .isEqualTo("x * 7 % 4");
        assertThat(PromqlFormatter.format(ConstantFolding.fold(parse("rate(x[5m * 2] offset (1m + 30s))"))))
                .isEqualTo("rate(x[10m] offset 1m30s)");
        assertThat(PromqlFormatter.format(ConstantFolding.fold(parse("x[step()]")))).contains("step()");
    }

    @Test
    void repeatedExpressionsAreFoundOnceAndTheLargestFirst() {
        Expr query = parse("sum(rate(x[5m])) / (sum(rate(x[5m])) + rate(x[5m]))");
        assertThat(CommonSubexpressions.in(List.of(query)).entrySet())
                .extracting(e -> e.getValue() + " " + PromqlFormatter.format(e.getKey()))
                .containsExactly("2 sum(rate(x[5m]))", "3 rate(x[5m])");
    }

    @Test
    void explainsThePlan() {
        assertThat(Explain.text(Planner.plan(parse("sum by (job) (rate(x[5m])) > 5"))))
                .isEqualTo(
                        """
                        query:     sum by (job) (rate(x[5m])) > 5
                        leaf 0:    rate(x[5m])
                                   in each shard a compensated sum by (job); sums are added in shard order
                        rest:      sum by (job) (leaf:0)
                        condition: sum by (job) (leaf:0) > 5""");
    }
}
