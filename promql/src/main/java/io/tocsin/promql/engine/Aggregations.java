package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Span;
import io.tocsin.promql.model.Labels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Aggregations: which series belong together, and what is made of them. */
final class Aggregations {

    private Aggregations() {}

    static void stream(Evaluator evaluator, Expr.Aggregate aggregate, Grid grid, Sink sink) {
        Span span = aggregate.expr().span();
        int steps = grid.steps();
        switch (aggregate.op()) {
            case SUM -> groups(evaluator, aggregate, grid, sink, () -> new Sums(evaluator, span, steps, false));
            case AVG -> groups(evaluator, aggregate, grid, sink, () -> new Sums(evaluator, span, steps, true));
            case COUNT -> groups(evaluator, aggregate, grid, sink, () -> new Counts(steps, false));
            case GROUP -> groups(evaluator, aggregate, grid, sink, () -> new Counts(steps, true));
            case MIN -> groups(evaluator, aggregate, grid, sink, () -> new Extremes(evaluator, span, steps, false));
            case MAX -> groups(evaluator, aggregate, grid, sink, () -> new Extremes(evaluator, span, steps, true));
            case STDDEV -> groups(evaluator, aggregate, grid, sink, () -> new Spread(evaluator, span, steps, true));
            case STDVAR -> groups(evaluator, aggregate, grid, sink, () -> new Spread(evaluator, span, steps, false));
            case QUANTILE -> quantile(evaluator, aggregate, grid, sink);
            case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO -> Selection.stream(evaluator, aggregate, grid, sink);
            case COUNT_VALUES -> ValueCounts.stream(evaluator, aggregate, grid, sink);
        }
    }

    private static void groups(
            Evaluator evaluator, Expr.Aggregate aggregate, Grid grid, Sink sink, Supplier<GroupState> states) {
        Grouping grouping = new Grouping(aggregate);
        Map<Labels, GroupState> groups = new LinkedHashMap<>();
        evaluator.stream(aggregate.expr(), grid, new Sink() {
            @Override
            void accept(Column column) {
                GroupState group = groups.get(grouping.of(column.labels));
                if (group == null) {
                    group = states.get();
                    groups.put(grouping.of(column.labels), group);
                    evaluator.budget.series(groups.size());
                    evaluator.budget.samples(2L * grid.steps());
                }
                evaluator.budget.work(grid.steps());
                group.dropName |= column.dropName;
                group.add(column);
            }
        });
        groups.forEach((labels, group) -> {
            Column column = group.result(labels);
            if (!column.isEmpty()) {
                sink.accept(column);
            }
        });
    }

    private static void quantile(Evaluator evaluator, Expr.Aggregate aggregate, Grid grid, Sink sink) {
        Expr parameter = Objects.requireNonNull(aggregate.parameter());
        double[] phi = evaluator.scalar(parameter, grid);
        Parameter range = Parameter.of(phi);
        if (range.hasNaN()) {
            evaluator.annotations.invalidQuantile(Double.NaN, parameter.span());
        }
        if (range.max() > 1) {
            evaluator.annotations.invalidQuantile(range.max(), parameter.span());
        }
        if (range.min() < 0) {
            evaluator.annotations.invalidQuantile(range.min(), parameter.span());
        }
        Span span = aggregate.expr().span();
        groups(evaluator, aggregate, grid, sink, () -> new ValueLists(evaluator, span, phi));
    }

    /** What an aggregation's parameter is over all steps; the extremes are NaN where there is one. */
    record Parameter(double min, double max, boolean hasNaN) {
        static Parameter of(double[] values) {
            double min = Double.MAX_VALUE;
            double max = -Double.MAX_VALUE;
            boolean nan = false;
            for (double value : values) {
                min = Math.min(min, value);
                max = Math.max(max, value);
                nan |= Double.isNaN(value);
            }
            return new Parameter(min, max, nan);
        }
    }
}
