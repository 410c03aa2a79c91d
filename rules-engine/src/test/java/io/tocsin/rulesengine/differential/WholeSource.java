package io.tocsin.rulesengine.differential;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.engine.SeriesSource;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.otlp.DeltaTotals;
import io.tocsin.rulesengine.otlp.MetricKind;
import io.tocsin.rulesengine.otlp.MetricTranslation;
import io.tocsin.rulesengine.otlp.OtlpOptions;
import io.tocsin.rulesengine.otlp.SampleSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** All data in one place: what a Prometheus that scraped everything would hold. */
final class WholeSource implements SeriesSource, SampleSink {

    private final MetricTranslation translation = new MetricTranslation(OtlpOptions.DEFAULT);
    private final DeltaTotals totals = DeltaTotals.inMemory();
    private final Map<String, Map<Labels, TreeMap<Long, Double>>> byName = new TreeMap<>();

    void take(byte[] request) throws InvalidProtocolBufferException {
        for (ResourceMetrics resource :
                ExportMetricsServiceRequest.parseFrom(request).getResourceMetricsList()) {
            translation.translate(resource, totals, this);
        }
    }

    @Override
    public void add(Labels labels, long timestampMs, double value, long startMs) {
        byName.computeIfAbsent(labels.metricName(), name -> new TreeMap<>())
                .computeIfAbsent(labels, key -> new TreeMap<>())
                .put(timestampMs, value);
    }

    @Override
    public void addHistogram(Labels labels, long timestampMs, FloatHistogram value, long startMs) {
        throw new IllegalStateException("no native histograms here");
    }

    @Override
    public void describe(String family, MetricKind kind, String unit, String help) {
        // Nobody asks.
    }

    @Override
    public List<SeriesSlice> select(List<LabelMatcher> matchers, long fromMs, long toMs) {
        List<SeriesSlice> slices = new ArrayList<>();
        for (LabelMatcher name : matchers) {
            if (name.name().equals(Labels.METRIC_NAME)) {
                byName.forEach((known, series) -> {
                    if (name.matches(known)) {
                        select(series, matchers, fromMs, toMs, slices);
                    }
                });
                return slices;
            }
        }
        throw new IllegalStateException("a selector without a name: " + matchers);
    }

    private static void select(
            Map<Labels, TreeMap<Long, Double>> series,
            List<LabelMatcher> matchers,
            long fromMs,
            long toMs,
            List<SeriesSlice> slices) {
        series.forEach((labels, samples) -> {
            NavigableMap<Long, Double> within = samples.subMap(fromMs, true, toMs, true);
            if (!within.isEmpty() && matchers.stream().allMatch(matcher -> matcher.matches(labels))) {
                slices.add(SeriesSlice.of(
                        labels,
                        within.keySet().stream().mapToLong(Long::longValue).toArray(),
                        within.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()));
            }
        });
    }
}
