package io.tocsin.promql.engine;

import io.tocsin.promql.engine.Annotations.Operation;
import io.tocsin.promql.histogram.Combined;
import io.tocsin.promql.histogram.CounterResetHint;
import io.tocsin.promql.histogram.FloatHistogram;
import org.jspecify.annotations.Nullable;

/**
 * {@code rate}, {@code increase} and {@code delta}: the difference between the last and the first sample, corrected for
 * counter resets, and extrapolated to the bounds of the window as Prometheus does.
 */
final class Rates extends RangeFunction {

    private final CallSite site;
    private final boolean counter;
    private final boolean perSecond;

    /** Where the counter of the series fell, ascending; {@code resetFrom} to {@code resetTo} are in the window. */
    private int[] resets = new int[8];

    private int resetCount;
    private int resetFrom;
    private int resetTo;

    private double result;
    private @Nullable FloatHistogram resultHistogram;

    Rates(CallSite site, boolean counter, boolean perSecond) {
        this.site = site;
        this.counter = counter;
        this.perSecond = perSecond;
    }

    @Override
    void start(Samples s) {
        resetCount = 0;
        resetFrom = 0;
        resetTo = 0;
        if (!counter) {
            return;
        }
        double[] v = s.v;
        for (int i = s.from + 1; i < s.to; i++) {
            if (v[i] < v[i - 1]) {
                if (resetCount == resets.length) {
                    resets = java.util.Arrays.copyOf(resets, 2 * resetCount);
                }
                resets[resetCount++] = i;
            }
        }
    }

    @Override
    boolean apply(Samples s, Frame f) {
        if (f.floats() > 0 && f.histograms() > 0) {
            site.annotations().mixedFloatsHistograms(s.metricName(), site.range());
            return false;
        }
        resultHistogram = null;
        return f.floats() > 0 ? floats(s, f) : histograms(s, f);
    }

    private boolean floats(Samples s, Frame f) {
        double[] v = s.v;
        int last = f.hi - 1;
        long[] starts = site.startTimes() ? s.st : null;
        result = v[last] - v[f.lo];
        if (counter) {
            if (starts == null) {
                correct(v, f);
            } else {
                correct(s, f, starts);
            }
        }
        long began = starts == null || !counter ? 0 : starts[f.lo];
        return extrapolate(s, f, s.t[f.lo], s.t[last], f.floats() - 1, began);
    }

    /** Adds what the counter had before each reset in the window, in order, so that rounding is the same. */
    private void correct(double[] v, Frame f) {
        while (resetTo < resetCount && resets[resetTo] < f.hi) {
            resetTo++;
        }
        while (resetFrom < resetTo && resets[resetFrom] <= f.lo) {
            resetFrom++;
        }
        for (int r = resetFrom; r < resetTo; r++) {
            result += v[resets[r] - 1];
        }
    }

    private void correct(Samples s, Frame f, long[] starts) {
        boolean overlap = false;
        for (int i = f.lo + 1; i < f.hi; i++) {
            if (!overlap && StartTimes.overlap(starts[i - 1], s.t[i - 1], starts[i])) {
                site.annotations().startTimeOverlap(s.metricName(), site.range());
                overlap = true;
            }
            if (s.v[i] < s.v[i - 1] || StartTimes.reset(starts[i - 1], s.t[i - 1], starts[i], s.t[i])) {
                result += s.v[i - 1];
            }
        }
    }

    private boolean histograms(Samples s, Frame f) {
        int last = f.hHi - 1;
        long[] starts = site.startTimes() ? s.hst : null;
        if (f.histograms() > 1) {
            resultHistogram = difference(s, f, starts);
            if (resultHistogram == null) {
                return false;
            }
        }
        long began = starts == null || !counter ? 0 : starts[f.hLo];
        return extrapolate(s, f, s.ht[f.hLo], s.ht[last], f.histograms() - 1, began);
    }

    private boolean extrapolate(Samples s, Frame f, long firstT, long lastT, int intervals, long began) {
        double toStart = (firstT - f.start) / 1000.0;
        double toEnd = (f.end - lastT) / 1000.0;
        double sampled = (lastT - firstT) / 1000.0;
        double average = intervals > 0 ? sampled / intervals : 0;
        double threshold = average * 1.1;
        if (began != 0 && began > f.start && began < firstT) {
            // The counter began inside of the window: there it was zero, so nothing is extrapolated to the left.
            toStart = 0;
            sampled = (lastT - began) / 1000.0;
            if (!addFirst(s, f)) {
                return false;
            }
        } else if (intervals == 0) {
            return false;
        } else {
            if (toStart >= threshold) {
                toStart = average / 2;
            }
            if (counter) {
                double toZero = toZero(s, f, sampled, toStart);
                toStart = toZero < toStart ? toZero : toStart;
            }
        }
        if (toEnd >= threshold) {
            toEnd = average / 2;
        }
        double factor = sampled == 0 ? 1 : (sampled + toStart + toEnd) / sampled;
        if (perSecond) {
            factor /= site.rangeSeconds();
        }
        return resultHistogram == null ? f.give(result * factor) : f.give(resultHistogram.mul(factor));
    }

