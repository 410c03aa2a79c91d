package io.tocsin.promql.engine;

import io.tocsin.promql.ast.At;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Expr.Extension;
import io.tocsin.promql.ast.Function;
import io.tocsin.promql.histogram.CounterResetHint;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.StaleNaN;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads series for instant selectors: at each step the last sample that is not older than the lookback. */
final class Selectors {

    /** A question to the source, to ask it once. */
    private record Question(List<LabelMatcher> matchers, long from, long to) {}

    private final Evaluator evaluator;
    private final SeriesSource source;
    private final Map<Question, List<SeriesSlice>> answers = new HashMap<>();
    private final long lookback;

    Selectors(Evaluator evaluator, SeriesSource source) {
        this.evaluator = evaluator;
        this.source = source;
        this.lookback = evaluator.options.lookback().toMillis();
    }

    long lookback() {
        return lookback;
    }

    List<SeriesSlice> series(List<LabelMatcher> matchers, long from, long to) {
        List<SeriesSlice> found =
                answers.computeIfAbsent(new Question(matchers, from, to), q -> source.select(matchers, from, to));
        evaluator.budget.series(found.size());
        return found;
    }

    /** The time to look at for an evaluation at {@code at}. */
    static long time(@Nullable At pinned, long offset, long at) {
        return (pinned instanceof At.Time t ? t.millis() : at) - offset;
    }

    void instant(Expr.VectorSelector selector, Grid grid, Sink sink) {
        long offset = Preparation.millis(selector.offset());
        if (selector.extension() == Extension.SMOOTHED) {
            smoothed(selector, offset, grid, sink);
            return;
        }
        long first = time(selector.at(), offset, grid.start());
        long last = time(selector.at(), offset, grid.end());
        Column column = new Column(io.tocsin.promql.model.Labels.EMPTY, false, grid.steps());
        boolean bare = evaluator.readsCountAndSumOnly(selector);
        for (SeriesSlice found : series(selector.matchers(), first - lookback + 1, last)) {
            SeriesSlice slice = bare ? HistogramStats.of(found) : found;
            evaluator.budget.samples(slice.to() - slice.from());
            column = sink.keeps()
                    ? new Column(slice.labels(), false, grid.steps())
                    : cleared(column, slice);
            if (fill(slice, selector.at(), offset, grid, column)) {
                sink.accept(column);
            }
        }
    }

    private static Column cleared(Column column, SeriesSlice slice) {
        column.clear(slice.labels(), false);
        return column;
    }

    private boolean fill(SeriesSlice slice, @Nullable At at, long offset, Grid grid, Column column) {
        long[] times = slice.timestamps();
        double[] values = slice.values();
        @Nullable FloatHistogram[] histograms = slice.histograms();
        int next = slice.from();
        boolean any = false;
        for (int step = 0; step < grid.steps(); step++) {
            long ref = time(at, offset, grid.at(step));
            next = after(times, next, slice.to(), ref);
            if (next == slice.from() || times[next - 1] <= ref - lookback) {
                continue;
            }
            FloatHistogram histogram = histograms == null ? null : histograms[next - 1];
            if (histogram == null) {
                double value = values[next - 1];
                // A stale marker is what an absent value looks like, so it needs no test here.
                column.values[step] = value;
                any |= value == value || !StaleNaN.is(value);
            } else if (!histogram.isStale()) {
                column.set(step, histogram);
                any = true;
            }
        }
        evaluator.budget.work(grid.steps());
        return any;
    }

    /** The index of the first sample after {@code time}, from {@code from} on; jumps where the steps are wide. */
    static int after(long[] times, int from, int to, long time) {
        int i = from;
        int stride = 1;
        while (i < to && times[i] <= time) {
            int far = i + stride;
            if (far < to && times[far] <= time) {
                i = far;
                stride <<= 1;
            } else if (stride > 1) {
                stride >>= 1;
            } else {
                i++;
            }
        }
        return i;
    }

    /** {@code timestamp(v)} and {@code start_timestamp(v)}: of a selector the sample's own time, else the step's. */
    void timestamp(Expr.Call call, Grid grid, Sink sink) {
        Expr arg = call.args().getFirst();
        boolean startTime = call.function() == Function.START_TIMESTAMP;
        Sink nameless = evaluator.nameless(arg, sink);
        if (!(arg instanceof Expr.VectorSelector selector)) {
            if (!startTime) {
                evaluator.stream(arg, grid, evaluationTimes(nameless, grid));
            }
            return;
        }
        if (startTime && !evaluator.options.startTimestamps()) {
            return;
        }
        long offset = Preparation.millis(selector.offset());
        long first = time(selector.at(), offset, grid.start());
        long last = time(selector.at(), offset, grid.end());
        for (SeriesSlice slice : series(selector.matchers(), first - lookback + 1, last)) {
            evaluator.budget.samples(slice.to() - slice.from());
            Column column = new Column(slice.labels(), false, grid.steps());
            times(slice, selector.at(), offset, grid, column, startTime);
            if (!column.isEmpty()) {
                nameless.accept(column);
            }
        }
    }

