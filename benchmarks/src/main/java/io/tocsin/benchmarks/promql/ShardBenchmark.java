package io.tocsin.benchmarks.promql;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.engine.EngineOptions;
import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;
import io.tocsin.promql.plan.ConditionResult;
import io.tocsin.promql.plan.Leaf;
import io.tocsin.promql.plan.LeafPartial;
import io.tocsin.promql.plan.Planner;
import io.tocsin.promql.plan.ShardEvaluator;
import io.tocsin.promql.plan.ShardMerger;
import io.tocsin.promql.plan.ShardedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One rule at one tick over 10,000 series: what a shard does for it, what is sent, and what is done with four shards. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx2g", "-Xms2g", "-XX:+UseSerialGC"})
public class ShardBenchmark {
    private static final int SERIES = 10_000;
    private static final int SHARDS = 4;

    @Param({"rate(x_total[5m]) > 100", "sum by (job) (rate(x_total[5m])) > 100", "topk(10, x_total)", "absent(x_total)"
    })
    public String query = "x_total";

    private final Engine engine = new Engine(EngineOptions.DEFAULT);
    private final Telemetry telemetry = Telemetry.counters(SERIES);
    private final List<Map<Integer, LeafPartial>> partials = new ArrayList<>();
    private ShardedQuery plan = plan("x_total");
    private byte[] encoded = new byte[0];

    private static ShardedQuery plan(String query) {
        try {
            Expr expr = PromqlParser.parse(query);
            return Planner.plan(expr);
        } catch (PromqlParseException e) {
            throw new IllegalStateException(query, e);
        }
    }

    @Setup(Level.Trial)
    public void prepare() {
        plan = plan(query);
        for (int shard = 0; shard < SHARDS; shard++) {
            int of = shard;
            Map<Integer, LeafPartial> ofShard = new HashMap<>();
            for (Leaf leaf : plan.leaves()) {
                ofShard.put(
                        leaf.id(),
                        ShardEvaluator.evaluate(
                                leaf,
                                engine,
                                (matchers, from, to) -> {
                                    var all = telemetry.select(matchers, from, to);
                                    return all.subList(of * all.size() / SHARDS, (of + 1) * all.size() / SHARDS);
                                },
                                Telemetry.END_MS));
            }
            partials.add(ofShard);
        }
        encoded = evaluate().encode();
    }

    @Benchmark
    public LeafPartial evaluate() {
        return ShardEvaluator.evaluate(plan.leaves().getFirst(), engine, telemetry, Telemetry.END_MS);
    }

    @Benchmark
    public byte[] evaluateAndEncode() {
        return evaluate().encode();
    }

    @Benchmark
    public LeafPartial decode() {
        return LeafPartial.decode(encoded);
    }

    @Benchmark
    public ConditionResult finish() {
        return ShardMerger.finish(plan, engine, partials, Telemetry.END_MS);
    }
}
