package io.tocsin.promql.engine;

import io.tocsin.promql.histogram.CounterResetHint;
import io.tocsin.promql.histogram.FloatHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Histograms of which only count and sum are asked for. The buckets are left out, so what they say about counter resets
 * is noted before.
 */
final class HistogramStats {

    private HistogramStats() {}

    static SeriesSlice of(SeriesSlice slice) {
        @Nullable FloatHistogram[] full = slice.histograms();
        if (full == null) {
            return slice;
        }
        @Nullable FloatHistogram[] bare = new @Nullable FloatHistogram[full.length];
        FloatHistogram before = null;
        for (int i = slice.from(); i < slice.to(); i++) {
            FloatHistogram histogram = full[i];
            if (histogram != null) {
                bare[i] = histogram.isStale() ? histogram : histogram.withoutBuckets(hint(histogram, before));
                before = histogram.isStale() ? before : histogram;
            }
        }
        return new SeriesSlice(
                slice.labels(),
                slice.timestamps(),
                slice.values(),
                bare,
                slice.startTimestamps(),
                slice.from(),
                slice.to());
    }

    private static CounterResetHint hint(FloatHistogram histogram, @Nullable FloatHistogram before) {
        if (histogram.hint() != CounterResetHint.UNKNOWN || before == null) {
            return histogram.hint();
        }
        return histogram.isResetSince(before) ? CounterResetHint.RESET : CounterResetHint.NOT_RESET;
    }
}
