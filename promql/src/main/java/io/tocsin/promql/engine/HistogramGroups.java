package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.histogram.ClassicBuckets;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.histogram.HistogramReading;
import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects histograms: native ones, and the buckets of classic ones, which are series that differ in {@code le} alone. A
 * native and a classic histogram with the same labels at the same step are ambiguous, and both are left out.
 */
final class HistogramGroups extends Sink {

    /** A classic histogram's buckets, by upper bound. */
    private static final class Classic {
        final List<Column> buckets = new ArrayList<>();
        final List<Double> bounds = new ArrayList<>();
        /** The steps at which counts were remarked not to be monotonic: once, however many quantiles are asked for. */
        final BitSet remarked = new BitSet();

        boolean remark(int step) {
            boolean first = !remarked.get(step);
            remarked.set(step);
            return first;
        }

        void add(double bound, Column column) {
            int at = bounds.size();
            while (at > 0 && bounds.get(at - 1) > bound) {
                at--;
            }
            bounds.add(at, bound);
            buckets.add(at, column);
        }
    }

    /** Something computed for a histogram at a step. */
    private interface Estimate {
        double of(FloatHistogram histogram, String metric, int step);
    }

    private final Evaluator evaluator;
    private final Expr input;
    private final Grid grid;
    private final boolean delayed;
    private final List<Column> natives = new ArrayList<>();
    private final Map<Labels, Classic> classics = new LinkedHashMap<>();
    private boolean resolved;

    HistogramGroups(Evaluator evaluator, Expr input, Grid grid) {
        this.evaluator = evaluator;
        this.input = input;
        this.grid = grid;
        this.delayed = evaluator.options.delayedNameRemoval();
    }

    @Override
    boolean keeps() {
        return true;
    }

    @Override
    void accept(Column column) {
        evaluator.budget.samples(grid.steps());
        if (column.histograms != null) {
            natives.add(column);
        }
        boolean floats = false;
        for (int i = 0; i < grid.steps() && !floats; i++) {
            floats = column.hasFloat(i);
        }
        if (floats) {
            bucket(column);
        }
    }

    private void bucket(Column column) {
        String le = column.labels.get(Labels.BUCKET);
        Double bound = bound(le);
        if (bound == null) {
            String metric = delayed ? column.labels.metricName() : "";
            evaluator.annotations.badBucketLabel(metric, le, input.span());
            return;
        }
        Labels rest = column.labels.filter(name -> !name.equals(Labels.BUCKET));
        classics.computeIfAbsent(rest, k -> new Classic()).add(bound, column);
    }

    private static @Nullable Double bound(String le) {
        switch (le) {
            case "+Inf", "Inf", "inf", "+inf" -> {
                return Double.POSITIVE_INFINITY;
            }
            case "-Inf", "-inf" -> {
                return Double.NEGATIVE_INFINITY;
            }
            default -> {
                try {
                    boolean number = !le.isEmpty() && !Character.isLetter(le.charAt(le.length() - 1));
                    return number && le.indexOf(' ') < 0 ? Double.valueOf(le) : null;
                } catch (NumberFormatException e) {
                    return null;
                }
            }
        }
    }

    /** Takes out, once, what is there in both forms. */
    private void resolve() {
        if (resolved) {
            return;
        }
        resolved = true;
        for (Column column : natives) {
            Classic classic = classics.get(column.labels);
            for (int i = 0; classic != null && i < grid.steps(); i++) {
                if (column.histogram(i) != null && removed(classic, i)) {
                    column.remove(i);
                    evaluator.annotations.mixedClassicNative(delayed ? column.labels.metricName() : "", input.span());
                }
            }
        }
    }

    private static boolean removed(Classic classic, int step) {
        boolean any = false;
        for (Column bucket : classic.buckets) {
            if (bucket.hasFloat(step)) {
                bucket.remove(step);
                any = true;
            }
        }
        return any;
    }

