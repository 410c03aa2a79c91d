package io.tocsin.promql.histogram;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Bucket bounds. In the exponential schema n (−4 to 8) bucket i ends at 2^(i·2^−n); schema −53 lists its own bounds.
 * Source: the native histogram specification of Prometheus.
 */
public final class Schemas {
    /** Highest resolution: 256 buckets between two powers of two. */
    public static final int MAX_EXPONENTIAL = 8;
    /** Lowest resolution: one bucket for sixteen powers of two. */
    public static final int MIN_EXPONENTIAL = -4;
    /** The schema whose bounds are listed in the histogram itself. */
    public static final int CUSTOM = -53;

    /**
     * How far below the exact bound, in units of the last place plus one, the bounds lie that Prometheus and its client
     * libraries use. Zero thresholds are compared exactly, so the same bits matter more than the nearest ones.
     */
    private static final String PUBLISHED = ""
            + "1111112111211111112311222222222211211121122211221122102211221122"
            + "1111112222332132112111211112111111121011213311221222112121332222"
            + "2121223322322122222222323233323311221121223321332233212232332232"
            + "2243223233433343333333444455435422322333324422333243223333543344";

    private static final double[] FRACTIONS = fractions();

    private Schemas() {}

    /** True for the schemas that are powers of two, −4 to 8. */
    public static boolean isExponential(int schema) {
        return schema >= MIN_EXPONENTIAL && schema <= MAX_EXPONENTIAL;
    }

    /** The upper bound of bucket {@code index} in an exponential schema, on the positive side. */
    public static double bound(int index, int schema) {
        int exponent;
        double fraction;
        if (schema < 0) {
            exponent = clampedShift(index, -schema) + 1;
            fraction = 0.5;
        } else {
            exponent = (index >> schema) + 1;
            fraction = FRACTIONS[(index & ((1 << schema) - 1)) << (MAX_EXPONENTIAL - schema)];
        }
        // The last finite bucket ends at the largest double, so that the next one holds infinities alone.
        return fraction == 0.5 && exponent == 1025 ? Double.MAX_VALUE : scale(fraction, exponent);
    }

    /** The bound at {@code index} of a list of custom bounds: −∞ before the first, +∞ behind the last. */
    static double customBound(int index, double[] bounds) {
        if (index < -1 || index > bounds.length) {
            throw new IllegalArgumentException(
                    "index " + index + " out of bounds for custom bounds of length " + bounds.length);
        }
        if (index == -1) {
            return Double.NEGATIVE_INFINITY;
        }
        return index == bounds.length ? Double.POSITIVE_INFINITY : bounds[index];
    }

    /** The bucket of schema {@code to} that holds bucket {@code index} of the finer schema {@code from}. */
    static int coarser(int index, int from, int to) {
        return ((index - 1) >> (from - to)) + 1;
    }

    private static int clampedShift(int index, int shift) {
        long shifted = (long) index << shift;
        return Math.clamp(shifted, -100_000, 100_000);
    }

    private static double scale(double fraction, int exponent) {
        // scalb rounds a subnormal result once, like ldexp.
        return Math.scalb(fraction, exponent);
    }

    private static double[] fractions() {
        int n = 1 << MAX_EXPONENTIAL;
        MathContext digits = new MathContext(40);
        BigDecimal ratio = BigDecimal.TWO;
        for (int i = 0; i < MAX_EXPONENTIAL; i++) {
            ratio = ratio.sqrt(digits);
        }
        double[] result = new double[n];
        BigDecimal bound = new BigDecimal("0.5");
        for (int i = 0; i < n; i++) {
            double exact = bound.doubleValue();
            result[i] = exact - (PUBLISHED.charAt(i) - '1') * Math.ulp(exact);
            bound = bound.multiply(ratio, digits);
        }
        return result;
    }
}
