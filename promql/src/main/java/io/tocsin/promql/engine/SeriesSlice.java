package io.tocsin.promql.engine;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A part of a series, as columns of which {@code from} (included) to {@code to} (excluded) count. The engine never
 * writes to them.
 *
 * @param timestamps Unix milliseconds, strictly ascending
 * @param values the values; {@link io.tocsin.promql.model.StaleNaN} ends the series
 * @param histograms null where all samples are floats; else a histogram at each histogram sample (whose value is ignored)
 *     and null at each float sample; a {@link FloatHistogram#isStale() stale} one ends the series
 * @param startTimestamps when each sample's counter began, Unix milliseconds, zero where unknown; or null
 */
@SuppressWarnings("ArrayRecordComponent") // A view of a source's own columns, which are too large to copy.
public record SeriesSlice(
        Labels labels,
        long[] timestamps,
        double[] values,
        @Nullable FloatHistogram @Nullable [] histograms,
        long @Nullable [] startTimestamps,
        int from,
        int to) {

    // Not a compact constructor: javac writes no type annotations for those, and callers' null checks need them.
    public SeriesSlice(
            Labels labels,
            long[] timestamps,
            double[] values,
            @Nullable FloatHistogram @Nullable [] histograms,
            long @Nullable [] startTimestamps,
            int from,
            int to) {
        if (from < 0 || from > to || to > timestamps.length || to > values.length) {
            throw new IllegalArgumentException("slice out of range: " + from + " to " + to);
        }
        this.labels = labels;
        this.timestamps = timestamps;
        this.values = values;
        this.histograms = histograms;
        this.startTimestamps = startTimestamps;
        this.from = from;
        this.to = to;
    }

    /** A whole series of floats. */
    public static SeriesSlice of(Labels labels, long[] timestamps, double[] values) {
        return new SeriesSlice(labels, timestamps, values, null, null, 0, timestamps.length);
    }

    /** The part from one time to another, both included; a source may have given more than it was asked for. */
    SeriesSlice within(long fromMs, long toMs) {
        int lo = firstAt(fromMs, from);
        int hi = firstAt(toMs + 1, lo);
        return lo == from && hi == to
                ? this
                : new SeriesSlice(labels, timestamps, values, histograms, startTimestamps, lo, hi);
    }

    private int firstAt(long timeMs, int begin) {
        if (begin == to || timestamps[begin] >= timeMs) {
            return begin;
        }
        if (timestamps[to - 1] < timeMs) {
            return to;
        }
        int found = Arrays.binarySearch(timestamps, begin, to, timeMs);
        return found < 0 ? -found - 1 : found;
    }
}
