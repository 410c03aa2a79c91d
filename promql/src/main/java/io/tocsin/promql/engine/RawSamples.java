package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Expr.Extension;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.RangeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The value of a range selector by itself: samples as they were stored. */
final class RawSamples {

    private RawSamples() {}

    static List<RangeSeries> matrix(Evaluator evaluator, Expr.MatrixSelector matrix, long at) {
        Expr.VectorSelector selector = matrix.selector();
        boolean extended = selector.extension() != Extension.NONE;
        boolean smoothed = selector.extension() == Extension.SMOOTHED;
        long lookback = evaluator.selectors.lookback();
        long end = Selectors.time(selector.at(), Preparation.millis(selector.offset()), at);
        long start = end - Preparation.millis(matrix.range());
        long from = extended ? start - lookback : start;
        long to = smoothed ? end + lookback : end;
        List<RangeSeries> all = new ArrayList<>();
        Samples samples = new Samples();
        for (SeriesSlice slice : evaluator.selectors.series(selector.matchers(), from + 1, to)) {
            samples.load(slice);
            int lo = Selectors.after(samples.t, samples.from, samples.to, from);
            int hi = Selectors.after(samples.t, lo, samples.to, to);
            int hLo = Selectors.after(samples.ht, 0, samples.hCount, from);
            int hHi = Selectors.after(samples.ht, hLo, samples.hCount, to);
            evaluator.budget.samples(hi - lo + 16L * (hHi - hLo));
            RangeSeries series;
            if (extended) {
                if (hLo < hHi) {
                    throw PromqlException.execution((smoothed ? "smoothed" : "anchored")
                            + " modifier is not supported with histograms");
                }
                series = lo == hi ? null : extended(samples, lo, hi, start, end, smoothed);
            } else {
                series = copy(samples, lo, hi, hLo, hHi);
            }
            if (series != null && series.size() > 0) {
                evaluator.budget.series(all.size());
                all.add(series);
            }
        }
        return all;
    }

    private static RangeSeries copy(Samples s, int lo, int hi, int hLo, int hHi) {
        if (hLo == hHi) {
            return new RangeSeries(s.labels, s.floatTimes(lo, hi), Arrays.copyOfRange(s.v, lo, hi), null);
        }
        int n = hi - lo + hHi - hLo;
        long[] times = new long[n];
        double[] values = new double[n];
        @Nullable FloatHistogram[] histograms = new @Nullable FloatHistogram[n];
        int i = lo;
        int j = hLo;
        for (int k = 0; k < n; k++) {
            boolean isFloat = j == hHi || i < hi && s.t[i] < s.ht[j];
            times[k] = isFloat ? s.t[i] : s.ht[j];
            if (isFloat) {
                values[k] = s.v[i++];
            } else {
                histograms[k] = s.h[j++];
            }
        }
        return new RangeSeries(s.labels, times, values, histograms);
    }

    /** The samples inside of the window, and what the modifier puts at its two bounds. */
    private static @Nullable RangeSeries extended(
            Samples s, int lo, int hi, long start, long end, boolean smoothed) {
        int first = Math.max(lo, Selectors.after(s.t, lo, hi - 1, start) - 1);
        int last = smoothed ? Selectors.after(s.t, lo, hi - 1, end - 1) : hi - 1;
        if (s.t[last] <= start) {
            return null;
        }
        double left = Extended.left(s.t, s.v, first, start, smoothed, false);
        double right = Extended.right(s.t, s.v, lo, last, end, smoothed, false);
        int from = s.t[first] <= start ? first + 1 : first;
        int to = s.t[last] >= end ? last - 1 : last;
        int n = Math.max(to - from + 1, 0);
        long[] times = new long[n + 2];
        double[] values = new double[n + 2];
        System.arraycopy(s.t, from, times, 1, n);
        System.arraycopy(s.v, from, values, 1, n);
        times[0] = start;
        values[0] = left;
        times[n + 1] = end;
        values[n + 1] = right;
        return new RangeSeries(s.labels, times, values, null);
    }
}
