package io.tocsin.rulesengine.store.chunk;

import io.tocsin.promql.histogram.FloatHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Columns that grow. Their room is known from the beginning; histograms and starts come into being when they are needed. */
public final class ColumnsBuilder {

    private final long[] times;
    private final double[] values;
    private @Nullable FloatHistogram @Nullable [] histograms;
    private long @Nullable [] starts;
    private int size;

    /** @param room the most samples that will come */
    public ColumnsBuilder(int room) {
        times = new long[room];
        values = new double[room];
    }

    /** Makes place for more samples; returns where they go. */
    int more(int samples) {
        int at = size;
        size += samples;
        return at;
    }

    long[] times() {
        return times;
    }

    double[] values() {
        return values;
    }

    @Nullable
    FloatHistogram[] histograms() {
        if (histograms == null) {
            histograms = new FloatHistogram[times.length];
        }
        return histograms;
    }

    long[] starts() {
        if (starts == null) {
            starts = new long[times.length];
        }
        return starts;
    }

    /** Adds samples that are not compressed. */
    public void add(Columns samples) {
        int n = samples.size();
        int at = more(n);
        System.arraycopy(samples.times(), samples.from(), times, at, n);
        System.arraycopy(samples.values(), samples.from(), values, at, n);
        if (samples.histograms() != null) {
            System.arraycopy(samples.histograms(), samples.from(), histograms(), at, n);
        }
        if (samples.starts() != null) {
            System.arraycopy(samples.starts(), samples.from(), starts(), at, n);
        }
    }

    /** Adds the samples of a chunk. */
    public void add(byte[] chunk) {
        Chunk.read(chunk, this);
    }

    /** What was added, shared with this builder. */
    public Columns all() {
        return new Columns(times, values, histograms, starts, 0, size);
    }

    /** A copy of the last samples, at most so many. */
    public Columns last(int samples) {
        int from = Math.max(0, size - samples);
        return new Columns(
                Arrays.copyOfRange(times, from, size),
                Arrays.copyOfRange(values, from, size),
                histograms == null ? null : Arrays.copyOfRange(histograms, from, size),
                starts == null ? null : Arrays.copyOfRange(starts, from, size),
                0,
                size - from);
    }
}
