package io.tocsin.benchmarks.promql;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;
import io.tocsin.promql.plan.Planner;
import io.tocsin.promql.plan.ShardedQuery;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Reading and planning of expressions as rules have them; the time is that of one expression. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ParseBenchmark {
    private static final List<String> EXPRESSIONS = List.of(
            "up == 0",
            "sum by (job) (rate(http_requests_total{code=~\"5..\"}[5m])) / sum by (job) (rate(http_requests_total[5m])) > 0.05",
            "histogram_quantile(0.99, sum by (le, job) (rate(request_duration_seconds_bucket[5m]))) > 1",
            "predict_linear(node_filesystem_avail_bytes{fstype!~\"tmpfs|ramfs\"}[6h], 24 * 3600) < 0",
            "kube_pod_status_phase{phase=~\"Pending|Unknown\"} * on (namespace, pod) group_left (owner_kind)"
                    + " topk by (namespace, pod) (1, kube_pod_owner{owner_kind!=\"Job\"}) > 0");

    private final List<Expr> parsed =
            EXPRESSIONS.stream().map(ParseBenchmark::read).toList();

    private static Expr read(String text) {
        try {
            return PromqlParser.parse(text);
        } catch (PromqlParseException e) {
            throw new IllegalStateException(text, e);
        }
    }

    @Benchmark
    @OperationsPerInvocation(5)
    public void parse(Blackhole hole) {
        for (String text : EXPRESSIONS) {
            hole.consume(read(text));
        }
    }

    @Benchmark
    @OperationsPerInvocation(5)
    public void plan(Blackhole hole) {
        for (Expr expr : parsed) {
            ShardedQuery plan = Planner.plan(expr);
            hole.consume(plan);
        }
    }
}
