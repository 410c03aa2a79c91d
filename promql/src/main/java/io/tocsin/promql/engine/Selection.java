package io.tocsin.promql.engine;

import io.tocsin.promql.ast.AggregateOp;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.engine.Aggregations.Parameter;
import io.tocsin.promql.model.GoFloat;
import io.tocsin.promql.model.Labels;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code topk}, {@code bottomk}, {@code limitk} and {@code limit_ratio}: some of the series, as they are. */
final class Selection {

    private final Evaluator evaluator;
    private final Expr.Aggregate aggregate;
    private final AggregateOp op;
    private final Grid grid;
    private final double[] parameter;
    private final Grouping grouping;

    private Selection(Evaluator evaluator, Expr.Aggregate aggregate, Grid grid) {
        this.evaluator = evaluator;
        this.aggregate = aggregate;
        this.op = aggregate.op();
        this.grid = grid;
        this.parameter = evaluator.scalar(Objects.requireNonNull(aggregate.parameter()), grid);
        this.grouping = new Grouping(aggregate);
    }

    static void stream(Evaluator evaluator, Expr.Aggregate aggregate, Grid grid, Sink sink) {
        new Selection(evaluator, aggregate, grid).stream(sink);
    }

    private void stream(Sink sink) {
        Parameter range = Parameter.of(parameter);
        PromqlException wrong = wrong(range);
        if (wrong != null || selectsNothing(range)) {
            // What the operand has to say comes first, and is said anyway.
            evaluator.stream(aggregate.expr(), grid, new Sink() {
                @Override
                void accept(Column column) {
                    // Nothing of it is wanted.
                }
            });
            if (wrong != null) {
                throw wrong;
            }
            return;
        }
        switch (op) {
            case LIMIT_RATIO -> ratio(range, sink);
            case LIMITK -> first(sink);
            default -> best(sink);
        }
    }

    private boolean selectsNothing(Parameter range) {
        return op == AggregateOp.LIMIT_RATIO ? range.max() == 0 && range.min() == 0 : range.max() < 1;
    }

    private @Nullable PromqlException wrong(Parameter range) {
        if (selectsNothing(range)) {
            return null;
        }
        if (range.hasNaN()) {
            String name = op == AggregateOp.LIMIT_RATIO ? "Ratio" : "Parameter";
            return PromqlException.execution(name + " value is NaN");
        }
        if (op == AggregateOp.LIMIT_RATIO || (range.min() > -0x1p63 && range.max() < 0x1p63)) {
            return null;
        }
        boolean under = range.min() <= -0x1p63;
        return PromqlException.execution("Scalar value " + GoFloat.formatG(under ? range.min() : range.max())
                + (under ? " underflows" : " overflows") + " int64");
    }

    private void ratio(Parameter range, Sink sink) {
        evaluator.stream(aggregate.expr(), grid, new Sink.Stage(sink) {
            @Override
            void accept(Column column) {
                double place = LabelHash.fraction(column.labels);
                for (int i = 0; i < grid.steps(); i++) {
                    double r = Math.max(-1, Math.min(1, parameter[i]));
                    boolean in = r >= 0 ? place < r : place >= 1 + r;
                    if (!in) {
                        column.remove(i);
                    }
                }
                if (!column.isEmpty()) {
                    next.accept(column);
                }
            }
        });
        Expr expr = Objects.requireNonNull(aggregate.parameter());
        if (range.max() > 1) {
            evaluator.annotations.invalidRatio(range.max(), 1, expr.span());
        }
        if (range.min() < -1) {
            evaluator.annotations.invalidRatio(range.min(), -1, expr.span());
        }
    }

    /** At each step the first k of each group, by labels, so that it does not matter in which order series come. */
    private void first(Sink sink) {
        Map<Labels, int[]> counts = new LinkedHashMap<>();
        List<Column> columns = evaluator.collect(aggregate.expr(), grid);
        columns.sort(Comparator.comparing(column -> column.labels));
        for (Column column : columns) {
            int[] taken = counts.computeIfAbsent(grouping.of(column.labels), k -> new int[grid.steps()]);
            for (int i = 0; i < taken.length; i++) {
                if (!column.has(i)) {
                    continue;
                }
                if (taken[i] < (long) parameter[i]) {
                    taken[i]++;
                } else {
                    column.remove(i);
                }
            }
            if (!column.isEmpty()) {
                sink.accept(column);
            }
        }
    }

    /** At each step the k best of each group. */
    private void best(Sink sink) {
        Map<Labels, Best> groups = new LinkedHashMap<>();
        boolean top = op == AggregateOp.TOPK;
        evaluator.stream(aggregate.expr(), grid, new Sink() {
            @Override
            void accept(Column column) {
                if (column.histograms != null) {
                    Extremes.leaveOut(evaluator, column, op.symbol(), aggregate.span());
                }
                evaluator.budget.work(grid.steps());
                groups.computeIfAbsent(
                                grouping.of(column.labels), k -> new Best(parameter, grid.steps(), top, evaluator.budget))
                        .add(column);
            }
        });
        groups.values().forEach(group -> group.emit(sink));
    }
}
