package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Span;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;
import java.util.Arrays;

/** {@code min} and {@code max}: NaN loses to any number, histograms are left out. */
final class Extremes extends GroupState {

    private final Evaluator evaluator;
    private final Span span;
    private final boolean max;
    private final double[] best;

    Extremes(Evaluator evaluator, Span span, int steps, boolean max) {
        this.evaluator = evaluator;
        this.span = span;
        this.max = max;
        this.best = new double[steps];
        Arrays.fill(best, StaleNaN.VALUE);
    }

    @Override
    void add(Column column) {
        if (column.histograms != null) {
            leaveOut(evaluator, column, max ? "max" : "min", span);
        }
        double[] values = column.values;
        for (int i = 0; i < values.length; i++) {
            double v = values[i];
            double b = best[i];
            if (max ? v > b : v < b) {
                best[i] = v;
            } else if (b != b && !(v != v && StaleNaN.is(v))) {
                best[i] = v;
            }
        }
    }

    /** Says that an aggregation leaves histograms out, where there are any. */
    static void leaveOut(Evaluator evaluator, Column column, String operation, Span span) {
        for (int i = 0; i < column.steps(); i++) {
            if (column.histogram(i) != null) {
                evaluator.annotations.histogramIgnoredInAggregation(operation, span);
                return;
            }
        }
    }

    @Override
    Column result(Labels labels) {
        return new Column(labels, dropName, best, null);
    }
}
