package io.tocsin.rulesengine.store;

import io.tocsin.promql.histogram.FloatHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The samples that one input record brought, in columns and in their order in the record.
 *
 * @param arrivalMs when the record arrived, Unix milliseconds
 * @param series ids of the series
 * @param timestamps sample times, Unix milliseconds
 * @param values meaningless where there is a histogram
 * @param histograms null where the block has floats only
 * @param starts when each counter began, Unix milliseconds, 0 where that is not known; null where it never is
 */
@SuppressWarnings("ArrayRecordComponent") // Columns without boxing; written once and never compared.
public record SampleBlock(
        long arrivalMs,
        int[] series,
        long[] timestamps,
        double[] values,
        @Nullable FloatHistogram @Nullable [] histograms,
        long @Nullable [] starts) {

    public SampleBlock {
        int n = series.length;
        boolean fits = timestamps.length == n
                && values.length == n
                && (histograms == null || histograms.length == n)
                && (starts == null || starts.length == n);
        if (!fits) {
            throw new IllegalArgumentException("columns of different lengths");
        }
    }

    /** How many samples it holds. */
    public int size() {
        return series.length;
    }

    /** The histogram at an index, null where the sample is a float. */
    public @Nullable FloatHistogram histogram(int index) {
        return histograms == null ? null : histograms[index];
    }

    /** The start time at an index, 0 where not known. */
    public long start(int index) {
        return starts == null ? 0 : starts[index];
    }

    /** Collects samples. */
    static final class Builder {
        private final long arrivalMs;
        private int[] series = new int[64];
        private long[] timestamps = new long[64];
        private double[] values = new double[64];
        private @Nullable FloatHistogram @Nullable [] histograms;
        private long @Nullable [] starts;
        private int size;

        Builder(long arrivalMs) {
            this.arrivalMs = arrivalMs;
        }

        void add(int id, long timestampMs, double value, @Nullable FloatHistogram histogram, long startMs) {
            ensureRoom();
            series[size] = id;
            timestamps[size] = timestampMs;
            values[size] = value;
            if (histogram != null) {
                histograms()[size] = histogram;
            }
            if (startMs != 0) {
                starts()[size] = startMs;
            }
            size++;
        }

        int size() {
            return size;
        }

        SampleBlock build() {
            return new SampleBlock(
                    arrivalMs,
                    Arrays.copyOf(series, size),
                    Arrays.copyOf(timestamps, size),
                    Arrays.copyOf(values, size),
                    histograms == null ? null : Arrays.copyOf(histograms, size),
                    starts == null ? null : Arrays.copyOf(starts, size));
        }

        private @Nullable FloatHistogram[] histograms() {
            if (histograms == null) {
                histograms = new FloatHistogram[series.length];
            }
            return histograms;
        }

        private long[] starts() {
            if (starts == null) {
                starts = new long[series.length];
            }
            return starts;
        }

        private void ensureRoom() {
            if (size < series.length) {
                return;
            }
            int room = size * 2;
            series = Arrays.copyOf(series, room);
            timestamps = Arrays.copyOf(timestamps, room);
            values = Arrays.copyOf(values, room);
            histograms = histograms == null ? null : Arrays.copyOf(histograms, room);
            starts = starts == null ? null : Arrays.copyOf(starts, room);
        }
    }
}
