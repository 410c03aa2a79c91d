package io.tocsin.promql.engine;

import io.tocsin.promql.ast.At;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Expr.Extension;
import io.tocsin.promql.ast.Function;
import io.tocsin.promql.ast.Span;
import io.tocsin.promql.ast.ValueType;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Evaluates calls of range functions: each series by itself, with a window that slides over its samples. */
final class RangeEvaluation {

    private final Evaluator evaluator;
    private final Expr.Call call;
    private final Grid grid;
    private final Expr range;
    private final long rangeMs;
    private final long offset;
    private final @Nullable At at;
    private final Extension extension;

    private RangeEvaluation(Evaluator evaluator, Expr.Call call, Grid grid) {
        this.evaluator = evaluator;
        this.call = call;
        this.grid = grid;
        this.range = call.args().stream()
                .filter(arg -> arg.type() == ValueType.MATRIX)
                .findFirst()
                .orElseThrow();
        switch (unwrapped(range)) {
            case Expr.MatrixSelector m -> {
                rangeMs = Preparation.millis(m.range());
                offset = Preparation.millis(m.selector().offset());
                at = m.selector().at();
                extension = m.selector().extension();
            }
            case Expr.Subquery s -> {
                rangeMs = Preparation.millis(s.range());
                offset = Preparation.millis(s.offset());
                at = s.at();
                extension = Extension.NONE;
            }
            default -> throw new IllegalStateException("no range vector: " + range);
        }
    }

    private static Expr unwrapped(Expr expr) {
        return expr instanceof Expr.Paren paren ? unwrapped(paren.expr()) : expr;
    }

    static void stream(Evaluator evaluator, Expr.Call call, Grid grid, Sink sink) {
        RangeEvaluation evaluation = new RangeEvaluation(evaluator, call, grid);
        if (call.function() == Function.ABSENT_OVER_TIME) {
            AbsentFunctions.absentOverTime(evaluator, call, grid, sink, evaluation::run);
        } else {
            evaluation.run(evaluation.named(sink));
        }
    }

    /** Before the sink, what happens to the names: kept, dropped later, or dropped now with a check for clashes. */
    private Sink named(Sink sink) {
        boolean keepsName = RangeFunctions.keepsName(call.function());
        boolean delayed = evaluator.options.delayedNameRemoval();
        boolean oneName = Names.single(range);
        Set<Labels> seen = new HashSet<>();
        return new Sink.Stage(sink) {
            @Override
            void accept(Column column) {
                boolean typed = Names.hasTypeOrUnit(column.labels);
                if (!keepsName || column.dropName) {
                    column.labels = delayed ? column.labels : Names.drop(column.labels);
                    column.dropName = true;
                }
                if (!delayed && !keepsName && (!oneName || typed) && !seen.add(column.labels)) {
                    throw PromqlException.duplicate();
                }
                next.accept(column);
            }
        };
    }

    private void run(Sink sink) {
        CallSite site = new CallSite(
                call.function(),
                call,
                remarkSpan(),
                rangeMs,
                extension,
                parameters(),
                evaluator.options.startTimestamps(),
                evaluator.annotations,
                evaluator.budget);
        RangeFunction function = RangeFunctions.of(site);
        Column column = new Column(Labels.EMPTY, false, grid.steps());
        Samples samples = new Samples();
        if (unwrapped(range) instanceof Expr.Subquery subquery) {
            Grid inner = subqueryGrid(evaluator, subquery, grid);
            for (Column series : Results.merged(evaluator.collect(subquery.expr(), inner))) {
                samples.load(series, inner);
                column = series(function, samples, column, sink);
            }
            return;
        }
        Expr.VectorSelector selector = ((Expr.MatrixSelector) unwrapped(range)).selector();
        long before = extension == Extension.NONE ? 0 : evaluator.selectors.lookback();
        long after = extension == Extension.SMOOTHED ? evaluator.selectors.lookback() : 0;
        long from = Selectors.time(at, offset, grid.start()) - rangeMs - before + 1;
        long to = Selectors.time(at, offset, grid.end()) + after;
        boolean bare = evaluator.readsCountAndSumOnly(selector);
        for (SeriesSlice slice : evaluator.selectors.series(selector.matchers(), from, to)) {
            samples.load((bare ? HistogramStats.of(slice) : slice).within(from, to));
            evaluator.budget.samples(samples.size());
            column = series(function, samples, column, sink);
        }
    }

    /** Where remarks about the range vector point: as in Prometheus, those about a subquery to the query's beginning. */
    private Span remarkSpan() {
        return unwrapped(range) instanceof Expr.Subquery ? Span.NONE : range.span();
    }

