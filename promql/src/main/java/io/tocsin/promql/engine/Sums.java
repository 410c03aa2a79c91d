package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Span;
import io.tocsin.promql.engine.Annotations.Operation;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.histogram.HistogramMean;
import io.tocsin.promql.histogram.HistogramSum;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** {@code sum} and {@code avg}: compensated sums; a mean whose sum would overflow goes on incrementally. */
final class Sums extends GroupState {

    private final Evaluator evaluator;
    private final Span span;
    private final boolean mean;
    private final double[] sums;
    private final double[] rests;
    /** How many floats there were at each step; only means need it. */
    private final int[] counts;
    /** The steps at which {@link #sums} holds an incremental mean. */
    private @Nullable BitSet incremental;

    private @Nullable HistogramSum @Nullable [] histogramSums;
    private @Nullable HistogramMean @Nullable [] histogramMeans;
    /** The steps at which histograms did not fit together, so that there is no result. */
    private @Nullable BitSet broken;

    Sums(Evaluator evaluator, Span span, int steps, boolean mean) {
        this.evaluator = evaluator;
        this.span = span;
        this.mean = mean;
        this.sums = new double[steps];
        this.rests = new double[steps];
        this.counts = new int[mean ? steps : 0];
        Arrays.fill(sums, StaleNaN.VALUE);
    }

    @Override
    void add(Column column) {
        if (column.histograms != null) {
            for (int i = 0; i < sums.length; i++) {
                FloatHistogram histogram = column.histogram(i);
                if (histogram != null) {
                    add(i, histogram, column.labels);
                }
            }
        }
        if (mean) {
            addToMeans(column.values);
        } else {
            addToSums(column.values);
        }
    }

    private void addToSums(double[] values) {
        for (int i = 0; i < values.length; i++) {
            double v = values[i];
            if (v != v && StaleNaN.is(v)) {
                continue;
            }
            double sum = sums[i];
            if (sum != sum && StaleNaN.is(sum)) {
                sums[i] = v;
                continue;
            }
            rests[i] = GoMath.compensation(sum, rests[i], v);
            sums[i] = sum + v;
        }
    }

    private void addToMeans(double[] values) {
        for (int i = 0; i < values.length; i++) {
            double v = values[i];
            if (v != v && StaleNaN.is(v)) {
                continue;
            }
            int n = ++counts[i];
            if (n == 1) {
                sums[i] = v;
            } else if (incremental == null || !incremental.get(i)) {
                addToMean(i, v, n);
            } else {
                addIncrementally(i, v, n);
            }
        }
    }

    private void addToMean(int i, double v, int n) {
        double total = sums[i] + v;
        if (Double.isInfinite(total)) {
            incremental = incremental == null ? new BitSet() : incremental;
            incremental.set(i);
            sums[i] /= n - 1;
            rests[i] /= n - 1;
            addIncrementally(i, v, n);
            return;
        }
        rests[i] = GoMath.compensation(sums[i], rests[i], v);
        sums[i] = total;
    }

    private void addIncrementally(int i, double v, int n) {
        double q = (n - 1.0) / n;
        double scaled = q * sums[i];
        double added = v / n;
        rests[i] = GoMath.compensation(scaled, q * rests[i], added);
        sums[i] = scaled + added;
    }

    private void add(int i, FloatHistogram histogram, Labels labels) {
        if (broken != null && broken.get(i)) {
            return;
        }
        boolean fits = mean ? addToMean(i, histogram) : addToSum(i, histogram);
        if (!fits) {
            broken = broken == null ? new BitSet() : broken;
            broken.set(i);
            evaluator.annotations.mixedExponentialCustom(labels.metricName(), span);
        }
    }

    private boolean addToSum(int i, FloatHistogram histogram) {
        if (histogramSums == null) {
            histogramSums = new @Nullable HistogramSum[sums.length];
        }
        HistogramSum sum = histogramSums[i];
        if (sum == null) {
            histogramSums[i] = new HistogramSum(histogram);
        } else if (sum.compatibleWith(histogram)) {
            sum.add(histogram);
        } else {
            return false;
        }
        return true;
    }

    private boolean addToMean(int i, FloatHistogram histogram) {
        if (histogramMeans == null) {
            histogramMeans = new @Nullable HistogramMean[sums.length];
        }
        HistogramMean sum = histogramMeans[i];
        if (sum == null) {
            histogramMeans[i] = new HistogramMean(histogram);
        } else if (sum.compatibleWith(histogram)) {
            sum.add(histogram);
        } else {
            return false;
        }
        return true;
    }

    @Override
    Column result(Labels labels) {
        Column column = new Column(labels, dropName, sums, null);
        for (int i = 0; i < sums.length; i++) {
            boolean hasFloat = column.hasFloat(i);
            if (hasFloat) {
                column.values[i] = total(i);
            }
            if (histogramSums != null && histogramSums[i] != null) {
                HistogramSum sum = histogramSums[i];
                put(column, i, hasFloat, sum.total(), sum.counterResetCollision(), sum.boundsReconciled());
            }
            if (histogramMeans != null && histogramMeans[i] != null) {
                HistogramMean sum = histogramMeans[i];
                put(column, i, hasFloat, sum.mean(), sum.counterResetCollision(), sum.boundsReconciled());
            }
        }
        return column;
    }

    private double total(int i) {
        if (!mean) {
            return sums[i] + rests[i];
        }
        return incremental != null && incremental.get(i) ? sums[i] + rests[i] : sums[i] / counts[i] + rests[i] / counts[i];
    }

    private void put(
            Column column, int i, boolean hasFloat, FloatHistogram total, boolean collision, boolean reconciled) {
        if (reconciled) {
            evaluator.annotations.boundsReconciled(Operation.AGGREGATION, span);
        }
        if (hasFloat) {
            column.remove(i);
            evaluator.annotations.mixedFloatsHistogramsInAggregation(span);
            return;
        }
        if (broken != null && broken.get(i)) {
            return;
        }
        if (collision) {
            evaluator.annotations.counterResetCollision(Operation.AGGREGATION, span);
        }
        column.set(i, total.compact());
    }
}