    private boolean addFirst(Samples s, Frame f) {
        if (f.floats() > 0) {
            result += s.v[f.lo];
            return true;
        }
        FloatHistogram first = s.h[f.hLo];
        resultHistogram = resultHistogram == null ? first : add(resultHistogram, first, s.metricName());
        return resultHistogram != null;
    }

    /** How long before the first sample the counter was zero, if it grew at the pace of the window. */
    private double toZero(Samples s, Frame f, double sampled, double otherwise) {
        if (f.floats() > 0) {
            double first = s.v[f.lo];
            return result > 0 && first >= 0 ? sampled * (first / result) : otherwise;
        }
        FloatHistogram h = resultHistogram;
        double first = s.h[f.hLo].count();
        return h != null && h.count() > 0 && first >= 0 ? sampled * (first / h.count()) : otherwise;
    }

    /** The last histogram minus the first plus what was lost at resets; null with a warning where they don't fit. */
    private @Nullable FloatHistogram difference(Samples s, Frame f, long @Nullable [] starts) {
        FloatHistogram first = s.h[f.hLo];
        FloatHistogram last = s.h[f.hHi - 1];
        if (counter && (isGauge(first) || isGauge(last))) {
            site.annotations().notCounter(s.metricName(), site.range());
        }
        FloatHistogram base = first;
        if (counter && isReset(s, f.hLo + 1, first, starts)) {
            // The first sample is before the reset, so its layout does not matter.
            FloatHistogram second = s.h[f.hLo + 1];
            base = FloatHistogram.builder(second.schema())
                    .customBounds(second.customBounds())
                    .build();
        }
        int schema = commonSchema(s, f, base, last);
        if (schema == Integer.MIN_VALUE) {
            site.annotations().mixedExponentialCustom(s.metricName(), site.range());
            return null;
        }
        Combined difference = last.atSchema(schema).sub(base);
        if (difference.boundsReconciled()) {
            site.annotations().boundsReconciled(Operation.SUBTRACTION, site.range());
        }
        FloatHistogram total = difference.histogram();
        if (counter) {
            total = corrected(s, f, base, starts, total);
        } else if (!isGauge(first) || !isGauge(last)) {
            site.annotations().notGauge(s.metricName(), site.range());
        }
        return total == null ? null : total.withHint(CounterResetHint.GAUGE).compact();
    }

    /** The lowest resolution of the window, or the least integer where exponential and custom buckets are mixed. */
    private int commonSchema(Samples s, Frame f, FloatHistogram base, FloatHistogram last) {
        if (!last.compatibleWith(base)) {
            return Integer.MIN_VALUE;
        }
        int schema = Math.min(last.schema(), base.schema());
        for (int i = f.hLo + 1; counter && i < f.hHi - 1; i++) {
            FloatHistogram h = s.h[i];
            if (isGauge(h)) {
                site.annotations().notCounter(s.metricName(), site.range());
            }
            if (!h.compatibleWith(base)) {
                return Integer.MIN_VALUE;
            }
            schema = Math.min(schema, h.schema());
        }
        return schema;
    }

    private @Nullable FloatHistogram corrected(
            Samples s, Frame f, FloatHistogram base, long @Nullable [] starts, FloatHistogram difference) {
        FloatHistogram total = difference;
        FloatHistogram previous = base;
        boolean overlap = false;
        for (int i = f.hLo + 1; i < f.hHi; i++) {
            if (!overlap && starts != null && StartTimes.overlap(starts[i - 1], s.ht[i - 1], starts[i])) {
                site.annotations().startTimeOverlap(s.metricName(), site.range());
                overlap = true;
            }
            if (isReset(s, i, previous, starts)) {
                total = add(total, previous, s.metricName());
                if (total == null) {
                    return null;
                }
            }
            previous = s.h[i];
        }
        return total;
    }

    private static boolean isReset(Samples s, int i, FloatHistogram previous, long @Nullable [] starts) {
        return starts != null && StartTimes.reset(starts[i - 1], s.ht[i - 1], starts[i], s.ht[i])
                || s.h[i].isResetSince(previous);
    }

    private @Nullable FloatHistogram add(FloatHistogram a, FloatHistogram b, String metric) {
        if (!a.compatibleWith(b)) {
            site.annotations().mixedExponentialCustom(metric, site.range());
            return null;
        }
        Combined sum = a.add(b);
        if (sum.boundsReconciled()) {
            site.annotations().boundsReconciled(Operation.ADDITION, site.range());
        }
        return sum.histogram();
    }

    static boolean isGauge(FloatHistogram h) {
        return h.hint() == CounterResetHint.GAUGE;
    }
}
