package io.tocsin.promql.engine;

import io.tocsin.promql.engine.Annotations.Operation;
import io.tocsin.promql.histogram.HistogramMean;
import io.tocsin.promql.histogram.HistogramSum;

/** Sums, means, variances and trends over the samples of a window, with compensated sums where Prometheus has them. */
final class Moments {

    private Moments() {}

    /** {@code sum_over_time} and {@code avg_over_time}. */
    static final class SumOrMean extends RangeFunction {
        private final CallSite site;
        private final boolean mean;

        SumOrMean(CallSite site, boolean mean) {
            this.site = site;
            this.mean = mean;
        }

        @Override
        boolean apply(Samples s, Frame f) {
            site.budget().work(f.floats() + 16 * f.histograms());
            if (f.histograms() == 0) {
                return f.give(mean ? mean(s.v, f.lo, f.hi) : sum(s.v, f.lo, f.hi));
            }
            if (f.floats() > 0) {
                site.annotations().mixedFloatsHistograms(s.metricName(), site.range());
                return false;
            }
            return mean ? meanOfHistograms(s, f) : sumOfHistograms(s, f);
        }

        private boolean sumOfHistograms(Samples s, Frame f) {
            HistogramSum sum = new HistogramSum(s.h[f.hLo]);
            for (int i = f.hLo + 1; i < f.hHi; i++) {
                if (!sum.compatibleWith(s.h[i])) {
                    return incompatible(s);
                }
                sum.add(s.h[i]);
            }
            remarks(sum.counterResetCollision(), sum.boundsReconciled());
            return f.give(sum.total());
        }

        private boolean meanOfHistograms(Samples s, Frame f) {
            HistogramMean sum = new HistogramMean(s.h[f.hLo]);
            for (int i = f.hLo + 1; i < f.hHi; i++) {
                if (!sum.compatibleWith(s.h[i])) {
                    return incompatible(s);
                }
                sum.add(s.h[i]);
            }
            remarks(sum.counterResetCollision(), sum.boundsReconciled());
            return f.give(sum.mean());
        }

        private boolean incompatible(Samples s) {
            site.annotations().mixedExponentialCustom(s.metricName(), site.range());
            return false;
        }

        private void remarks(boolean collision, boolean reconciled) {
            if (collision) {
                site.annotations().counterResetCollision(Operation.AGGREGATION, site.range());
            }
            if (reconciled) {
                site.annotations().boundsReconciled(Operation.AGGREGATION, site.range());
            }
        }

        static double sum(double[] v, int lo, int hi) {
            double sum = 0;
            double rest = 0;
            for (int i = lo; i < hi; i++) {
                rest = GoMath.compensation(sum, rest, v[i]);
                sum += v[i];
            }
            return Double.isInfinite(sum) ? sum : sum + rest;
        }

        /** The sum by the count, and an incremental mean from where the sum would overflow. */
        static double mean(double[] v, int lo, int hi) {
            double sum = v[lo];
            double rest = 0;
            for (int i = lo + 1; i < hi; i++) {
                double total = sum + v[i];
                if (Double.isInfinite(total)) {
                    return incrementalMean(v, lo, i, hi, sum, rest);
                }
                rest = GoMath.compensation(sum, rest, v[i]);
                sum = total;
            }
            int n = hi - lo;
            return sum / n + rest / n;
        }

        private static double incrementalMean(double[] v, int lo, int from, int hi, double sum, double sumRest) {
            double mean = sum / (from - lo);
            double rest = sumRest / (from - lo);
            for (int i = from; i < hi; i++) {
                double count = i - lo + 1.0;
                double q = (count - 1) / count;
                double added = v[i] / count;
                double scaled = q * mean;
                rest = GoMath.compensation(scaled, q * rest, added);
                mean = scaled + added;
            }
            return mean + rest;
        }
    }

    /** {@code stdvar_over_time} and {@code stddev_over_time}: Welford's recurrence, compensated. */
    static final class Variance extends RangeFunction {
        private final CallSite site;
        private final boolean root;

        Variance(CallSite site, boolean root) {
            this.site = site;
            this.root = root;
        }

