package io.tocsin.promql.histogram;

/**
 * Estimates read from a native histogram: quantile, fraction, variance. Observations are taken to be spread evenly over a
 * bucket, on a logarithmic scale in exponential buckets, on a linear one in custom buckets and the zero bucket.
 */
public final class HistogramReading {
    private HistogramReading() {}

    /** What NaN observations, which are in no bucket, did to an estimate. */
    public enum NanEffect {
        NONE,
        /** The quantile lies among the NaN observations, so that it is NaN. */
        RESULT_IS_NAN,
        /** The quantile is skewed upwards, since NaN counts as larger than any bucket. */
        SKEWED,
        /** The fraction leaves NaN observations out. */
        EXCLUDED
    }

    /** An estimate and what NaN observations did to it. */
    public record Estimate(double value, NanEffect nanEffect) {
        static Estimate of(double value) {
            return new Estimate(value, NanEffect.NONE);
        }
    }

    /**
     * The φ-quantile of the observations: −∞ for φ below 0, +∞ above 1, NaN without observations or for φ = NaN. Without
     * negative buckets the zero bucket starts at 0, without positive ones it ends there.
     */
    public static Estimate quantile(double phi, FloatHistogram h) {
        if (phi < 0) {
            return Estimate.of(Double.NEGATIVE_INFINITY);
        }
        if (phi > 1) {
            return Estimate.of(Double.POSITIVE_INFINITY);
        }
        if (h.count() == 0 || Double.isNaN(phi)) {
            return Estimate.of(Double.NaN);
        }
        return new QuantileSearch(h, phi).find();
    }

    private static final class QuantileSearch {
        private final FloatHistogram h;
        private final boolean ascending;
        private final BucketCursor buckets;
        private final double rank;
        private double reached;

        QuantileSearch(FloatHistogram h, double phi) {
            this.h = h;
            // NaN observations lie above all buckets; otherwise the nearer end loses less precision.
            this.ascending = Double.isNaN(h.sum()) || phi < 0.5;
            this.buckets = ascending ? h.ascending() : h.descending();
            this.rank = ascending ? phi * h.count() : (1 - phi) * h.count();
        }

        Estimate find() {
            double lower = 0;
            double upper = 0;
            double inBucket = 0;
            while (buckets.next()) {
                lower = buckets.lower();
                upper = buckets.upper();
                inBucket = buckets.count();
                reached += inBucket;
                if (inBucket != 0 && reached >= rank) {
                    break;
                }
            }
            if (h.usesCustomBuckets()) {
                if (lower == Double.NEGATIVE_INFINITY) {
                    if (upper <= 0) {
                        return Estimate.of(upper);
                    }
                    lower = 0;
                } else if (upper == Double.POSITIVE_INFINITY) {
                    return Estimate.of(lower);
                }
            } else if (lower < 0 && upper > 0) {
                lower = h.negativeBuckets() == 0 && h.positiveBuckets() > 0 ? 0 : lower;
                upper = h.positiveBuckets() == 0 && h.negativeBuckets() > 0 ? 0 : upper;
            }
            reached = Math.min(reached, h.count());
            if (reached < rank) {
                return Double.isNaN(h.sum()) ? new Estimate(Double.NaN, NanEffect.RESULT_IS_NAN) : Estimate.of(upper);
            }
            return interpolate(lower, upper, inBucket);
        }

        private Estimate interpolate(double lower, double upper, double inBucket) {
            double within = ascending ? rank - (reached - inBucket) : reached - rank;
            NanEffect effect = Double.isNaN(h.sum()) && remaining() < h.count() ? NanEffect.SKEWED : NanEffect.NONE;
            double fraction = within / inBucket;
            boolean linear = h.usesCustomBuckets() || (lower <= 0 && upper >= 0);
            double value =
                    linear ? lower + (upper - lower) * fraction : Interpolation.exponential(fraction, lower, upper);
            return new Estimate(value, effect);
        }

