package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Function;
import io.tocsin.promql.histogram.FloatHistogram;
import java.util.Arrays;

/** The {@code …_over_time} functions that look at times, counts and order of the samples, and the extremes. */
final class OverTime {

    private OverTime() {}

    /** {@code count_over_time}, {@code present_over_time}. */
    static final class Count extends RangeFunction {
        private final boolean presence;

        Count(boolean presence) {
            this.presence = presence;
        }

        @Override
        boolean apply(Samples s, Frame f) {
            return f.give(presence ? 1 : f.floats() + f.histograms());
        }
    }

    /** {@code first_over_time} and {@code last_over_time}, and the times of these samples. */
    static final class Edge extends RangeFunction {
        private final boolean last;
        private final boolean time;

        Edge(boolean last, boolean time) {
            this.last = last;
            this.time = time;
        }

        @Override
        boolean apply(Samples s, Frame f) {
            int i = last ? f.hi - 1 : f.lo;
            int j = last ? f.hHi - 1 : f.hLo;
            boolean isFloat = f.histograms() == 0 || f.floats() > 0 && (last ? s.ht[j] < s.t[i] : s.t[i] < s.ht[j]);
            if (time) {
                return f.give((isFloat ? s.t[i] : s.ht[j]) / 1000.0);
            }
            return isFloat ? f.give(s.v[i]) : f.give(s.h[j]);
        }
    }

    /**
     * {@code max_over_time} and {@code min_over_time}: the indices of the values that may still become the extreme are
     * kept in order (a monotonic queue), so that a sample is looked at twice whatever the window. NaN loses to any number.
     */
    static final class Extreme extends RangeFunction {
        private final CallSite site;
        private final boolean max;
        private int[] queue = new int[64];
        private int head;
        private int tail;
        private int next;

        Extreme(CallSite site, boolean max) {
            this.site = site;
            this.max = max;
        }

        @Override
        void start(Samples s) {
            head = 0;
            tail = 0;
            next = s.from;
            if (queue.length < s.to - s.from) {
                queue = new int[s.to - s.from];
            }
        }

        @Override
        boolean apply(Samples s, Frame f) {
            if (f.floats() == 0) {
                return false;
            }
            ignored(site, s, f);
            double[] v = s.v;
            for (next = Math.max(next, f.lo); next < f.hi; next++) {
                double x = v[next];
                if (x == x) {
                    while (tail > head && (max ? v[queue[tail - 1]] < x : v[queue[tail - 1]] > x)) {
                        tail--;
                    }
                    queue[tail++] = next;
                }
            }
            while (head < tail && queue[head] < f.lo) {
                head++;
            }
            return f.give(head < tail ? v[queue[head]] : Double.NaN);
        }
    }

    /** {@code ts_of_max_over_time} and {@code ts_of_min_over_time}: the last one where several are extreme. */
    static final class ExtremeTime extends RangeFunction {
        private final CallSite site;
        private final boolean max;

        ExtremeTime(CallSite site, boolean max) {
            this.site = site;
            this.max = max;
        }

        @Override
        boolean apply(Samples s, Frame f) {
            if (f.floats() == 0) {
                return false;
            }
            ignored(site, s, f);
            site.budget().work(f.floats());
            int best = f.lo;
            for (int i = f.lo; i < f.hi; i++) {
                double x = s.v[i];
                if (max ? x >= s.v[best] : x <= s.v[best]) {
                    best = i;
                } else if (Double.isNaN(s.v[best])) {
                    best = i;
                }
            }
            return f.give(s.t[best] / 1000.0);
        }
    }

    /** {@code quantile_over_time} and {@code mad_over_time} (the median of distances from the median). */
    static final class Quantile extends RangeFunction {
        private final CallSite site;
        private double[] scratch = new double[64];

        Quantile(CallSite site) {
            this.site = site;
        }

        @Override
        boolean apply(Samples s, Frame f) {
            int n = f.floats();
            if (n == 0) {
                return false;
            }
            boolean deviation = site.function() == Function.MAD_OVER_TIME;
            double q = deviation ? 0.5 : site.parameters()[0][f.step];
            if (!(q >= 0 && q <= 1)) {
                site.annotations()
                        .invalidQuantile(q, site.call().args().getFirst().span());
            }
            if (f.histograms() > 0) {
                // As in Prometheus, the remark stands at the first argument.
                site.annotations()
                        .histogramIgnoredInMixedRange(
                                s.metricName(), site.call().args().getFirst().span());
            }
            site.budget().work(4 * n);
            if (scratch.length < n) {
                scratch = new double[Math.max(n, 2 * scratch.length)];
            }
            System.arraycopy(s.v, f.lo, scratch, 0, n);
            return f.give(deviation ? deviation(n) : Quantiles.of(q, scratch, n));
        }

