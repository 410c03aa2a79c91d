package io.tocsin.promql.model;

import io.tocsin.promql.histogram.FloatHistogram;
import org.jspecify.annotations.Nullable;

/**
 * A series of a range vector, in columns of the same length, ascending in time.
 *
 * @param timestampsMs Unix times in milliseconds
 * @param histograms null where the series has floats only; else null at each float sample
 */
public record RangeSeries(
        Labels labels, long[] timestampsMs, double[] values, @Nullable FloatHistogram @Nullable [] histograms) {

    public RangeSeries {
        if (timestampsMs.length != values.length || histograms != null && histograms.length != values.length) {
            throw new IllegalArgumentException("columns of different lengths");
        }
    }

    public int size() {
        return timestampsMs.length;
    }

    public @Nullable FloatHistogram histogram(int index) {
        return histograms == null ? null : histograms[index];
    }
}
