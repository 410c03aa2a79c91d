package io.tocsin.benchmarks;

import java.util.Arrays;
import java.util.Collection;

/**
 * Percentiles by nearest rank, milliseconds.
 *
 * @param p50 the median
 * @param p99 the largest when there are fewer than 100 values
 */
public record Percentiles(double p50, double p99, double max) {

    /** The percentiles of durations in nanoseconds. */
    public static Percentiles of(Collection<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no measurement");
        }
        return new Percentiles(rank(sorted, 0.50), rank(sorted, 0.99), rank(sorted, 1));
    }

    private static double rank(long[] sorted, double share) {
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return Math.round(sorted[Math.max(0, index)] / 1e5) / 10.0;
    }

    @Override
    public String toString() {
        return Arrays.toString(new double[] {p50, p99, max});
    }
}
