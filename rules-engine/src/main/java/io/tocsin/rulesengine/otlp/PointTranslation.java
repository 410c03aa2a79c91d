package io.tocsin.rulesengine.otlp;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.GoFloat;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;
import io.tocsin.rulesengine.otlp.MetricTranslation.Family;
import java.util.List;

/** Translates the data points of one scope. */
final class PointTranslation {

    private static final long NS_PER_MS = 1_000_000;

    private final OtlpOptions options;
    private final PointLabels labels;
    private final Labels around;
    private final DeltaAccumulation deltas;
    private final Emission out;

    /** The labels of a point's series but for the metric name. */
    interface PointLabels {
        Labels ofPoint(Labels around, List<KeyValue> attributes) throws NameException;
    }

    PointTranslation(OtlpOptions options, PointLabels labels, Labels around, DeltaTotals totals, Emission out) {
        this.options = options;
        this.labels = labels;
        this.around = around;
        this.deltas = new DeltaAccumulation(totals, out);
        this.out = out;
    }

    void translate(Metric metric, Family family) {
        switch (metric.getDataCase()) {
            case GAUGE -> metric.getGauge().getDataPointsList().forEach(p -> guarded(family, () -> gauge(p, family)));
            case SUM -> {
                boolean delta = isDelta(metric.getSum().getAggregationTemporality());
                if (temporality(metric.getSum().getAggregationTemporality(), metric)) {
                    metric.getSum().getDataPointsList().forEach(p -> guarded(family, () -> sum(p, family, delta)));
                }
            }
            case HISTOGRAM -> {
                boolean delta = isDelta(metric.getHistogram().getAggregationTemporality());
                if (temporality(metric.getHistogram().getAggregationTemporality(), metric)) {
                    metric.getHistogram()
                            .getDataPointsList()
                            .forEach(p -> guarded(family, () -> histogram(p, family, delta)));
                }
            }
            case EXPONENTIAL_HISTOGRAM -> {
                boolean delta = isDelta(metric.getExponentialHistogram().getAggregationTemporality());
                if (temporality(metric.getExponentialHistogram().getAggregationTemporality(), metric)) {
                    metric.getExponentialHistogram()
                            .getDataPointsList()
                            .forEach(p -> guarded(family, () -> exponential(p, family, delta)));
                }
            }
            case SUMMARY ->
                metric.getSummary().getDataPointsList().forEach(p -> guarded(family, () -> summary(p, family)));
            case DATA_NOT_SET -> out.drop(DropReason.UNKNOWN_KIND, metric.getName());
        }
    }

    private interface Point {
        void translate() throws NameException;
    }

    private void guarded(Family family, Point point) {
        try {
            point.translate();
        } catch (NameException e) {
            out.drop(DropReason.BAD_NAME, family.name() + ": " + e.getMessage());
        }
    }

    private static boolean isDelta(AggregationTemporality temporality) {
        return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    }

    private boolean temporality(AggregationTemporality temporality, Metric metric) {
        return switch (temporality) {
            case AGGREGATION_TEMPORALITY_CUMULATIVE, AGGREGATION_TEMPORALITY_DELTA -> true;
            case AGGREGATION_TEMPORALITY_UNSPECIFIED, UNRECOGNIZED -> {
                out.drop(DropReason.UNSPECIFIED_TEMPORALITY, metric.getName());
                yield false;
            }
        };
    }

    private void gauge(NumberDataPoint point, Family family) throws NameException {
        if (usable(point, family)) {
            out.sample(series(point.getAttributesList(), family, ""), ms(point.getTimeUnixNano()), value(point), 0);
        }
    }

    private void sum(NumberDataPoint point, Family family, boolean delta) throws NameException {
        if (!usable(point, family)) {
            return;
        }
        Labels series = series(point.getAttributesList(), family, "");
        boolean monotonic = family.kind() == MetricKind.MONOTONIC_COUNTER;
        if (delta && !isStale(point.getFlags())) {
            deltas.number(series, point.getStartTimeUnixNano(), point.getTimeUnixNano(), value(point), monotonic);
        } else {
            long start = monotonic ? ms(point.getStartTimeUnixNano()) : 0;
            out.sample(series, ms(point.getTimeUnixNano()), value(point), start);
        }
    }

    private boolean usable(NumberDataPoint point, Family family) {
        boolean hasValue = point.getValueCase() != NumberDataPoint.ValueCase.VALUE_NOT_SET;
        if (!hasValue && !isStale(point.getFlags())) {
            out.drop(DropReason.NO_VALUE, family.name());
            return false;
        }
        return timed(point.getTimeUnixNano(), family);
    }