    private double[][] parameters() {
        double[][] parameters = new double[call.args().size()][];
        for (int i = 0; i < parameters.length; i++) {
            Expr arg = call.args().get(i);
            parameters[i] = arg.type() == ValueType.SCALAR ? evaluator.scalar(arg, grid) : new double[0];
        }
        return parameters;
    }

    /** Computes a series, gives it to the sink, and returns the column to use for the next one. */
    private Column series(RangeFunction function, Samples samples, Column scratch, Sink sink) {
        if (samples.isEmpty()) {
            return scratch;
        }
        scratch.clear(samples.labels, samples.dropName);
        evaluator.budget.work(grid.steps());
        boolean floats = slide(function, samples, scratch);
        if (floats && (call.function() == Function.RATE || call.function() == Function.INCREASE)) {
            remarkNonCounter(samples.labels);
        }
        if (!floats && scratch.histograms == null) {
            return scratch;
        }
        sink.accept(scratch);
        return sink.keeps() ? new Column(Labels.EMPTY, false, grid.steps()) : scratch;
    }

    /** Moves the window over the samples; tells whether there was a float among the results. */
    private boolean slide(RangeFunction function, Samples s, Column out) {
        function.start(s);
        Frame f = new Frame();
        f.lo = s.from;
        f.hi = s.from;
        long lookback = evaluator.selectors.lookback();
        long before = extension == Extension.NONE ? 0 : lookback;
        long after = extension == Extension.SMOOTHED ? lookback : 0;
        boolean floats = false;
        for (int step = 0; step < grid.steps(); step++) {
            f.step = step;
            f.at = grid.at(step);
            f.end = Selectors.time(at, offset, f.at);
            f.start = f.end - rangeMs;
            f.hi = Selectors.after(s.t, f.hi, s.to, f.end + after);
            f.lo = Selectors.after(s.t, f.lo, f.hi, f.start - before);
            if (s.hCount > 0) {
                f.hHi = Selectors.after(s.ht, f.hHi, s.hCount, f.end + after);
                f.hLo = Selectors.after(s.ht, f.hLo, f.hHi, f.start - before);
            }
            if ((f.lo == f.hi && f.hLo == f.hHi) || rangeMs == 0) {
                continue;
            }
            f.histogram = null;
            if (function.apply(s, f)) {
                FloatHistogram histogram = f.histogram;
                if (histogram == null) {
                    out.values[step] = f.value;
                    floats = true;
                } else {
                    out.set(step, histogram);
                }
            }
        }
        return floats;
    }

    private void remarkNonCounter(Labels labels) {
        String metric = labels.metricName();
        if (metric.isEmpty()) {
            return;
        }
        if (evaluator.options.typeAndUnitLabels()) {
            String type = labels.get(Names.TYPE);
            if (!type.equals("counter") && !type.equals("histogram")) {
                evaluator.annotations.possiblyNoCounterType(metric, type, remarkSpan());
            }
        } else if (!metric.endsWith("_total")
                && !metric.endsWith("_sum")
                && !metric.endsWith("_count")
                && !metric.endsWith("_bucket")) {
            evaluator.annotations.possiblyNoCounter(metric, remarkSpan());
        }
    }

    /** The times of a subquery: multiples of its resolution that lie in the windows of all the outer steps. */
    static Grid subqueryGrid(Evaluator evaluator, Expr.Subquery subquery, Grid outer) {
        long range = Preparation.millis(subquery.range());
        long offset = Preparation.millis(subquery.offset());
        long step = subquery.step() == null
                ? evaluator.options.defaultSubqueryStepMs().applyAsLong(range)
                : Preparation.millis(subquery.step());
        if (step <= 0) {
            throw PromqlException.execution("subquery resolution must be at least 1ms");
        }
        long earliest = Selectors.time(subquery.at(), offset, outer.start()) - range;
        long start = step * (earliest / step);
        if (start <= earliest) {
            start += step;
        }
        return Grid.of(
                start, Selectors.time(subquery.at(), offset, outer.end()), step, evaluator.budget.maxSubquerySteps());
    }

    /** The columns of a subquery with their samples' times, as a range vector. */
    static List<io.tocsin.promql.model.RangeSeries> matrix(Evaluator evaluator, Expr.Subquery subquery, Grid outer) {
        Grid inner = subqueryGrid(evaluator, subquery, outer);
        List<io.tocsin.promql.model.RangeSeries> all = new ArrayList<>();
        long[] times = Results.times(inner);
        for (Column column : Results.merged(evaluator, evaluator.collect(subquery.expr(), inner))) {
            all.add(Results.series(column, inner, times));
        }
        return all;
    }
}
