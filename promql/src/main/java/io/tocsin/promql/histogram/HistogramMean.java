package io.tocsin.promql.histogram;

/**
 * A running mean of histograms: the compensated sum divided by the number, and an incremental mean from the moment the
 * sum would overflow. Mutable, for one thread.
 */
public final class HistogramMean {
    /** Far enough below the largest double that sums of bounded terms cannot reach it. */
    private static final double SAFE = 1e300;

    private HistogramSum sum;
    private double bound;
    private double number = 1;
    private boolean incremental;

    /** A mean that starts with one histogram. */
    public HistogramMean(FloatHistogram first) {
        sum = new HistogramSum(first);
        bound = bound(first);
    }

    /** False if the histogram has exponential and the mean custom buckets, or the other way round. */
    public boolean compatibleWith(FloatHistogram other) {
        return sum.compatibleWith(other);
    }

    /**
     * Adds a histogram.
     *
     * @throws IncompatibleHistogramsException if {@link #compatibleWith} is false
     */
    public void add(FloatHistogram other) {
        number++;
        if (!incremental && addsWithoutOverflow(other)) {
            return;
        }
        if (!incremental) {
            incremental = true;
            sum.divide(number - 1);
        }
        sum.scale((number - 1) / number);
        sum.add(other.div(number));
    }

    private boolean addsWithoutOverflow(FloatHistogram other) {
        bound += bound(other);
        if (bound < SAFE) {
            sum.add(other);
            return true;
        }
        HistogramSum attempt = sum.copy();
        attempt.add(other);
        if (attempt.hasOverflow()) {
            return false;
        }
        sum = attempt;
        return true;
    }

    /** No count of the histogram, however its buckets are merged, is larger than this; NaN counts as too large. */
    private static double bound(FloatHistogram h) {
        double largest = Math.abs(h.count()) + Math.abs(h.zeroCount());
        for (int i = 0; i < h.positive.size; i++) {
            largest += Math.abs(h.positive.count[i]);
        }
        for (int i = 0; i < h.negative.size; i++) {
            largest += Math.abs(h.negative.count[i]);
        }
        return Math.max(largest, Math.abs(h.sum()));
    }

    /** True if both histograms after a reset and without one were added. */
    public boolean counterResetCollision() {
        return sum.counterResetCollision();
    }

    /** True if custom bounds differed and were reduced to the common ones. */
    public boolean boundsReconciled() {
        return sum.boundsReconciled();
    }

    /** The mean so far. */
    public FloatHistogram mean() {
        return sum.total(incremental ? 1 : number);
    }
}
