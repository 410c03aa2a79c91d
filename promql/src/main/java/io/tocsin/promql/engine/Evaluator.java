package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Function;
import io.tocsin.promql.ast.ValueType;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import java.util.Arrays;
import java.util.List;

/**
 * Evaluates prepared expressions on a grid of times: vectors column by column into a {@link Sink}, scalars as one array
 * over the steps. One instance serves one query.
 */
final class Evaluator {

    final EngineOptions options;
    final Budget budget;
    final Annotations annotations = new Annotations();
    final Selectors selectors;
    private final Preparation preparation;

    Evaluator(EngineOptions options, SeriesSource source, Preparation preparation) {
        this.options = options;
        this.budget = new Budget(options);
        this.preparation = preparation;
        this.selectors = new Selectors(this, source);
    }

    /** Evaluates an instant vector or a scalar; a scalar is a column without labels. */
    void stream(Expr expr, Grid grid, Sink sink) {
        budget.work(64);
        if (grid.steps() == 0) {
            return;
        }
        if (expr.type() == ValueType.SCALAR) {
            sink.accept(new Column(Labels.EMPTY, false, scalar(expr, grid), null));
            return;
        }
        if (grid.steps() > 1 && preparation.isInvariant(expr)) {
            stream(expr, grid.first(), new Repeat(sink, grid.steps(), budget));
            return;
        }
        switch (expr) {
            case Expr.VectorSelector v -> selectors.instant(v, grid, sink);
            case Expr.Paren p -> stream(p.expr(), grid, sink);
            case Expr.Unary u -> unary(u, grid, sink);
            case Expr.Binary b -> BinaryOperation.stream(this, b, grid, sink);
            case Expr.Aggregate a -> Aggregations.stream(this, a, grid, sink);
            case Expr.Call c -> call(c, grid, sink);
            case Expr.NumberLiteral n -> throw wrongType(n);
            case Expr.StringLiteral s -> throw wrongType(s);
            case Expr.MatrixSelector m -> throw wrongType(m);
            case Expr.Subquery s -> throw wrongType(s);
        }
    }

    boolean readsCountAndSumOnly(Expr.VectorSelector selector) {
        return preparation.readsCountAndSumOnly(selector);
    }

    /** All columns of an instant vector. */
    List<Column> collect(Expr expr, Grid grid) {
        Sink.Collector collector = new Sink.Collector(budget);
        stream(expr, grid, collector);
        return collector.columns;
    }

    private static IllegalStateException wrongType(Expr expr) {
        return new IllegalStateException("no instant vector: " + expr.type());
    }

    /** The values of a scalar at each step, in an array of the caller's own. */
    double[] scalar(Expr expr, Grid grid) {
        double[] out = new double[grid.steps()];
        budget.samples(out.length);
        switch (expr) {
            case Expr.NumberLiteral n -> Arrays.fill(out, n.value());
            case Expr.Paren p -> {
                return scalar(p.expr(), grid);
            }
            case Expr.Unary u -> {
                double[] inner = scalar(u.expr(), grid);
                for (int i = 0; u.negative() && i < inner.length; i++) {
                    inner[i] = -inner[i];
                }
                return inner;
            }
            case Expr.Binary b -> {
                double[] left = scalar(b.left(), grid);
                double[] right = scalar(b.right(), grid);
                for (int i = 0; i < out.length; i++) {
                    out[i] = ElementOps.scalars(b.op(), left[i], right[i]);
                }
            }
            case Expr.Call c -> scalarCall(c, grid, out);
            case Expr.StringLiteral s -> throw wrongType(s);
            case Expr.VectorSelector v -> throw wrongType(v);
            case Expr.MatrixSelector m -> throw wrongType(m);
            case Expr.Subquery s -> throw wrongType(s);
            case Expr.Aggregate a -> throw wrongType(a);
        }
        return out;
    }

