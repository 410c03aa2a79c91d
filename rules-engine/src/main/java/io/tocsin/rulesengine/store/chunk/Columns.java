package io.tocsin.rulesengine.store.chunk;

import io.tocsin.promql.histogram.FloatHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Samples in columns, of which those from one index (included) to another (excluded) count.
 *
 * @param times Unix milliseconds, strictly ascending
 * @param histograms null where all are floats
 * @param starts null where none is known
 */
@SuppressWarnings("ArrayRecordComponent") // A view of columns that are too large to copy.
public record Columns(
        long[] times,
        double[] values,
        @Nullable FloatHistogram @Nullable [] histograms,
        long @Nullable [] starts,
        int from,
        int to) {

    /** How many count. */
    public int size() {
        return to - from;
    }
}
