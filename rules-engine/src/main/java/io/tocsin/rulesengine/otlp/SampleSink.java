package io.tocsin.rulesengine.otlp;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;

/** Takes what telemetry is translated to. Times are Unix milliseconds. */
public interface SampleSink {

    /**
     * A float sample.
     *
     * @param labels the series, metric name included
     * @param value the value; {@link io.tocsin.promql.model.StaleNaN} says that the series has ended
     * @param startMs since when a counter counts; 0 when unknown or not a counter
     */
    void add(Labels labels, long timestampMs, double value, long startMs);

    /** A native histogram sample; a stale one says that the series has ended. */
    void addHistogram(Labels labels, long timestampMs, FloatHistogram value, long startMs);

    /** What a metric family is; said once for each metric of a request. */
    default void describe(String family, MetricKind kind, String unit, String help) {}
}
