package io.tocsin.collector.remotewrite;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.collector.remotewrite.wire.Histogram;
import io.tocsin.collector.remotewrite.wire.Sample;
import io.tocsin.contracts.PrometheusSeries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The metrics of one target. */
final class TargetMetrics {

    private static final AggregationTemporality CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
    private static final int NO_VALUE = DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE;

    private final Translation.Target target;
    private final Map<Key, Metric.Builder> metrics = new LinkedHashMap<>();

    private enum Kind {
        GAUGE,
        COUNTER,
        EXPONENTIAL,
        EXPLICIT
    }

    private record Key(String name, Kind kind) {}

    TargetMetrics(Translation.Target target) {
        this.target = target;
    }

    /** Adds a series' points; gives how many of each are in. */
    Written add(Series series, Problems problems) {
        List<KeyValue> attributes = attributes(series.labels());
        String name = Labels.value(series.labels(), Labels.NAME);
        int exemplars = 0;
        boolean counter = series.family().isCumulative(name);
        for (int i = 0; i < series.samples().size(); i++) {
            NumberDataPoint.Builder point = number(series.samples().get(i)).addAllAttributes(attributes);
            if (i == series.samples().size() - 1) {
                series.exemplars().forEach(exemplar -> point.addExemplars(Exemplars.of(exemplar)));
                exemplars = series.exemplars().size();
            }
            Metric.Builder metric = metric(new Key(name, counter ? Kind.COUNTER : Kind.GAUGE), series.family());
            if (counter) {
                metric.getSumBuilder().addDataPoints(point);
            } else {
                metric.getGaugeBuilder().addDataPoints(point);
            }
        }
        int histograms = 0;
        for (int i = 0; i < series.histograms().size(); i++) {
            boolean last =
                    series.samples().isEmpty() && i == series.histograms().size() - 1;
            List<Series.Exemplar> examples = last ? series.exemplars() : List.of();
            try {
                histogram(series.histograms().get(i), name, series.family(), attributes, examples);
                histograms++;
                exemplars += examples.size();
            } catch (NativeHistogram.NoFormException e) {
                problems.add(1 + examples.size(), e.getMessage() + " in " + name);
            }
        }
        return new Written(series.samples().size(), histograms, exemplars);
    }

    private static NumberDataPoint.Builder number(Sample sample) {
        NumberDataPoint.Builder point = NumberDataPoint.newBuilder()
                .setTimeUnixNano(nanos(sample.getTimestamp()))
                .setStartTimeUnixNano(nanos(Math.max(0, sample.getStartTimestamp())));
        return Stale.is(sample.getValue()) ? point.setFlags(NO_VALUE) : point.setAsDouble(sample.getValue());
    }

    private void histogram(
            Histogram histogram, String name, Family family, List<KeyValue> attributes, List<Series.Exemplar> exemplars)
            throws NativeHistogram.NoFormException {
        long time = nanos(histogram.getTimestamp());
        long start = nanos(Math.max(0, histogram.getStartTimestamp()));
        List<io.opentelemetry.proto.metrics.v1.Exemplar> examples =
                exemplars.stream().map(Exemplars::of).toList();
        if (histogram.getSchema() == NativeHistogram.CUSTOM_SCHEMA) {
            HistogramDataPoint.Builder point = NativeHistogram.explicit(histogram)
                    .setTimeUnixNano(time)
                    .setStartTimeUnixNano(start)
                    .addAllAttributes(attributes)
                    .addAllExemplars(examples);
            metric(new Key(name, Kind.EXPLICIT), family).getHistogramBuilder().addDataPoints(point);
        } else {
            ExponentialHistogramDataPoint.Builder point = NativeHistogram.exponential(histogram)
                    .setTimeUnixNano(time)
                    .setStartTimeUnixNano(start)
                    .addAllAttributes(attributes)
                    .addAllExemplars(examples);
            metric(new Key(name, Kind.EXPONENTIAL), family)
                    .getExponentialHistogramBuilder()
                    .addDataPoints(point);
        }
    }

    private Metric.Builder metric(Key key, Family family) {
        return metrics.computeIfAbsent(key, k -> {
            Metric.Builder metric = Metric.newBuilder()
                    .setName(k.name())
                    .setDescription(family.help())
                    .setUnit(family.unit());
            switch (k.kind()) {
                case GAUGE -> metric.getGaugeBuilder();
                case COUNTER -> metric.getSumBuilder().setIsMonotonic(true).setAggregationTemporality(CUMULATIVE);
                case EXPONENTIAL -> metric.getExponentialHistogramBuilder().setAggregationTemporality(CUMULATIVE);
                case EXPLICIT -> metric.getHistogramBuilder().setAggregationTemporality(CUMULATIVE);
            }
            return metric;
        });
    }

    /** All labels in the order of their names, but for those that the metric and the resource say. */
    private static List<KeyValue> attributes(List<Series.Label> labels) {
        List<KeyValue> attributes = new ArrayList<>(labels.size());
        for (Series.Label label : labels) {
            boolean elsewhere = label.name().equals(Labels.NAME)
                    || label.name().equals(PrometheusSeries.JOB)
                    || label.name().equals(PrometheusSeries.INSTANCE);
            if (!elsewhere && !label.value().isEmpty()) {
                attributes.add(attribute(label.name(), label.value()));
            }
        }
        attributes.sort(Comparator.comparing(KeyValue::getKey));
        return attributes;
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** The resource; nothing when none of its series has a point. */
    Optional<ResourceMetrics> build() {
        if (metrics.isEmpty()) {
            return Optional.empty();
        }
        Resource.Builder resource = Resource.newBuilder();
        if (!target.job().isEmpty()) {
            resource.addAttributes(attribute(PrometheusSeries.JOB_ATTRIBUTE, target.job()));
        }
        if (!target.instance().isEmpty()) {
            resource.addAttributes(attribute(PrometheusSeries.INSTANCE_ATTRIBUTE, target.instance()));
        }
        ScopeMetrics.Builder scope = ScopeMetrics.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName(PrometheusSeries.SCOPE));
        metrics.values().forEach(scope::addMetrics);
        return Optional.of(ResourceMetrics.newBuilder()
                .setResource(resource)
                .addScopeMetrics(scope)
                .build());
    }
}
