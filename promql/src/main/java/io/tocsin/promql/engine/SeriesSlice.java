package io.tocsin.promql.engine;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
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
public record SeriesSlice(
        Labels labels,
        long[] timestamps,
        double[] values,
        @Nullable FloatHistogram @Nullable [] histograms,
        long @Nullable [] startTimestamps,
        int from,
        int to) {

    public SeriesSlice {
        if (from < 0 || from > to || to > timestamps.length || to > values.length) {
            throw new IllegalArgumentException("slice out of range: " + from + " to " + to);
        }
    }

    /** A whole series of floats. */
    public static SeriesSlice of(Labels labels, long[] timestamps, double[] values) {
        return new SeriesSlice(labels, timestamps, values, null, null, 0, timestamps.length);
    }
}
