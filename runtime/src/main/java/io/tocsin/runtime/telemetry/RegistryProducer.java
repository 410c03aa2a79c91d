package io.tocsin.runtime.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.resources.Resource;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A module's registry as the OpenTelemetry SDK sends it: counters as cumulative sums, gauges, histograms with their
 * classic buckets. Names already end in their unit, so none is given; kinds that the modules do not use are left out.
 */
final class RegistryProducer implements MetricProducer {

    private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("io.tocsin");

    /** Of the JVM and the process only what the dashboards show: the rest stays at /metrics. */
    private static final List<String> SENT = List.of(
            "tocsin_", "process_", "jvm_memory_used_", "jvm_memory_max_", "jvm_gc_collection_", "jvm_threads_current");

    private final PrometheusRegistry registry;
    private final InstantSource clock;
    private final long startNanos;

    RegistryProducer(PrometheusRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        this.startNanos = nanos(clock);
    }

    @Override
    public Collection<MetricData> produce(Resource resource) {
        long now = nanos(clock);
        List<MetricData> all = new ArrayList<>();
        for (MetricSnapshot snapshot : registry.scrape(name -> SENT.stream().anyMatch(name::startsWith))) {
            data(snapshot, now)
                    .ifPresent(data -> all.add(new Sent(
                            resource,
                            snapshot.getMetadata().getPrometheusName(),
                            String.valueOf(snapshot.getMetadata().getHelp()),
                            data.type,
                            data.points)));
        }
        return all;
    }

    private record Typed(MetricDataType type, Data<?> points) {}

    private Optional<Typed> data(MetricSnapshot snapshot, long now) {
        return switch (snapshot) {
            case CounterSnapshot counter ->
                Optional.of(new Typed(
                        MetricDataType.DOUBLE_SUM,
                        SumData.createDoubleSumData(
                                true,
                                AggregationTemporality.CUMULATIVE,
                                counter.getDataPoints().stream()
                                        .map(point -> point(now, point.getLabels(), point.getValue()))
                                        .toList())));
            case GaugeSnapshot gauge ->
                Optional.of(new Typed(
                        MetricDataType.DOUBLE_GAUGE,
                        GaugeData.createDoubleGaugeData(gauge.getDataPoints().stream()
                                .map(point -> point(now, point.getLabels(), point.getValue()))
                                .toList())));
            case HistogramSnapshot histogram ->
                Optional.of(new Typed(
                        MetricDataType.HISTOGRAM,
                        HistogramData.create(
                                AggregationTemporality.CUMULATIVE,
                                histogram.getDataPoints().stream()
                                        .filter(HistogramSnapshot.HistogramDataPointSnapshot::hasClassicHistogramData)
                                        .map(point -> histogram(now, point))
                                        .toList())));
            default -> Optional.empty();
        };
    }

    private DoublePointData point(long now, Labels labels, double value) {
        return DoublePointData.create(startNanos, now, attributes(labels), value, List.of());
    }

    private HistogramPointData histogram(long now, HistogramSnapshot.HistogramDataPointSnapshot point) {
        ClassicHistogramBuckets buckets = point.getClassicBuckets();
        List<Double> bounds = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++) {
            // OTLP's last bucket has no bound: it reaches to infinity by itself.
            if (Double.isFinite(buckets.getUpperBound(i))) {
                bounds.add(buckets.getUpperBound(i));
            }
            counts.add(buckets.getCount(i));
        }
        return HistogramPointData.create(
                startNanos, now, attributes(point.getLabels()), point.getSum(), false, 0, false, 0, bounds, counts);
    }

    private static Attributes attributes(Labels labels) {
        AttributesBuilder attributes = Attributes.builder();
        for (Label label : labels) {
            attributes.put(label.getName(), label.getValue());
        }
        return attributes.build();
    }

    private static long nanos(InstantSource clock) {
        return clock.millis() * 1_000_000;
    }

    private record Sent(Resource resource, String name, String description, MetricDataType type, Data<?> data)
            implements MetricData {

        @Override
        public Resource getResource() {
            return resource;
        }

        @Override
        public InstrumentationScopeInfo getInstrumentationScopeInfo() {
            return SCOPE;
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public String getDescription() {
            return description;
        }

        @Override
        public String getUnit() {
            return "";
        }

        @Override
        public MetricDataType getType() {
            return type;
        }

        @Override
        public Data<?> getData() {
            return data;
        }
    }
}
