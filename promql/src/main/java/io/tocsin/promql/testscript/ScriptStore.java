package io.tocsin.promql.testscript;

import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.engine.SeriesSource;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Series in memory, as a script loads them. Histograms come back with the counter-reset hints that a time-series store
 * would give them.
 */
public final class ScriptStore implements SeriesSource {
    private final Map<Labels, Series> series = new TreeMap<>();

    private static final class Series {
        long[] times = new long[16];
        double[] values = new double[16];
        @Nullable FloatHistogram @Nullable [] histograms;
        long @Nullable [] starts;
        int size;
        final ResetHints hints = new ResetHints();

        void add(long time, double value, @Nullable FloatHistogram histogram, long start) {
            if (size == times.length) {
                times = Arrays.copyOf(times, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
                histograms = histograms == null ? null : Arrays.copyOf(histograms, 2 * size);
                starts = starts == null ? null : Arrays.copyOf(starts, 2 * size);
            }
            times[size] = time;
            values[size] = value;
            if (histogram != null) {
                if (histograms == null) {
                    histograms = new @Nullable FloatHistogram[times.length];
                }
                histograms[size] = hints.stored(time, histogram);
            } else {
                hints.floatSample(value);
            }
            if (start != 0) {
                if (starts == null) {
                    starts = new long[times.length];
                }
                starts[size] = start;
            }
            size++;
        }
    }

    /**
     * Adds a sample behind the last one of its series. A sample of the same time and value as the last one is ignored.
     *
     * @param startMs when the counter began, Unix milliseconds, 0 if unknown
     * @throws ScriptException if the sample is older than the last one
     */
    public void add(Labels labels, long timeMs, double value, @Nullable FloatHistogram histogram, long startMs)
            throws ScriptException {
        Series into = series.computeIfAbsent(labels, k -> new Series());
        if (into.size > 0 && timeMs <= into.times[into.size - 1]) {
            boolean same = timeMs == into.times[into.size - 1]
                    && histogram == null
                    && Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(into.values[into.size - 1]);
            if (same) {
                return;
            }
            throw new ScriptException("out of order sample for " + labels + " at " + timeMs + " ms");
        }
        into.add(timeMs, value, histogram, startMs);
    }

    /** Forgets everything. */
    public void clear() {
        series.clear();
    }

    @Override
    public List<SeriesSlice> select(List<LabelMatcher> matchers, long fromMs, long toMs) {
        List<SeriesSlice> found = new ArrayList<>();
        series.forEach((labels, s) -> {
            if (matchers.stream().allMatch(m -> m.matches(labels))) {
                int from = lowerBound(s, fromMs);
                int to = Math.max(from, lowerBound(s, toMs == Long.MAX_VALUE ? toMs : toMs + 1));
                if (to > from) {
                    found.add(new SeriesSlice(labels, s.times, s.values, s.histograms, s.starts, from, to));
                }
            }
        });
        return found;
    }

    private static int lowerBound(Series s, long time) {
        int at = Arrays.binarySearch(s.times, 0, s.size, time);
        return at >= 0 ? at : -at - 1;
    }
}