    private void scalarCall(Expr.Call call, Grid grid, double[] out) {
        switch (call.function()) {
            case PI -> Arrays.fill(out, Math.PI);
            case TIME -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = grid.at(i) / 1000.0;
                }
            }
            case SCALAR -> single(call.args().getFirst(), grid, out);
            case MAX_OF, MIN_OF -> {
                double[] left = scalar(call.args().get(0), grid);
                double[] right = scalar(call.args().get(1), grid);
                boolean max = call.function() == Function.MAX_OF;
                for (int i = 0; i < out.length; i++) {
                    out[i] = max ? Math.max(left[i], right[i]) : Math.min(left[i], right[i]);
                }
            }
            default -> throw new IllegalStateException("no scalar function: " + call.function());
        }
    }

    /** {@code scalar(v)}: the only float at each step, or NaN. */
    private void single(Expr vector, Grid grid, double[] out) {
        int[] found = new int[out.length];
        Arrays.fill(out, Double.NaN);
        stream(vector, grid, new Sink() {
            @Override
            void accept(Column column) {
                for (int i = 0; i < out.length; i++) {
                    if (column.hasFloat(i)) {
                        out[i] = ++found[i] == 1 ? column.values[i] : Double.NaN;
                    }
                }
            }
        });
    }

    private void unary(Expr.Unary unary, Grid grid, Sink sink) {
        if (!unary.negative()) {
            stream(unary.expr(), grid, sink);
            return;
        }
        stream(unary.expr(), grid, new Sink.Stage(nameless(unary.expr(), sink)) {
            @Override
            void accept(Column column) {
                for (int i = 0; i < column.values.length; i++) {
                    if (column.hasFloat(i)) {
                        column.values[i] = -column.values[i];
                    }
                }
                if (column.histograms != null) {
                    negate(column);
                }
                next.accept(column);
            }
        });
    }

    private static void negate(Column column) {
        for (int i = 0; i < column.values.length; i++) {
            FloatHistogram histogram = column.histogram(i);
            if (histogram != null) {
                column.set(i, histogram.mul(-1));
            }
        }
    }

    private void call(Expr.Call call, Grid grid, Sink sink) {
        Function function = call.function();
        if (RangeFunctions.takesRange(function)) {
            RangeEvaluation.stream(this, call, grid, sink);
            return;
        }
        switch (function) {
            case LABEL_REPLACE, LABEL_JOIN -> LabelFunctions.stream(this, call, grid, sink);
            case INFO -> InfoFunction.stream(this, call, grid, sink);
            case SORT, SORT_DESC, SORT_BY_LABEL, SORT_BY_LABEL_DESC -> Sorting.stream(this, call, grid, sink);
            case TIMESTAMP, START_TIMESTAMP -> selectors.timestamp(call, grid, sink);
            case ABSENT -> AbsentFunctions.absent(this, call, grid, sink);
            case VECTOR -> sink.accept(new Column(Labels.EMPTY, false, scalar(call.args().getFirst(), grid), null));
            case HISTOGRAM_QUANTILE, HISTOGRAM_QUANTILES, HISTOGRAM_FRACTION ->
                HistogramFunctions.estimate(this, call, grid, sink);
            case HISTOGRAM_AVG, HISTOGRAM_COUNT, HISTOGRAM_SUM, HISTOGRAM_STDDEV, HISTOGRAM_STDVAR ->
                HistogramFunctions.read(this, call, grid, sink);
            default -> MathFunctions.stream(this, call, grid, sink);
        }
    }

    /**
     * A stage before {@code sink} that drops the metric's name (and type and unit), or only says that it must go at the
     * end; without delayed removal it also refuses series that become the same.
     *
     * @param input where the columns come from
     */
    Sink nameless(Expr input, Sink sink) {
        if (options.delayedNameRemoval()) {
            return new Sink.Stage(sink) {
                @Override
                void accept(Column column) {
                    column.dropName = true;
                    next.accept(column);
                }
            };
        }
        boolean oneName = Names.single(input);
        Unique unique = new Unique(sink);
        return new Sink.Stage(sink) {
            @Override
            void accept(Column column) {
                boolean typed = Names.hasTypeOrUnit(column.labels);
                column.labels = Names.drop(column.labels);
                column.dropName = true;
                if (oneName && !typed) {
                    next.accept(column);
                } else {
                    unique.accept(column);
                }
            }
        };
    }

    /** Shows the result of one step at all steps. */
    private static final class Repeat extends Sink {
        private final Sink next;
        private final int steps;
        private final Budget budget;

        Repeat(Sink next, int steps, Budget budget) {
            this.next = next;
            this.steps = steps;
            this.budget = budget;
        }

        @Override
        void accept(Column column) {
            budget.work(steps);
            Column wide = new Column(column.labels, column.dropName, steps);
            FloatHistogram histogram = column.histogram(0);
            for (int i = 0; histogram != null && i < steps; i++) {
                wide.set(i, histogram);
            }
            if (column.hasFloat(0)) {
                Arrays.fill(wide.values, column.values[0]);
            }
            next.accept(wide);
        }
    }
}
