package io.tocsin.rulesengine.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.GoFloat;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;
import java.util.ArrayList;
import java.util.List;

/** Writes OTLP and records what it is translated to. */
final class Points implements SampleSink {

    static final long SECOND = 1_000_000_000L;

    /** "{labels} value@ms" per sample, with " since ms" where a start is known. */
    final List<String> samples = new ArrayList<>();

    final List<FloatHistogram> histograms = new ArrayList<>();

    @Override
    public void add(Labels labels, long timestampMs, double value, long startMs) {
        String text = StaleNaN.is(value) ? "stale" : GoFloat.format(value);
        samples.add(named(labels) + " " + text + "@" + timestampMs + (startMs == 0 ? "" : " since " + startMs));
    }

    @Override
    public void addHistogram(Labels labels, long timestampMs, FloatHistogram value, long startMs) {
        String text = value.isStale() ? "stale" : value.toString();
        samples.add(named(labels) + " " + text + "@" + timestampMs + (startMs == 0 ? "" : " since " + startMs));
        histograms.add(value);
    }

    private static String named(Labels labels) {
        Labels rest = labels.filter(n -> !n.equals("job")
                && !n.equals("instance")
                && !n.equals(Labels.METRIC_NAME)
                && !n.equals("service_name"));
        return labels.metricName() + (rest.isEmpty() ? "" : rest);
    }

    static Resource resource() {
        return Resource.newBuilder()
                .addAttributes(text("service.name", "shop"))
                .addAttributes(text("service.instance.id", "i1"))
                .build();
    }

    static ResourceMetrics of(Metric... metrics) {
        return ResourceMetrics.newBuilder()
                .setResource(resource())
                .addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(List.of(metrics)))
                .build();
    }

    static Metric gauge(String name, String unit, NumberDataPoint... points) {
        return Metric.newBuilder()
                .setName(name)
                .setUnit(unit)
                .setGauge(Gauge.newBuilder().addAllDataPoints(List.of(points)))
                .build();
    }

    static Metric sum(String name, AggregationTemporality temporality, boolean monotonic, NumberDataPoint... points) {
        return Metric.newBuilder()
                .setName(name)
                .setSum(Sum.newBuilder()
                        .setAggregationTemporality(temporality)
                        .setIsMonotonic(monotonic)
                        .addAllDataPoints(List.of(points)))
                .build();
    }

    static Metric delta(String name, NumberDataPoint... points) {
        return sum(name, AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA, true, points);
    }

    static NumberDataPoint point(long startSeconds, long seconds, double value, KeyValue... attributes) {
        return NumberDataPoint.newBuilder()
                .setStartTimeUnixNano(startSeconds * SECOND)
                .setTimeUnixNano(seconds * SECOND)
                .setAsDouble(value)
                .addAllAttributes(List.of(attributes))
                .build();
    }

    static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
