package io.tocsin.promql.testscript;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.StaleNaN;

/** Equality with the tolerance of Prometheus' engine tests: 1e-6 of the sum of both magnitudes. */
final class Almost {
    private static final double EPSILON = 1e-6;

    private Almost() {}

    /** All NaN are equal, but the stale marker equals only itself. Zero is met exactly. */
    static boolean equal(double a, double b) {
        if (StaleNaN.is(a) || StaleNaN.is(b)) {
            return StaleNaN.is(a) && StaleNaN.is(b);
        }
        if (a == b || (Double.isNaN(a) && Double.isNaN(b))) {
            return true;
        }
        double sum = Math.abs(a) + Math.abs(b);
        double difference = Math.abs(a - b);
        if (a == 0 || b == 0 || sum < Double.MIN_NORMAL) {
            return difference < EPSILON * Double.MIN_NORMAL;
        }
        return difference / Math.min(sum, Double.MAX_VALUE) < EPSILON;
    }

    /** The same buckets with equal counts; the hint counts only where the script names it. */
    static boolean equal(Point.Histogram expected, FloatHistogram actual) {
        FloatHistogram want = expected.value().compact();
        FloatHistogram got = actual.compact();
        return want.schema() == got.schema()
                && (!expected.hintGiven() || want.hint() == got.hint())
                && equal(want.count(), got.count())
                && equal(want.sum(), got.sum())
                && want.zeroThreshold() == got.zeroThreshold()
                && equal(want.zeroCount(), got.zeroCount())
                && sameBounds(want.customBounds(), got.customBounds())
                && sameBuckets(want, got);
    }

    private static boolean sameBounds(double[] a, double[] b) {
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            if (a[i] != b[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameBuckets(FloatHistogram a, FloatHistogram b) {
        if (a.positiveBuckets() != b.positiveBuckets() || a.negativeBuckets() != b.negativeBuckets()) {
            return false;
        }
        for (int i = 0; i < a.positiveBuckets(); i++) {
            if (a.positiveIndex(i) != b.positiveIndex(i) || !equal(a.positiveCount(i), b.positiveCount(i))) {
                return false;
            }
        }
        for (int i = 0; i < a.negativeBuckets(); i++) {
            if (a.negativeIndex(i) != b.negativeIndex(i) || !equal(a.negativeCount(i), b.negativeCount(i))) {
                return false;
            }
        }
        return true;
    }
}
