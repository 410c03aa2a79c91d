package io.tocsin.benchmarks.promql;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.engine.EngineOptions;
import io.tocsin.promql.engine.QueryResult;
import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;
import java.time.Duration;
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

/** Evaluation over six hours of 15 s samples: at the end of them, and over all of them in steps of one minute. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx6g", "-Xms6g", "-XX:+UseSerialGC"})
public class QueryBenchmark {

    /** The shapes of queries that rules and dashboards consist of. */
    public enum Shape {
        SUM_RATE("sum by (job) (rate(x_total[5m]))"),
        CLASSIC_QUANTILE("histogram_quantile(0.99, sum by (job, le) (rate(h_bucket[5m])))"),
        NATIVE_QUANTILE("histogram_quantile(0.99, sum by (job) (rate(nh[5m])))"),
        JOIN("rate(x_total[5m]) * on (job, instance) group_left (zone) info"),
        TOPK("topk(10, rate(x_total[5m]))"),
        SUBQUERY("max_over_time(rate(x_total[5m])[30m:1m])"),
        SELECTOR("x_total");

        private final String query;

        Shape(String query) {
            this.query = query;
        }

        Expr expr() {
            try {
                return PromqlParser.parse(query);
            } catch (PromqlParseException e) {
                throw new IllegalStateException(query, e);
            }
        }

        /** How many samples the selectors cover, by series: six hours of them, or what the last step looks at. */
        long samples(int series, boolean range) {
            int each = switch (this) {
                case SUM_RATE, CLASSIC_QUANTILE, NATIVE_QUANTILE, TOPK -> range ? Telemetry.SAMPLES : 20;
                case JOIN -> range ? 2 * Telemetry.SAMPLES : 21;
                case SUBQUERY -> range ? Telemetry.SAMPLES : 140;
                case SELECTOR -> range ? Telemetry.SAMPLES : 1;
            };
            return (long) each * (this == NATIVE_QUANTILE ? series / 20 : series);
        }

        Telemetry telemetry(int series) {
            return switch (this) {
                case SUM_RATE, JOIN, TOPK, SUBQUERY, SELECTOR -> Telemetry.counters(series);
                case CLASSIC_QUANTILE -> Telemetry.classicHistograms(series);
                // A native histogram holds what twenty classic series do.
                case NATIVE_QUANTILE -> Telemetry.nativeHistograms(series / 20);
            };
        }
    }

    @Param
    public Shape shape = Shape.SUM_RATE;

    @Param({"10000", "100000"})
    public int series;

    private final Engine engine = new Engine(EngineOptions.DEFAULT.withLimits(
            new EngineOptions.Limits(Long.MAX_VALUE, 11_000, Integer.MAX_VALUE, Duration.ofHours(1))));
    private Expr expr = Shape.SUM_RATE.expr();
    private Telemetry telemetry = Telemetry.counters(0);

    @Setup(Level.Trial)
    public void prepare() {
        expr = shape.expr();
        telemetry = shape.telemetry(series);
    }

    @Benchmark
    public QueryResult instant() {
        return engine.instant(expr, telemetry, Telemetry.END_MS);
    }

    @Benchmark
    public QueryResult range() {
        return engine.range(expr, telemetry, Telemetry.START_MS, Telemetry.END_MS, 60_000);
    }
}