    private static Sink evaluationTimes(Sink nameless, Grid grid) {
        return new Sink.Stage(nameless) {
            @Override
            void accept(Column column) {
                for (int i = 0; i < grid.steps(); i++) {
                    if (column.has(i)) {
                        column.values[i] = grid.at(i) / 1000.0;
                    }
                }
                column.dropHistograms();
                next.accept(column);
            }
        };
    }

    private void times(SeriesSlice slice, @Nullable At at, long offset, Grid grid, Column column, boolean startTime) {
        int next = slice.from();
        for (int step = 0; step < grid.steps(); step++) {
            long ref = time(at, offset, grid.at(step));
            next = after(slice.timestamps(), next, slice.to(), ref);
            if (next == slice.from() || slice.timestamps()[next - 1] <= ref - lookback || stale(slice, next - 1)) {
                continue;
            }
            long[] starts = slice.startTimestamps();
            long time = !startTime ? slice.timestamps()[next - 1] : starts == null ? 0 : starts[next - 1];
            column.values[step] = time / 1000.0;
        }
    }

    private static boolean stale(SeriesSlice slice, int i) {
        @Nullable FloatHistogram[] histograms = slice.histograms();
        FloatHistogram histogram = histograms == null ? null : histograms[i];
        return histogram == null ? StaleNaN.is(slice.values()[i]) : histogram.isStale();
    }

    /** A smoothed instant selector: interpolated between the samples around each step, the last one if there is no next. */
    private void smoothed(Expr.VectorSelector selector, long offset, Grid grid, Sink sink) {
        long first = time(selector.at(), offset, grid.start());
        long last = time(selector.at(), offset, grid.end());
        Samples samples = new Samples();
        for (SeriesSlice slice : series(selector.matchers(), first - lookback + 1, last + lookback)) {
            samples.load(slice);
            evaluator.budget.samples(samples.size());
            Column column = new Column(slice.labels(), false, grid.steps());
            for (int step = 0; step < grid.steps(); step++) {
                smooth(samples, time(selector.at(), offset, grid.at(step)), selector, column, step);
            }
            if (!column.isEmpty()) {
                sink.accept(column);
            }
        }
    }

    private void smooth(Samples s, long at, Expr.VectorSelector selector, Column column, int step) {
        int lo = after(s.t, s.from, s.to, at - lookback);
        int hi = after(s.t, lo, s.to, at + lookback);
        int hLo = after(s.ht, 0, s.hCount, at - lookback);
        int hHi = after(s.ht, hLo, s.hCount, at + lookback);
        if (lo < hi && hLo < hHi) {
            evaluator.annotations.mixedFloatsHistograms(s.metricName(), selector.span());
        } else if (lo < hi) {
            int i = after(s.t, lo, hi, at - 1);
            if (i < hi && s.t[i] == at) {
                column.values[step] = s.v[i];
            } else if (i > lo && i < hi) {
                column.values[step] = Extended.interpolate(s.t[i - 1], s.v[i - 1], s.t[i], s.v[i], at, false);
            } else if (i > lo) {
                column.values[step] = s.v[i - 1];
            }
        } else if (hLo < hHi) {
            smoothHistogram(s, at, hLo, hHi, selector, column, step);
        }
    }

    private void smoothHistogram(
            Samples s, long at, int hLo, int hHi, Expr.VectorSelector selector, Column column, int step) {
        int i = after(s.ht, hLo, hHi, at - 1);
        FloatHistogram result = null;
        if (i < hHi && s.ht[i] == at) {
            result = s.h[i];
        } else if (i > hLo && i < hHi) {
            if (!s.h[i].compatibleWith(s.h[i - 1])) {
                evaluator.annotations.mixedExponentialCustom(s.metricName(), selector.span());
                return;
            }
            boolean counter = !Rates.isGauge(s.h[i - 1]) || !Rates.isGauge(s.h[i]);
            result = Extended.interpolate(s, i - 1, at, counter, evaluator.annotations, selector.span());
        } else if (i > hLo) {
            result = s.h[i - 1].withHint(CounterResetHint.UNKNOWN);
        }
        if (result != null) {
            column.set(step, result);
        }
    }
}