    void quantiles(double[] phi, Sink sink) {
        resolve();
        natives(sink, (histogram, metric, step) -> {
            HistogramReading.Estimate estimate = HistogramReading.quantile(phi[step], histogram);
            remark(estimate.nanEffect(), metric);
            return estimate.value();
        });
        classics(sink, (histogram, bounds, counts, n, metric, step) -> {
            ClassicBuckets.Quantile quantile = ClassicBuckets.quantile(phi[step], bounds, counts, n);
            ClassicBuckets.Forced forced = quantile.forced();
            if (forced != null && histogram.remark(step)) {
                evaluator.annotations.forcedMonotonic(
                        delayed ? metric : "",
                        input.span(),
                        grid.at(step),
                        forced.minBucket(),
                        forced.maxBucket(),
                        forced.maxDiff());
            }
            return quantile.value();
        });
    }

    void fractions(double[] lower, double[] upper, Sink sink) {
        resolve();
        natives(sink, (histogram, metric, step) -> {
            HistogramReading.Estimate estimate = HistogramReading.fraction(lower[step], upper[step], histogram);
            remark(estimate.nanEffect(), metric);
            return estimate.value();
        });
        classics(
                sink,
                (histogram, bounds, counts, n, metric, step) ->
                        ClassicBuckets.fraction(lower[step], upper[step], bounds, counts, n));
    }

    private void remark(HistogramReading.NanEffect effect, String metric) {
        switch (effect) {
            case NONE -> {}
            case RESULT_IS_NAN -> evaluator.annotations.quantileIsNaN(metric, input.span());
            case SKEWED -> evaluator.annotations.quantileIsSkewed(metric, input.span());
            case EXCLUDED -> evaluator.annotations.fractionExcludesNaN(metric, input.span());
        }
    }

    private void natives(Sink sink, Estimate estimate) {
        for (Column column : natives) {
            String metric = delayed ? column.labels.metricName() : "";
            Column out = new Column(column.labels, column.dropName, grid.steps());
            for (int i = 0; i < grid.steps(); i++) {
                FloatHistogram histogram = column.histogram(i);
                if (histogram != null) {
                    evaluator.budget.work(32);
                    out.values[i] = estimate.of(histogram, metric, i);
                }
            }
            if (!out.isEmpty()) {
                sink.accept(out);
            }
        }
    }

    /** Something computed for a classic histogram at a step; the arrays may be changed. */
    private interface BucketEstimate {
        double of(Classic histogram, double[] bounds, double[] counts, int n, String metric, int step);
    }

    private void classics(Sink sink, BucketEstimate estimate) {
        double[] bounds = new double[0];
        double[] counts = bounds;
        for (Map.Entry<Labels, Classic> entry : classics.entrySet()) {
            List<Column> buckets = entry.getValue().buckets;
            List<Double> all = entry.getValue().bounds;
            double[] upper = new double[all.size()];
            for (int b = 0; b < upper.length; b++) {
                upper[b] = all.get(b);
            }
            if (bounds.length < upper.length) {
                bounds = new double[upper.length];
                counts = new double[upper.length];
            }
            Column out = new Column(entry.getKey(), buckets.stream().anyMatch(b -> b.dropName), grid.steps());
            String metric = entry.getKey().metricName();
            for (int i = 0; i < grid.steps(); i++) {
                evaluator.budget.work(upper.length);
                int n = 0;
                for (int b = 0; b < upper.length; b++) {
                    double count = buckets.get(b).values[i];
                    if (!Double.isNaN(count) || !Column.absent(count)) {
                        bounds[n] = upper[b];
                        counts[n++] = count;
                    }
                }
                if (n > 0) {
                    out.values[i] = estimate.of(entry.getValue(), bounds, counts, n, metric, i);
                }
            }
            if (!out.isEmpty()) {
                sink.accept(out);
            }
        }
    }
}
