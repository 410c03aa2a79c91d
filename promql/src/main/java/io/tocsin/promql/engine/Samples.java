package io.tocsin.promql.engine;

import io.tocsin.promql.histogram.CounterResetHint;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one series as range functions see them: floats and histograms apart, without stale markers. One object
 * serves all series in turn; where nothing has to be left out, it shows the source's own arrays.
 */
final class Samples {

    private static final long[] NO_TIMES = new long[0];

    Labels labels = Labels.EMPTY;
    /** Whether the series comes from a subquery whose result drops its name. */
    boolean dropName;

    /** Floats are at the indices {@code from} to {@code to}. */
    long[] t = NO_TIMES;

    double[] v = new double[0];
    long @Nullable [] st;
    int from;
    int to;

    /** Histograms are at the indices 0 to {@code ht}'s count. */
    long[] ht = NO_TIMES;

    FloatHistogram[] h = new FloatHistogram[0];
    long @Nullable [] hst;
    int hCount;

    private long[] ownTimes = NO_TIMES;
    private double[] ownValues = new double[0];
    private long[] ownStarts = NO_TIMES;

    boolean isEmpty() {
        return from == to && hCount == 0;
    }

    String metricName() {
        return labels.metricName();
    }

    void load(SeriesSlice slice) {
        labels = slice.labels();
        dropName = false;
        hCount = 0;
        if (slice.histograms() != null) {
            split(slice, slice.histograms());
            return;
        }
        t = slice.timestamps();
        v = slice.values();
        st = slice.startTimestamps();
        from = slice.from();
        to = slice.to();
        for (int i = from; i < to; i++) {
            if (v[i] != v[i] && StaleNaN.is(v[i])) {
                withoutStale(slice);
                return;
            }
        }
    }

    private void withoutStale(SeriesSlice slice) {
        room(slice.to() - slice.from());
        int n = 0;
        for (int i = slice.from(); i < slice.to(); i++) {
            if (!StaleNaN.is(slice.values()[i])) {
                n = keep(slice, i, n);
            }
        }
        own(n, slice.startTimestamps() != null);
    }

    private void split(SeriesSlice slice, @Nullable FloatHistogram[] histograms) {
        int size = slice.to() - slice.from();
        room(size);
        ht = ht.length < size ? new long[size] : ht;
        h = h.length < size ? new FloatHistogram[size] : h;
        hst = slice.startTimestamps() == null ? null : new long[size];
        int n = 0;
        for (int i = slice.from(); i < slice.to(); i++) {
            FloatHistogram histogram = histograms[i];
            if (histogram == null) {
                n = StaleNaN.is(slice.values()[i]) ? n : keep(slice, i, n);
            } else if (!histogram.isStale()) {
                ht[hCount] = slice.timestamps()[i];
                h[hCount] = histogram;
                if (hst != null && slice.startTimestamps() != null) {
                    hst[hCount] = slice.startTimestamps()[i];
                }
                hCount++;
            }
        }
        own(n, slice.startTimestamps() != null);
    }

    private int keep(SeriesSlice slice, int i, int n) {
        ownTimes[n] = slice.timestamps()[i];
        ownValues[n] = slice.values()[i];
        if (slice.startTimestamps() != null) {
            ownStarts[n] = slice.startTimestamps()[i];
        }
        return n + 1;
    }

    /** The samples of a column, as a subquery gives them. */
    void load(Column column, Grid grid) {
        labels = column.labels;
        dropName = column.dropName;
        room(column.steps());
        int n = 0;
        hCount = 0;
        hst = null;
        if (column.histograms != null) {
            ht = ht.length < column.steps() ? new long[column.steps()] : ht;
            h = h.length < column.steps() ? new FloatHistogram[column.steps()] : h;
        }
        for (int i = 0; i < column.steps(); i++) {
            FloatHistogram histogram = column.histogram(i);
            if (histogram != null) {
                ht[hCount] = grid.at(i);
                h[hCount++] = withoutReset(histogram);
            } else if (column.hasFloat(i)) {
                ownTimes[n] = grid.at(i);
                ownValues[n++] = column.values[i];
            }
        }
        own(n, false);
    }

    /** A subquery may skip samples or repeat them, so what a sample says about its predecessor holds no more. */
    static FloatHistogram withoutReset(FloatHistogram histogram) {
        return switch (histogram.hint()) {
            case RESET, NOT_RESET -> histogram.withHint(CounterResetHint.UNKNOWN);
            case UNKNOWN, GAUGE -> histogram;
        };
    }

    private void room(int size) {
        if (ownTimes.length < size) {
            ownTimes = new long[size];
            ownValues = new double[size];
            ownStarts = new long[size];
        }
    }

    private void own(int count, boolean starts) {
        t = ownTimes;
        v = ownValues;
        st = starts ? ownStarts : null;
        from = 0;
        to = count;
    }

    /** How much the samples from {@code lo} to {@code hi} count in a query's budget. */
    long size() {
        long size = to - from;
        for (int i = 0; i < hCount; i++) {
            size += h[i].heapBytes() / 16;
        }
        return size;
    }

    long[] floatTimes(int lo, int hi) {
        return Arrays.copyOfRange(t, lo, hi);
    }
}
