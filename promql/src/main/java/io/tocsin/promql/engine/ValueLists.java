package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Span;
import io.tocsin.promql.model.Labels;
import java.util.Arrays;

/** {@code quantile}: all values of a group at each step; histograms are left out. */
final class ValueLists extends GroupState {

    private static final double[] NONE = new double[0];

    private final Evaluator evaluator;
    private final Span span;
    private final double[] phi;
    private final double[][] values;
    private final int[] counts;

    ValueLists(Evaluator evaluator, Span span, double[] phi) {
        this.evaluator = evaluator;
        this.span = span;
        this.phi = phi;
        this.values = new double[phi.length][];
        this.counts = new int[phi.length];
        Arrays.fill(values, NONE);
    }

    @Override
    void add(Column column) {
        if (column.histograms != null) {
            Extremes.leaveOut(evaluator, column, "quantile", span);
        }
        evaluator.budget.samples(column.steps());
        for (int i = 0; i < counts.length; i++) {
            if (column.hasFloat(i)) {
                int n = counts[i]++;
                if (n == values[i].length) {
                    values[i] = Arrays.copyOf(values[i], Math.max(8, 2 * n));
                }
                values[i][n] = column.values[i];
            }
        }
    }

    @Override
    Column result(Labels labels) {
        Column column = new Column(labels, dropName, counts.length);
        for (int i = 0; i < counts.length; i++) {
            evaluator.budget.work(4 * counts[i]);
            if (counts[i] > 0) {
                column.values[i] = Quantiles.of(phi[i], values[i], counts[i]);
            }
        }
        return column;
    }
}