        @Override
        boolean apply(Samples s, Frame f) {
            if (f.floats() == 0) {
                return false;
            }
            OverTime.ignored(site, s, f);
            site.budget().work(f.floats());
            double count = 0;
            double mean = 0;
            double meanRest = 0;
            double sum = 0;
            double sumRest = 0;
            for (int i = f.lo; i < f.hi; i++) {
                double x = s.v[i];
                count++;
                double delta = x - (mean + meanRest);
                double added = delta / count;
                meanRest = GoMath.compensation(mean, meanRest, added);
                mean += added;
                double square = delta * (x - (mean + meanRest));
                sumRest = GoMath.compensation(sum, sumRest, square);
                sum += square;
            }
            double variance = (sum + sumRest) / count;
            return f.give(root ? Math.sqrt(variance) : variance);
        }
    }

    /** {@code deriv} and {@code predict_linear}: least squares. */
    static final class Trend extends RangeFunction {
        private final CallSite site;
        private final boolean predict;
        private double slope;
        private double intercept;

        Trend(CallSite site, boolean predict) {
            this.site = site;
            this.predict = predict;
        }

        @Override
        boolean apply(Samples s, Frame f) {
            if (f.floats() > 0) {
                OverTime.ignored(site, s, f);
            }
            if (f.floats() < 2) {
                return false;
            }
            site.budget().work(2 * f.floats());
            regress(s, f, predict ? f.at : s.t[f.lo]);
            return f.give(predict ? slope * site.parameters()[1][f.step] + intercept : slope);
        }

        /** Fits a line; times are taken relative to {@code origin}, in seconds, to keep precision. */
        private void regress(Samples s, Frame f, long origin) {
            double sumX = 0;
            double restX = 0;
            double sumY = 0;
            double restY = 0;
            double sumXY = 0;
            double restXY = 0;
            double sumXX = 0;
            double restXX = 0;
            double first = s.v[f.lo];
            boolean constant = true;
            for (int i = f.lo; i < f.hi; i++) {
                double x = (s.t[i] - origin) / 1e3;
                double y = s.v[i];
                constant &= i == f.lo || y == first;
                restX = GoMath.compensation(sumX, restX, x);
                sumX += x;
                restY = GoMath.compensation(sumY, restY, y);
                sumY += y;
                restXY = GoMath.compensation(sumXY, restXY, x * y);
                sumXY += x * y;
                restXX = GoMath.compensation(sumXX, restXX, x * x);
                sumXX += x * x;
            }
            if (constant) {
                slope = Double.isInfinite(first) ? Double.NaN : 0;
                intercept = Double.isInfinite(first) ? Double.NaN : first;
                return;
            }
            double n = f.floats();
            sumX += restX;
            sumY += restY;
            double covariance = sumXY + restXY - sumX * sumY / n;
            double variance = sumXX + restXX - sumX * sumX / n;
            slope = covariance / variance;
            intercept = sumY / n - slope * sumX / n;
        }
    }

    /** {@code double_exponential_smoothing}: a level and a trend, each smoothed (Holt 1957). */
    static final class Smoothing extends RangeFunction {
        private final CallSite site;

        Smoothing(CallSite site) {
            this.site = site;
        }

        @Override
        boolean apply(Samples s, Frame f) {
            double sf = site.parameters()[1][f.step];
            double tf = site.parameters()[2][f.step];
            check("smoothing", "sf", sf);
            check("trend", "tf", tf);
            if (f.floats() > 0) {
                OverTime.ignored(site, s, f);
            }
            if (f.floats() < 2) {
                return false;
            }
            site.budget().work(f.floats());
            double before = 0;
            double level = s.v[f.lo];
            double trend = s.v[f.lo + 1] - s.v[f.lo];
            for (int i = f.lo + 1; i < f.hi; i++) {
                double x = sf * s.v[i];
                if (i > f.lo + 1) {
                    trend = tf * (level - before) + (1 - tf) * trend;
                }
                double y = (1 - sf) * (level + trend);
                before = level;
                level = x + y;
            }
            return f.give(level);
        }

        private static void check(String name, String symbol, double factor) {
            if (factor <= 0 || factor >= 1) {
                throw PromqlException.execution("invalid " + name + " factor. Expected: 0 < " + symbol + " < 1, got: "
                        + String.format(java.util.Locale.ROOT, "%f", factor));
            }
        }
    }
}