        private double deviation(int n) {
            for (int i = 0; i < n; i++) {
                if (Double.isNaN(scratch[i])) {
                    return Double.NaN;
                }
            }
            double median = Quantiles.of(0.5, scratch, n);
            for (int i = 0; i < n; i++) {
                scratch[i] = Math.abs(scratch[i] - median);
            }
            return Quantiles.of(0.5, scratch, n);
        }
    }

    /** Says once for the window that its histograms are left out. */
    static void ignored(CallSite site, Samples s, Frame f) {
        if (f.histograms() > 0) {
            site.annotations().histogramIgnoredInMixedRange(s.metricName(), site.range());
        }
    }

    /** {@code changes} and {@code resets}: how often a sample differs from the one before, or starts anew. */
    static final class Steps extends RangeFunction {
        private final CallSite site;
        private final boolean resets;
        private int[] marks = new int[8];
        private int count;
        private int first;
        private int past;

        Steps(CallSite site, boolean resets) {
            this.site = site;
            this.resets = resets;
        }

        @Override
        void start(Samples s) {
            count = 0;
            first = 0;
            past = 0;
            long[] starts = site.startTimes() && resets ? s.st : null;
            for (int i = s.from + 1; i < s.to; i++) {
                if (floatsDiffer(s, i - 1, i, starts)) {
                    marks = count == marks.length ? Arrays.copyOf(marks, 2 * count) : marks;
                    marks[count++] = i;
                }
            }
        }

        private boolean floatsDiffer(Samples s, int before, int i, long @org.jspecify.annotations.Nullable [] starts) {
            double a = s.v[before];
            double b = s.v[i];
            if (!resets) {
                return b != a && !(Double.isNaN(a) && Double.isNaN(b));
            }
            return b < a || starts != null && StartTimes.reset(starts[before], s.t[before], starts[i], s.t[i]);
        }

        @Override
        boolean apply(Samples s, Frame f) {
            int lo = f.lo;
            int hLo = f.hLo;
            if (site.extension() == io.tocsin.promql.ast.Expr.Extension.ANCHORED) {
                // The anchor is the last sample at or before the start of the window; what is before it does not count.
                int i = f.lo;
                while (i < f.hi && s.t[i] <= f.start) {
                    i++;
                }
                int j = f.hLo;
                while (j < f.hHi && s.ht[j] <= f.start) {
                    j++;
                }
                if (i == f.hi && j == f.hHi) {
                    return false;
                }
                boolean floatAnchor = i > f.lo && (j == f.hLo || s.t[i - 1] >= s.ht[j - 1]);
                boolean histogramAnchor = !floatAnchor && j > f.hLo;
                lo = floatAnchor ? i - 1 : i;
                hLo = histogramAnchor ? j - 1 : j;
            }
            return f.give(f.histograms() == 0 ? countFloats(lo, f.hi) : countMixed(s, lo, f.hi, hLo, f.hHi));
        }

        private int countFloats(int lo, int hi) {
            while (past < count && marks[past] < hi) {
                past++;
            }
            while (first < past && marks[first] <= lo) {
                first++;
            }
            return past - first;
        }

        private int countMixed(Samples s, int lo, int hi, int hLo, int hHi) {
            site.budget().work(hi - lo + hHi - hLo);
            int found = 0;
            int i = lo;
            int j = hLo;
            int before = -1;
            boolean beforeIsFloat = false;
            while (i < hi || j < hHi) {
                boolean isFloat = j >= hHi || i < hi && s.t[i] < s.ht[j];
                int now = isFloat ? i++ : j++;
                if (before >= 0) {
                    found += differ(s, before, beforeIsFloat, now, isFloat) ? 1 : 0;
                }
                before = now;
                beforeIsFloat = isFloat;
            }
            return found;
        }

        private boolean differ(Samples s, int before, boolean beforeIsFloat, int now, boolean isFloat) {
            if (isFloat != beforeIsFloat) {
                return true;
            }
            if (isFloat) {
                return floatsDiffer(s, before, now, site.startTimes() && resets ? s.st : null);
            }
            FloatHistogram a = s.h[before];
            FloatHistogram b = s.h[now];
            if (!resets) {
                return !b.sameData(a);
            }
            boolean anew = site.startTimes()
                    && s.hst != null
                    && StartTimes.reset(s.hst[before], s.ht[before], s.hst[now], s.ht[now]);
            return anew || b.isResetSince(a);
        }
    }
}
