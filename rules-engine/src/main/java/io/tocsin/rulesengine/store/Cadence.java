package io.tocsin.rulesengine.store;

import java.util.Arrays;

/** Learns how often something happens from the times at which it last happened. */
final class Cadence {

    /** As many of the newest intervals count. */
    static final int INTERVALS = 8;

    /** So many intervals must have been seen before a series' cadence is known. */
    static final int LEAST_INTERVALS = 3;

    /** A cadence that is not known yet. */
    static final long UNKNOWN = 0;

    private static final double MISSED_REPORTS = 2.5;

    private Cadence() {}

    /**
     * The median of the newest intervals: the upper one of an even number, so that jitter makes it patient. Not known from
     * fewer than {@link #LEAST_INTERVALS}: an exporter that flushes at its end sends twice within milliseconds.
     *
     * @param times ascending; the elements from {@code from} to before {@code to} count
     */
    static long median(long[] times, int from, int to) {
        return to - from - 1 < LEAST_INTERVALS ? UNKNOWN : quantile(times, from, to, 2, 4);
    }

    /** The upper quartile of the newest intervals: one pause, or one burst, does not move it. */
    static long upperQuartile(long[] times, int from, int to) {
        return quantile(times, from, to, 3, 4);
    }

    private static long quantile(long[] times, int from, int to, int numerator, int denominator) {
        int n = Math.min(INTERVALS, to - from - 1);
        if (n < 1) {
            return UNKNOWN;
        }
        long[] intervals = new long[n];
        for (int i = 0; i < n; i++) {
            intervals[i] = times[to - 1 - i] - times[to - 2 - i];
        }
        Arrays.sort(intervals);
        return intervals[Math.min(n - 1, n * numerator / denominator)];
    }

    /** How long after its last report something counts as current. */
    static long patience(long cadenceMs, StoreLimits limits) {
        if (cadenceMs == UNKNOWN) {
            return limits.lookbackMs();
        }
        long patience = (long) (MISSED_REPORTS * cadenceMs);
        return Math.clamp(patience, limits.staleFloorMs(), limits.lookbackMs());
    }
}
