package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.GoFloat;
import io.tocsin.promql.model.GoQuote;
import io.tocsin.promql.model.LabelNames;
import io.tocsin.promql.model.Labels;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code count_values}: a series per group and value, with the value as a label. */
final class ValueCounts {

    private ValueCounts() {}

    static void stream(Evaluator evaluator, Expr.Aggregate aggregate, Grid grid, Sink sink) {
        String label = aggregate.parameter() instanceof Expr.StringLiteral literal ? literal.value() : "";
        if (!LabelNames.isValid(label)) {
            throw PromqlException.execution("invalid label name " + GoQuote.quote(label));
        }
        Grouping grouping = new Grouping(aggregate).keeping(label);
        Map<Labels, int[]> counts = new LinkedHashMap<>();
        evaluator.stream(aggregate.expr(), grid, new Sink() {
            @Override
            void accept(Column column) {
                for (int i = 0; i < grid.steps(); i++) {
                    FloatHistogram histogram = column.histogram(i);
                    if (histogram != null || column.hasFloat(i)) {
                        String value = histogram == null ? GoFloat.format(column.values[i]) : histogram.toString();
                        count(grouping.of(column.labels.with(label, value)), i);
                    }
                }
            }

            private void count(Labels group, int step) {
                evaluator.budget.work(8);
                int[] found = counts.get(group);
                if (found == null) {
                    evaluator.budget.series(counts.size());
                    evaluator.budget.samples(grid.steps());
                    found = new int[grid.steps()];
                    counts.put(group, found);
                }
                found[step]++;
            }
        });
        counts.forEach((group, found) -> {
            Column column = new Column(group, false, grid.steps());
            for (int i = 0; i < found.length; i++) {
                if (found[i] > 0) {
                    column.values[i] = found[i];
                }
            }
            sink.accept(column);
        });
    }
}
