package io.tocsin.promql.histogram;

import org.jspecify.annotations.Nullable;

/**
 * Estimates from a classic histogram, whose buckets are series with the label {@code le} and a cumulative count. Arrays
 * are the caller's and are sorted, merged and repaired in place, so that one pair of buffers serves all series.
 */
public final class ClassicBuckets {
    /** Relative difference between neighbouring buckets that is put down to rounding. */
    private static final double ROUNDING = 1e-12;

    private static final double MIN_NORMAL = Double.MIN_NORMAL;

    private ClassicBuckets() {}

    /**
     * Counts that fell from one bucket to the next and were lifted.
     *
     * @param minBucket smallest upper bound of a lifted bucket
     * @param maxBucket largest upper bound of a lifted bucket
     * @param maxDiff largest lift
     */
    public record Forced(double minBucket, double maxBucket, double maxDiff) {}

    /** A quantile; {@code forced} says what was lifted to make the counts monotonic, null if nothing was. */
    public record Quantile(double value, @Nullable Forced forced) {}

    /**
     * The φ-quantile of {@code n} buckets with upper bounds and cumulative counts: NaN without a +Inf bucket, with fewer
     * than two buckets or no observations; the second highest bound if it falls into the +Inf bucket.
     */
    public static Quantile quantile(double phi, double[] bounds, double[] counts, int n) {
        if (Double.isNaN(phi)) {
            return new Quantile(Double.NaN, null);
        }
        if (phi < 0 || phi > 1) {
            return new Quantile(phi < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY, null);
        }
        sort(bounds, counts, n);
        if (n == 0 || bounds[n - 1] != Double.POSITIVE_INFINITY) {
            return new Quantile(Double.NaN, null);
        }
        int size = merge(bounds, counts, n);
        Forced forced = forceMonotonic(bounds, counts, size);
        return new Quantile(interpolate(phi, bounds, counts, size), forced);
    }

    private static double interpolate(double phi, double[] bounds, double[] counts, int n) {
        if (n < 2 || counts[n - 1] == 0) {
            return Double.NaN;
        }
        double rank = phi * counts[n - 1];
        int b = 0;
        while (b < n - 1 && !(counts[b] >= rank)) {
            b++;
        }
        if (b == n - 1) {
            return bounds[n - 2];
        }
        if (b == 0 && bounds[0] <= 0) {
            return bounds[0];
        }
        double start = b == 0 ? 0 : bounds[b - 1];
        double before = b == 0 ? 0 : counts[b - 1];
        return start + (bounds[b] - start) * ((rank - before) / (counts[b] - before));
    }

    /** The fraction of observations between two values, see {@link HistogramReading#fraction}. */
    public static double fraction(double lower, double upper, double[] bounds, double[] counts, int n) {
        sort(bounds, counts, n);
        if (n == 0 || bounds[n - 1] != Double.POSITIVE_INFINITY) {
            return Double.NaN;
        }
        int size = merge(bounds, counts, n);
        double all = counts[size - 1];
        if (all == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
            return Double.NaN;
        }
        if (lower >= upper) {
            return 0;
        }
        return (rank(upper, bounds, counts, size) - rank(lower, bounds, counts, size)) / all;
    }

    /** How many observations lie below a value. */
    private static double rank(double value, double[] bounds, double[] counts, int n) {
        double start = bounds[0] <= 0 ? Double.NEGATIVE_INFINITY : 0;
        double rank = 0;
        for (int i = 0; i < n; i++) {
            if (start >= value) {
                return Math.min(rank, counts[n - 1]);
            }
            if (bounds[i] > value) {
                double inside = start == Double.NEGATIVE_INFINITY
                        ? counts[i]
                        : rank + (counts[i] - rank) * (value - start) / (bounds[i] - start);
                return Math.min(inside, counts[n - 1]);
            }
            rank = counts[i];
            start = bounds[i];
        }
        return counts[n - 1];
    }

    private static void sort(double[] bounds, double[] counts, int n) {
        // Buckets come nearly sorted and are few, so insertion sort wins.
        for (int i = 1; i < n; i++) {
            double bound = bounds[i];
            double count = counts[i];
            int j = i - 1;
            while (j >= 0 && bounds[j] > bound) {
                bounds[j + 1] = bounds[j];
                counts[j + 1] = counts[j];
                j--;
            }
            bounds[j + 1] = bound;
            counts[j + 1] = count;
        }
    }

    private static int merge(double[] bounds, double[] counts, int n) {
        int last = 0;
        for (int i = 1; i < n; i++) {
            if (bounds[i] == bounds[last]) {
                counts[last] += counts[i];
            } else {
                last++;
                bounds[last] = bounds[i];
                counts[last] = counts[i];
            }
        }
        return last + 1;
    }

    private static @Nullable Forced forceMonotonic(double[] bounds, double[] counts, int n) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double diff = 0;
        double previous = counts[0];
        for (int i = 1; i < n; i++) {
            double current = counts[i];
            if (current == previous) {
                continue;
            }
            if (almostEqual(previous, current)) {
                counts[i] = previous;
            } else if (current < previous) {
                counts[i] = previous;
                min = Math.min(min, bounds[i]);
                max = Math.max(max, bounds[i]);
                diff = Math.max(diff, previous - current);
            } else {
                previous = current;
            }
        }
        return diff > 0 ? new Forced(min, max, diff) : null;
    }

    private static boolean almostEqual(double a, double b) {
        if (Double.isNaN(a) && Double.isNaN(b)) {
            return true;
        }
        double size = Math.abs(a) + Math.abs(b);
        double difference = Math.abs(a - b);
        if (a == 0 || b == 0 || size < MIN_NORMAL) {
            return difference < ROUNDING * MIN_NORMAL;
        }
        return difference / Math.min(size, Double.MAX_VALUE) < ROUNDING;
    }
}
