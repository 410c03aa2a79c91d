package io.tocsin.promql.histogram;

/**
 * Cuts observations above or below a limit off a histogram. Count and sum are estimated anew from the buckets, each taken
 * at its middle: arithmetic for custom buckets and the zero bucket, geometric for exponential ones.
 */
final class Trim {
    private final FloatHistogram from;
    private final double limit;
    private final boolean keepBelow;
    private final boolean linear;
    private double count;
    private double sum;
    private boolean changed;
    private boolean hasPositive;
    private boolean hasNegative;

    private Trim(FloatHistogram from, double limit, boolean keepBelow) {
        this.from = from;
        this.limit = limit;
        this.keepBelow = keepBelow;
        this.linear = from.usesCustomBuckets();
    }

    static FloatHistogram of(FloatHistogram from, double limit, boolean keepBelow) {
        return new Trim(from, limit, keepBelow).run();
    }

    /** What is left of a bucket, and the value its observations are taken to have. */
    private record Rest(double count, double middle) {}

    private FloatHistogram run() {
        Row positive = side(from.positive, true);
        Row negative = side(from.negative, false);
        double zero = from.zeroCount();
        if (zero > 0) {
            Rest rest = zeroBucket();
            changed |= rest.count != zero;
            zero = rest.count;
            sum += rest.middle * rest.count;
            count += rest.count;
        }
        return changed ? from.trimmed(zero, count, sum, positive, negative) : from;
    }

    private Row side(Row row, boolean positive) {
        double[] kept = java.util.Arrays.copyOf(row.count, row.size);
        for (int i = 0; i < row.size; i++) {
            if (row.count[i] == 0) {
                continue;
            }
            hasPositive |= positive;
            hasNegative |= !positive;
            double outer = from.bound(row.index[i]);
            double inner = from.bound(row.index[i] - 1);
            double lower = positive ? inner : -outer;
            double upper = positive ? outer : -inner;
            Rest rest = bucket(lower, upper, row.count[i], positive);
            kept[i] = rest.count;
            count += rest.count;
            sum += rest.middle * rest.count;
            changed |= rest.count != row.count[i];
        }
        return new Row(row.index, kept, null, row.size);
    }

    private Rest bucket(double lower, double upper, double observations, boolean positive) {
        if (keepBelow ? upper <= limit : lower >= limit) {
            return new Rest(observations, middle(lower, upper, positive));
        }
        if (keepBelow ? lower >= limit : upper <= limit) {
            return new Rest(0, 0);
        }
        if (lower == Double.NEGATIVE_INFINITY) {
            return openBelow(upper, observations);
        }
        if (upper == Double.POSITIVE_INFINITY) {
            return openAbove(lower, observations);
        }
        double below = observations * Interpolation.fractionBelow(limit, lower, upper, linear);
        return keepBelow
                ? new Rest(below, middle(lower, limit, positive))
                : new Rest(observations - below, middle(limit, upper, positive));
    }

    /** The first custom bucket: it reaches down to −∞, yet is taken to start at 0 where it ends above 0. */
    private Rest openBelow(double upper, double observations) {
        boolean fromZero = upper > 0 && upper != Double.POSITIVE_INFINITY;
        if (keepBelow) {
            if (limit > 0 && fromZero) {
                return new Rest(observations * limit / upper, limit / 2);
            }
            // How the observations are spread over an infinite bucket is unknown: all or nothing.
            return upper <= 0 ? new Rest(observations, limit) : new Rest(0, 0);
        }
        return limit >= 0 && fromZero
                ? new Rest(observations * (1 - limit / upper), (limit + upper) / 2)
                : new Rest(0, 0);
    }

    private Rest openAbove(double lower, double observations) {
        return !keepBelow && limit >= lower ? new Rest(observations, limit) : new Rest(0, 0);
    }

    private Rest zeroBucket() {
        double lower = hasPositive && !hasNegative ? 0 : -from.zeroThreshold();
        double upper = hasNegative && !hasPositive ? 0 : from.zeroThreshold();
        double observations = from.zeroCount();
        if (keepBelow ? limit <= lower : limit >= upper) {
            return new Rest(0, 0);
        }
        if (keepBelow ? limit >= upper : limit <= lower) {
            return new Rest(observations, (lower + upper) / 2);
        }
        return keepBelow
                ? new Rest(observations * ((limit - lower) / (upper - lower)), (lower + limit) / 2)
                : new Rest(observations * ((upper - limit) / (upper - lower)), (limit + upper) / 2);
    }

    private double middle(double lower, double upper, boolean positive) {
        if (Double.isInfinite(lower)) {
            if (Double.isInfinite(upper)) {
                return 0;
            }
            return upper > 0 ? upper / 2 : upper;
        }
        if (Double.isInfinite(upper)) {
            return lower;
        }
        if (linear) {
            return (lower + upper) / 2;
        }
        double geometric = Math.sqrt(Math.abs(lower * upper));
        return positive ? geometric : -geometric;
    }
}
