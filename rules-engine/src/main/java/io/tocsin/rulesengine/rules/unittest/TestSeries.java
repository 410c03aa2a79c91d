package io.tocsin.rulesengine.rules.unittest;

import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.engine.SeriesSource;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.Sample;
import io.tocsin.promql.model.StaleNaN;
import io.tocsin.promql.testscript.Point;
import io.tocsin.promql.testscript.ScriptException;
import io.tocsin.promql.testscript.ScriptStore;
import io.tocsin.promql.testscript.SeriesDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The series of a test. Input is there only up to the time that was reached, so that no rule can see the future. */
final class TestSeries implements SeriesSource {
    private final ScriptStore store = new ScriptStore();
    private final Map<Labels, List<Point>> input = new LinkedHashMap<>();
    private final long startMs;
    private final long intervalMs;
    private long reachedMs = Long.MIN_VALUE;

    TestSeries(TestGroup test) {
        startMs = test.startMs();
        intervalMs = test.interval().toMillis();
        for (SeriesDescription series : test.inputSeries()) {
            input.put(series.labels(), series.points());
        }
    }

    /** Lets all input up to a time in. */
    void reach(long timeMs) throws ScriptException {
        long first = reachedMs == Long.MIN_VALUE ? 0 : Math.floorDiv(reachedMs - startMs, intervalMs) + 1;
        long last = Math.floorDiv(timeMs - startMs, intervalMs);
        for (Map.Entry<Labels, List<Point>> series : input.entrySet()) {
            List<Point> points = series.getValue();
            for (long i = first; i <= Math.min(last, points.size() - 1); i++) {
                add(series.getKey(), startMs + i * intervalMs, points.get((int) i));
            }
        }
        reachedMs = timeMs;
    }

    private void add(Labels labels, long timeMs, Point point) throws ScriptException {
        switch (point) {
            case Point.Omitted _ -> {}
            case Point.Value number -> store.add(labels, timeMs, number.value(), null, 0);
            case Point.Histogram histogram -> store.add(labels, timeMs, 0, histogram.value(), 0);
        }
    }

    void add(Sample sample) throws ScriptException {
        store.add(sample.labels(), sample.timestampMs(), sample.value(), sample.histogram(), 0);
    }

    /** Marks the end of a series, unless another rule goes on with it. */
    void end(Labels labels, long timeMs) {
        try {
            store.add(labels, timeMs, StaleNaN.VALUE, null, 0);
        } catch (ScriptException e) {
            return; // The series has a sample of this time from another rule: it has not ended.
        }
    }

    @Override
    public List<SeriesSlice> select(List<LabelMatcher> matchers, long fromMs, long toMs) {
        return store.select(matchers, fromMs, toMs);
    }
}
