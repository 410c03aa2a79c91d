package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Expr.Extension;
import io.tocsin.promql.ast.Span;
import io.tocsin.promql.engine.Annotations.Operation;
import io.tocsin.promql.histogram.Combined;
import io.tocsin.promql.histogram.CounterResetHint;
import io.tocsin.promql.histogram.FloatHistogram;
import org.jspecify.annotations.Nullable;

/**
 * {@code rate}, {@code increase} and {@code delta} over {@code anchored} and {@code smoothed} selectors: nothing is
 * extrapolated. Anchored ones take the last sample at or before each bound of the window; smoothed ones interpolate
 * between the samples around it.
 */
final class Extended extends RangeFunction {

    private final CallSite site;
    private final boolean counter;
    private final boolean perSecond;
    private final boolean smoothed;

    Extended(CallSite site, boolean counter, boolean perSecond) {
        this.site = site;
        this.counter = counter;
        this.perSecond = perSecond;
        this.smoothed = site.extension() == Extension.SMOOTHED;
    }

    @Override
    boolean apply(Samples s, Frame f) {
        if (f.floats() > 0 && f.histograms() > 0) {
            site.annotations().mixedFloatsHistograms(s.metricName(), site.range());
            return false;
        }
        site.budget().work(f.floats() + 16 * f.histograms());
        return f.floats() > 0 ? floats(s, f) : histograms(s, f);
    }

    /** The index of the first sample that counts, given those of the window and the lookback around it. */
    private static int first(long[] t, int lo, int hi, long start) {
        int last = hi - 1;
        int i = lo;
        while (i < last && t[i] <= start) {
            i++;
        }
        return Math.max(lo, i - 1);
    }

    private int last(long[] t, int lo, int hi, long end) {
        int last = hi - 1;
        if (smoothed) {
            int i = lo;
            while (i < last && t[i] < end) {
                i++;
            }
            return i;
        }
        return last;
    }

    private boolean floats(Samples s, Frame f) {
        int first = first(s.t, f.lo, f.hi, f.start);
        int last = last(s.t, f.lo, f.hi, f.end);
        if (s.t[last] <= f.start || smoothed && s.t[first] > f.end) {
            return false;
        }
        double left = left(s.t, s.v, first, f.start, smoothed, counter);
        double right = right(s.t, s.v, f.lo, last, f.end, smoothed, counter);
        double result = right - left;
        if (counter) {
            int from = s.t[first] <= f.start ? first + 1 : first;
            int to = s.t[last] >= f.end ? last - 1 : last;
            double previous = left;
            double correction = 0;
            for (int i = from; i <= to; i++) {
                correction += s.v[i] < previous ? previous : 0;
                previous = s.v[i];
            }
            correction += right < previous ? previous : 0;
            result += correction;
        }
        return f.give(perSecond ? result / site.rangeSeconds() : result);
    }

    static double left(long[] t, double[] v, int first, long start, boolean smoothed, boolean counter) {
        return smoothed && t[first] < start
                ? interpolate(t[first], v[first], t[first + 1], v[first + 1], start, counter)
                : v[first];
    }

    static double right(long[] t, double[] v, int lo, int last, long end, boolean smoothed, boolean counter) {
        return smoothed && last > lo && t[last] > end
                ? interpolate(t[last - 1], v[last - 1], t[last], v[last], end, counter)
                : v[last];
    }

    /** On the line between two samples; a counter that fell is taken to have started from zero. */
    static double interpolate(long t1, double v1, long t2, double v2, long at, boolean counter) {
        double y1 = counter && v2 < v1 ? 0 : v1;
        return y1 + (v2 - y1) * (at - t1) / (t2 - t1);
    }

