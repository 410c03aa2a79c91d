package io.tocsin.rulesengine.store;

import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One series and its samples in columns. An element is never changed once it was written: appending writes behind the
 * end, and everything else goes to new arrays. So a slice that a reader took stays as it was.
 */
final class Series {

    private static final int FIRST_ROOM = 16;

    private final int id;
    private final Labels labels;
    private long[] times = new long[FIRST_ROOM];
    private double[] values = new double[FIRST_ROOM];
    private @Nullable FloatHistogram @Nullable [] histograms;
    private long @Nullable [] starts;
    private int from;
    private int to;
    private long cadenceMs;
    private long delayMs;

    Series(int id, Labels labels) {
        this.id = id;
        this.labels = labels;
    }

    int id() {
        return id;
    }

    Labels labels() {
        return labels;
    }

    boolean isEmpty() {
        return from == to;
    }

    long cadenceMs() {
        return cadenceMs;
    }

    private long newest() {
        return times[to - 1];
    }

    /** Puts a sample in its place. */
    SampleFate put(
            long time,
            double value,
            @Nullable FloatHistogram histogram,
            long startMs,
            long arrivalMs,
            StoreLimits limits) {
        SampleFate fate = place(time, limits);
        if (fate.kept()) {
            int index = fate == SampleFate.ACCEPTED ? to : -Arrays.binarySearch(times, from, to, time) - 1;
            write(room(index), time, value, histogram, startMs);
            cadenceMs = Cadence.median(times, from, to);
            if (fate == SampleFate.ACCEPTED) {
                delayMs = Math.max(0, arrivalMs - time);
            }
        }
        return fate;
    }

    private SampleFate place(long time, StoreLimits limits) {
        if (isEmpty() || time > newest()) {
            return SampleFate.ACCEPTED;
        }
        if (Arrays.binarySearch(times, from, to, time) >= 0) {
            return SampleFate.DUPLICATE;
        }
        return time < newest() - limits.outOfOrderMs() ? SampleFate.TOO_OLD : SampleFate.MERGED;
    }

    private void write(int index, long time, double value, @Nullable FloatHistogram histogram, long startMs) {
        times[index] = time;
        values[index] = value;
        if (histogram != null && histograms == null) {
            histograms = new FloatHistogram[times.length];
        }
        if (histograms != null) {
            histograms[index] = histogram;
        }
        if (startMs != 0 && starts == null) {
            starts = new long[times.length];
        }
        if (starts != null) {
            starts[index] = startMs;
        }
    }

    /** Makes a free place before the element that was at the index; returns where it is now. */
    private int room(int index) {
        if (index == to && to < times.length) {
            to++;
            return index;
        }
        int before = index - from;
        int kept = to - from;
        int length = Math.max(FIRST_ROOM, kept + Math.max(1, kept / 2));
        times = spread(times, new long[length], before, kept);
        values = spread(values, new double[length], before, kept);
        histograms = histograms == null ? null : spread(histograms, new FloatHistogram[length], before, kept);
        starts = starts == null ? null : spread(starts, new long[length], before, kept);
        from = 0;
        to = kept + 1;
        return before;
    }

    @SuppressWarnings("SuspiciousSystemArraycopy") // Both are arrays of the same type.
    private <A> A spread(A old, A fresh, int before, int kept) {
        System.arraycopy(old, from, fresh, 0, before);
        System.arraycopy(old, from + before, fresh, before + 1, kept - before);
        return fresh;
    }

    /** Whether a sample lies in {@code [fromMs, toMs]}. */
    boolean hasSampleIn(long fromMs, long toMs) {
        int first = after(fromMs - 1);
        return first < to && times[first] <= toMs;
    }

    /** Forgets samples older than this. */
    void evict(long olderThanMs) {
        int before = from;
        while (from < to && times[from] < olderThanMs) {
            from++;
        }
        if (from > before && to - from <= Cadence.INTERVALS) {
            // It always follows from the samples that are there: so a restored store has learned the same.
            cadenceMs = Cadence.median(times, from, to);
        }
    }

    /**
     * The samples with {@code fromMs <= t <= toMs}, and a stale marker where the series had gone quiet by {@code toMs}.
     *
     * @return null when there are none
     */
    @Nullable
    SeriesSlice slice(long fromMs, long toMs, StoreLimits limits) {
        int first = after(fromMs - 1);
        int end = after(toMs);
        if (first >= end) {
            return null;
        }
        long last = times[end - 1];
        long quietAt = last + Math.min(limits.lookbackMs(), Cadence.patience(cadenceMs, limits) + delayMs);
        if (quietAt <= toMs && !StaleNaN.is(values[end - 1])) {
            return withMarker(first, end, quietAt);
        }
        return new SeriesSlice(labels, times, values, histograms, starts, first, end);
    }

    private SeriesSlice withMarker(int first, int end, long quietAt) {
        int n = end - first;
        long[] t = Arrays.copyOfRange(times, first, end + 1);
        double[] v = Arrays.copyOfRange(values, first, end + 1);
        t[n] = quietAt;
        v[n] = StaleNaN.VALUE;
        @Nullable FloatHistogram @Nullable [] h = null;
        if (histograms != null) {
            h = Arrays.copyOfRange(histograms, first, end + 1);
            h[n] = null;
        }
        long @Nullable [] s = starts == null ? null : Arrays.copyOfRange(starts, first, end + 1);
        if (s != null) {
            s[n] = 0;
        }
        return new SeriesSlice(labels, t, v, h, s, 0, n + 1);
    }

    /** Index of the first sample later than this. */
    private int after(long timeMs) {
        if (from < to && timeMs >= times[to - 1]) {
            return to;
        }
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] <= timeMs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
