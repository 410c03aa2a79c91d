package io.tocsin.promql.plan;

import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.RangeSeries;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The samples of a series while they are collected. */
final class Columns {
    private long[] times = new long[4];
    private double[] values = new double[4];
    private @Nullable FloatHistogram @Nullable [] histograms;
    private int size;

    void add(long timeMs, double value, @Nullable FloatHistogram histogram) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            histograms = histograms == null ? null : Arrays.copyOf(histograms, 2 * size);
        }
        times[size] = timeMs;
        values[size] = value;
        if (histogram != null) {
            if (histograms == null) {
                histograms = new @Nullable FloatHistogram[times.length];
            }
            histograms[size] = histogram;
        }
        size++;
    }

    RangeSeries series(Labels labels) {
        return new RangeSeries(
                labels,
                Arrays.copyOf(times, size),
                Arrays.copyOf(values, size),
                histograms == null ? null : Arrays.copyOf(histograms, size));
    }

    SeriesSlice slice(Labels labels) {
        return new SeriesSlice(labels, times, values, histograms, null, 0, size);
    }
}