    private boolean histograms(Samples s, Frame f) {
        int first = first(s.ht, f.hLo, f.hHi, f.start);
        int last = last(s.ht, f.hLo, f.hHi, f.end);
        if (s.ht[last] <= f.start || smoothed && s.ht[first] > f.end || !valid(s, first, last)) {
            return false;
        }
        Annotations remarks = site.annotations();
        FloatHistogram left = s.h[first];
        if (smoothed && s.ht[first] < f.start) {
            left = interpolate(s, first, f.start, counter, remarks, site.range());
        }
        FloatHistogram right = s.h[last];
        if (smoothed && last > f.hLo && s.ht[last] > f.end) {
            right = interpolate(s, last - 1, f.end, counter, remarks, site.range());
        }
        if (left == null || right == null) {
            return false;
        }
        if (!counter && (!Rates.isGauge(left) || !Rates.isGauge(right))) {
            remarks.notGauge(s.metricName(), site.range());
        }
        FloatHistogram result = combine(right, left, -1, s.metricName());
        if (result != null && counter) {
            result = corrected(s, f, first, last, left, right, result);
        }
        if (result == null) {
            return false;
        }
        result = perSecond ? result.div(site.rangeSeconds()) : result;
        return f.give(result.withHint(CounterResetHint.GAUGE).compact());
    }

    private boolean valid(Samples s, int first, int last) {
        for (int i = first; i <= last; i++) {
            if (!s.h[i].compatibleWith(s.h[first])) {
                site.annotations().mixedExponentialCustom(s.metricName(), site.range());
                return false;
            }
            if (counter && Rates.isGauge(s.h[i])) {
                site.annotations().notCounter(s.metricName(), site.range());
            }
        }
        return true;
    }

    /** The result plus all that was lost at resets between the two bounds. */
    private @Nullable FloatHistogram corrected(
            Samples s, Frame f, int first, int last, FloatHistogram left, FloatHistogram right, FloatHistogram result) {
        int from = first + 1;
        FloatHistogram previous = left;
        boolean resetAtLeft = smoothed && s.ht[first] < f.start && s.h[from].isResetSince(s.h[first]);
        if (resetAtLeft) {
            // The interpolation at the left bound has already seen this reset.
            previous = s.h[from];
            from++;
        }
        if (from > last) {
            return result;
        }
        FloatHistogram lost = null;
        for (int i = from; i <= last; i++) {
            FloatHistogram current = i == last ? right : s.h[i];
            if (current.isResetSince(previous)) {
                lost = lost == null ? previous : combine(lost, previous, 1, s.metricName());
                if (lost == null) {
                    return null;
                }
            }
            previous = current;
        }
        return lost == null ? result : combine(result, lost, 1, s.metricName());
    }

    private @Nullable FloatHistogram combine(FloatHistogram a, FloatHistogram b, int sign, String metric) {
        if (!a.compatibleWith(b)) {
            site.annotations().mixedExponentialCustom(metric, site.range());
            return null;
        }
        Combined combined = sign > 0 ? a.add(b) : a.sub(b);
        if (combined.boundsReconciled()) {
            site.annotations().boundsReconciled(sign > 0 ? Operation.ADDITION : Operation.SUBTRACTION, site.range());
        }
        return combined.histogram();
    }

    /** Between the histograms {@code i} and {@code i + 1}; null with a warning where they cannot be combined. */
    static @Nullable FloatHistogram interpolate(
            Samples s, int i, long at, boolean counter, Annotations remarks, Span span) {
        FloatHistogram before = s.h[i];
        FloatHistogram after = s.h[i + 1];
        if (at == s.ht[i] || at == s.ht[i + 1]) {
            return at == s.ht[i] ? before : after;
        }
        double fraction = (double) (at - s.ht[i]) / (s.ht[i + 1] - s.ht[i]);
        if (counter && after.isResetSince(before)) {
            return after.mul(fraction);
        }
        if (!after.compatibleWith(before)) {
            remarks.mixedExponentialCustom(s.metricName(), span);
            return null;
        }
        Combined difference = after.sub(before);
        if (difference.boundsReconciled()) {
            remarks.boundsReconciled(Operation.SUBTRACTION, span);
        }
        Combined result = difference.histogram().mul(fraction).add(before);
        if (result.boundsReconciled()) {
            remarks.boundsReconciled(Operation.ADDITION, span);
        }
        return result.histogram();
    }
}
