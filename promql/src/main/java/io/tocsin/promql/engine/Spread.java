package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Span;
import io.tocsin.promql.model.Labels;

/** {@code stddev} and {@code stdvar} of a population: Welford's recurrence; histograms are left out. */
final class Spread extends GroupState {

    private final Evaluator evaluator;
    private final Span span;
    private final boolean root;
    private final int[] counts;
    private final double[] means;
    private final double[] squares;

    Spread(Evaluator evaluator, Span span, int steps, boolean root) {
        this.evaluator = evaluator;
        this.span = span;
        this.root = root;
        this.counts = new int[steps];
        this.means = new double[steps];
        this.squares = new double[steps];
    }

    @Override
    void add(Column column) {
        if (column.histograms != null) {
            Extremes.leaveOut(evaluator, column, root ? "stddev" : "stdvar", span);
        }
        for (int i = 0; i < counts.length; i++) {
            double v = column.values[i];
            if (v != v && Column.absent(v)) {
                continue;
            }
            int n = ++counts[i];
            if (n == 1) {
                means[i] = v;
                squares[i] = Double.isNaN(v) || Double.isInfinite(v) ? Double.NaN : 0;
                continue;
            }
            double delta = v - means[i];
            means[i] += delta / n;
            squares[i] += delta * (v - means[i]);
        }
    }

    @Override
    Column result(Labels labels) {
        Column column = new Column(labels, dropName, counts.length);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                double variance = squares[i] / counts[i];
                column.values[i] = root ? Math.sqrt(variance) : variance;
            }
        }
        return column;
    }
}