        private double remaining() {
            double all = reached;
            while (buckets.next()) {
                all += buckets.count();
            }
            return all;
        }
    }

    /**
     * The fraction of observations between two values: the inverse of {@link #quantile}. NaN without observations or for
     * NaN bounds, 0 for an empty interval.
     */
    public static Estimate fraction(double lower, double upper, FloatHistogram h) {
        if (h.count() == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
            return Estimate.of(Double.NaN);
        }
        if (lower >= upper) {
            return Estimate.of(0);
        }
        return new FractionSearch(h, lower, upper).find();
    }

    private static final class FractionSearch {
        private final FloatHistogram h;
        private final double from;
        private final double to;
        private double lowerRank = Double.NaN;
        private double upperRank = Double.NaN;
        private boolean lowerSet;
        private boolean upperSet;

        FractionSearch(FloatHistogram h, double from, double to) {
            this.h = h;
            this.from = from;
            this.to = to;
        }

        Estimate find() {
            double visited = 0;
            double rank = 0;
            BucketCursor buckets = h.ascending();
            while (!(lowerSet && upperSet) && buckets.next()) {
                visited += buckets.count();
                visit(buckets, rank);
                rank += buckets.count();
            }
            NanEffect effect = NanEffect.NONE;
            double all = h.count();
            if (Double.isNaN(h.sum())) {
                while (buckets.next()) {
                    visited += buckets.count();
                }
                all = visited;
                effect = visited < h.count() ? NanEffect.EXCLUDED : NanEffect.NONE;
            }
            double low = !lowerSet || lowerRank > all ? all : lowerRank;
            double high = !upperSet || upperRank > all ? all : upperRank;
            return new Estimate((high - low) / h.count(), effect);
        }

        private void visit(BucketCursor bucket, double rank) {
            double lower = bucket.lower();
            double upper = bucket.upper();
            boolean aroundZero = lower <= 0 && upper >= 0;
            if (aroundZero && h.negativeBuckets() == 0 && h.positiveBuckets() > 0) {
                lower = 0;
            } else if (aroundZero && h.positiveBuckets() == 0 && h.negativeBuckets() > 0) {
                upper = 0;
            }
            boolean linear = h.usesCustomBuckets() || aroundZero;
            if (!lowerSet && (upper > from || lower >= from)) {
                lowerSet = true;
                lowerRank = lower >= from ? rank : rankInside(from, lower, upper, bucket.count(), rank, linear);
            }
            if (!upperSet && (upper > to || lower >= to)) {
                upperSet = true;
                upperRank = lower >= to ? rank : rankInside(to, lower, upper, bucket.count(), rank, linear);
            }
        }

        private static double rankInside(
                double value, double lower, double upper, double count, double rank, boolean linear) {
            // Nothing is known about the spread inside a bucket that reaches to −∞, so it counts as a whole.
            return linear && lower == Double.NEGATIVE_INFINITY
                    ? count
                    : rank + count * Interpolation.fractionBelow(value, lower, upper, linear);
        }
    }

    /** The variance of the observations, each taken at the middle of its bucket. */
    public static double variance(FloatHistogram h) {
        double mean = h.average();
        double variance = 0;
        double rest = 0;
        BucketCursor buckets = h.ascending();
        while (buckets.next()) {
            if (buckets.count() == 0) {
                continue;
            }
            double delta = middle(buckets, h.usesCustomBuckets()) - mean;
            double term = buckets.count() * delta * delta;
            rest = Neumaier.compensation(variance, rest, term);
            variance += term;
        }
        return (variance + rest) / h.count();
    }

    private static double middle(BucketCursor bucket, boolean custom) {
        double lower = bucket.lower();
        double upper = bucket.upper();
        if (custom) {
            return (upper + lower) / 2;
        }
        if (lower <= 0 && upper >= 0) {
            return 0;
        }
        double geometric = Math.sqrt(upper * lower);
        return upper < 0 ? -geometric : geometric;
    }
}