    private static double value(NumberDataPoint point) {
        if (isStale(point.getFlags())) {
            return StaleNaN.VALUE;
        }
        return switch (point.getValueCase()) {
            case AS_DOUBLE -> point.getAsDouble();
            case AS_INT -> point.getAsInt();
            case VALUE_NOT_SET -> throw new IllegalStateException("a point without value passed the check");
        };
    }

    private void histogram(HistogramDataPoint point, Family family, boolean delta) throws NameException {
        if (!timed(point.getTimeUnixNano(), family)) {
            return;
        }
        if (!ClassicPoint.isWellFormed(point)) {
            out.drop(DropReason.MALFORMED_HISTOGRAM, family.name());
            return;
        }
        ClassicPoint value = ClassicPoint.of(point);
        ClassicSeries series = classicSeries(point, family, value);
        if (isStale(point.getFlags())) {
            series.stale(ms(point.getTimeUnixNano()), out);
        } else if (delta) {
            deltas.classic(series, point.getStartTimeUnixNano(), point.getTimeUnixNano(), value);
        } else {
            series.emit(value, ms(point.getTimeUnixNano()), ms(point.getStartTimeUnixNano()), out);
        }
    }

    private ClassicSeries classicSeries(HistogramDataPoint point, Family family, ClassicPoint value)
            throws NameException {
        Labels base = series(point.getAttributesList(), family, "");
        return new ClassicSeries(base, value.bounds(), options.nativeCustomBuckets());
    }

    private void exponential(ExponentialHistogramDataPoint point, Family family, boolean delta) throws NameException {
        if (!timed(point.getTimeUnixNano(), family)) {
            return;
        }
        Labels series = series(point.getAttributesList(), family, "");
        long at = ms(point.getTimeUnixNano());
        if (isStale(point.getFlags())) {
            out.histogram(series, at, FloatHistogram.stale(), ms(point.getStartTimeUnixNano()));
        } else if (point.getScale() < NativePoint.COARSEST_SCALE) {
            out.drop(DropReason.SCALE_TOO_COARSE, family.name() + ": scale " + point.getScale());
        } else if (!NativePoint.isWellFormed(point)) {
            out.drop(DropReason.MALFORMED_HISTOGRAM, family.name());
        } else if (delta) {
            deltas.exponential(series, point.getStartTimeUnixNano(), point.getTimeUnixNano(), NativePoint.of(point));
        } else {
            out.histogram(series, at, NativePoint.of(point), ms(point.getStartTimeUnixNano()));
        }
    }

    private void summary(SummaryDataPoint point, Family family) throws NameException {
        if (!timed(point.getTimeUnixNano(), family)) {
            return;
        }
        long at = ms(point.getTimeUnixNano());
        long start = ms(point.getStartTimeUnixNano());
        boolean stale = isStale(point.getFlags());
        Labels base = series(point.getAttributesList(), family, "");
        String name = base.metricName();
        out.sample(base.with(Labels.METRIC_NAME, name + "_sum"), at, stale ? StaleNaN.VALUE : point.getSum(), start);
        double count = stale ? StaleNaN.VALUE : Unsigned.toDouble(point.getCount());
        out.sample(base.with(Labels.METRIC_NAME, name + "_count"), at, count, start);
        for (SummaryDataPoint.ValueAtQuantile quantile : point.getQuantileValuesList()) {
            Labels series = base.with("quantile", GoFloat.format(quantile.getQuantile()));
            out.sample(series, at, stale ? StaleNaN.VALUE : quantile.getValue(), start);
        }
    }

    private Labels series(List<KeyValue> attributes, Family family, String suffix) throws NameException {
        Labels.Builder series =
                labels.ofPoint(around, attributes).toBuilder().set(Labels.METRIC_NAME, family.name() + suffix);
        if (options.typeAndUnitLabels()) {
            if (family.kind() != MetricKind.UNKNOWN) {
                series.set("__type__", family.kind().prometheusType());
            }
            series.set("__unit__", family.unit());
        }
        return series.build();
    }

    private boolean timed(long timeNs, Family family) {
        if (timeNs <= 0) {
            out.drop(DropReason.NO_TIME, family.name());
            return false;
        }
        out.saw(ms(timeNs));
        return true;
    }

    private static boolean isStale(int flags) {
        return (flags & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) != 0;
    }

    private static long ms(long ns) {
        return ns / NS_PER_MS;
    }
}
