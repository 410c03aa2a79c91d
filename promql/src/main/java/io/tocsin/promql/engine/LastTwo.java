package io.tocsin.promql.engine;

import io.tocsin.promql.engine.Annotations.Operation;
import io.tocsin.promql.histogram.Combined;
import io.tocsin.promql.histogram.CounterResetHint;
import io.tocsin.promql.histogram.FloatHistogram;
import org.jspecify.annotations.Nullable;

/** {@code irate} and {@code idelta}: from the last two samples of the window. */
final class LastTwo extends RangeFunction {

    private final CallSite site;
    private final boolean rate;

    LastTwo(CallSite site, boolean rate) {
        this.site = site;
        this.rate = rate;
    }

    @Override
    boolean apply(Samples s, Frame f) {
        if (f.floats() + f.histograms() < 2) {
            return false;
        }
        if (f.histograms() == 0) {
            return floats(s, f, f.hi - 2, f.hi - 1);
        }
        // The histograms among the last two samples: both, the last, the one before, or none.
        long lastFloat = f.floats() > 0 ? s.t[f.hi - 1] : Long.MIN_VALUE;
        long floatBefore = f.floats() > 1 ? s.t[f.hi - 2] : Long.MIN_VALUE;
        long lastHistogram = s.ht[f.hHi - 1];
        long histogramBefore = f.histograms() > 1 ? s.ht[f.hHi - 2] : Long.MIN_VALUE;
        if (floatBefore >= lastHistogram) {
            return floats(s, f, f.hi - 2, f.hi - 1);
        }
        if (histogramBefore >= lastFloat && f.histograms() > 1) {
            return histograms(s, f, f.hHi - 2, f.hHi - 1);
        }
        site.annotations().mixedFloatsHistograms(s.metricName(), site.range());
        return false;
    }

    private boolean floats(Samples s, Frame f, int before, int last) {
        long interval = s.t[last] - s.t[before];
        if (interval == 0) {
            return false;
        }
        double value = s.v[last];
        boolean reset = s.v[last] < s.v[before] || startsAnew(s.st, s.t, before, last);
        if (!rate || !reset) {
            value -= s.v[before];
        }
        return f.give(rate ? value / (interval / 1000.0) : value);
    }

    private boolean startsAnew(long @Nullable [] starts, long[] times, int before, int last) {
        return site.startTimes()
                && starts != null
                && StartTimes.reset(starts[before], times[before], starts[last], times[last]);
    }

    private boolean histograms(Samples s, Frame f, int before, int last) {
        FloatHistogram a = s.h[before];
        FloatHistogram b = s.h[last];
        boolean gauges = Rates.isGauge(a) && Rates.isGauge(b);
        boolean noGauge = !Rates.isGauge(a) && !Rates.isGauge(b);
        if (rate && !noGauge) {
            site.annotations().notCounter(s.metricName(), site.range());
        }
        if (!rate && !gauges) {
            site.annotations().notGauge(s.metricName(), site.range());
        }
        FloatHistogram result = b;
        if (!rate || !startsAnew(s.hst, s.ht, before, last) && !b.isResetSince(a)) {
            if (!b.compatibleWith(a)) {
                site.annotations().mixedExponentialCustom(s.metricName(), site.range());
                return false;
            }
            Combined difference = b.sub(a);
            if (difference.boundsReconciled()) {
                site.annotations().boundsReconciled(Operation.SUBTRACTION, site.range());
            }
            result = difference.histogram();
        }
        result = result.withHint(CounterResetHint.GAUGE).compact();
        return f.give(rate ? result.div((s.ht[last] - s.ht[before]) / 1000.0) : result);
    }
}
