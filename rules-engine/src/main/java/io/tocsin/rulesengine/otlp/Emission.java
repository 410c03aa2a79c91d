package io.tocsin.rulesengine.otlp;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what goes to the sink and what does not. */
final class Emission {

    private final SampleSink sink;
    private final Map<DropReason, Integer> dropped = new EnumMap<>(DropReason.class);
    private @Nullable String example;
    private int samples;
    private long earliestMs = Long.MAX_VALUE;
    private long latestMs = Long.MIN_VALUE;

    Emission(SampleSink sink) {
        this.sink = sink;
    }

    void describe(String family, MetricKind kind, String unit, String help) {
        sink.describe(family, kind, unit, help);
    }

    void sample(Labels labels, long timestampMs, double value, long startMs) {
        samples++;
        sink.add(labels, timestampMs, value, startMs);
    }

    void histogram(Labels labels, long timestampMs, FloatHistogram value, long startMs) {
        samples++;
        sink.addHistogram(labels, timestampMs, value, startMs);
    }

    /** A point of that time was translated. */
    void saw(long timestampMs) {
        earliestMs = Math.min(earliestMs, timestampMs);
        latestMs = Math.max(latestMs, timestampMs);
    }

    void drop(DropReason reason, @Nullable String what) {
        dropped.merge(reason, 1, Integer::sum);
        if (example == null) {
            example = what;
        }
    }

    boolean sawNothing() {
        return latestMs == Long.MIN_VALUE;
    }

    long earliestMs() {
        return earliestMs;
    }

    long latestMs() {
        return latestMs;
    }

    Translated result() {
        return new Translated(samples, dropped, example);
    }
}
