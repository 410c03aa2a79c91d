package io.tocsin.benchmarks.chaos;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
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

/** What the targets of the fleets report: the gauge {@code chaos.temperature}, the counter {@code chaos.work}. */
final class ChaosReport {

    /** How many targets a service has. */
    static final int INSTANCES = 5;

    private ChaosReport() {}

    /** Who a target is. */
    static Resource resource(int target) {
        return Resource.newBuilder()
                .addAttributes(attribute("service.name", "service-" + target / INSTANCES))
                .addAttributes(attribute("service.instance.id", "i" + target % INSTANCES))
                .build();
    }

    /** A report of a target at a time. */
    static byte[] of(Resource resource, long atMs, double temperature, long work) {
        long nanos = atMs * 1_000_000;
        Gauge.Builder gauge = Gauge.newBuilder()
                .addDataPoints(
                        NumberDataPoint.newBuilder().setTimeUnixNano(nanos).setAsDouble(temperature));
        Sum.Builder sum = Sum.newBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                .addDataPoints(
                        NumberDataPoint.newBuilder().setTimeUnixNano(nanos).setAsInt(work));
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(resource)
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .addMetrics(Metric.newBuilder()
                                        .setName("chaos.temperature")
                                        .setGauge(gauge))
                                .addMetrics(Metric.newBuilder()
                                        .setName("chaos.work")
                                        .setSum(sum))))
                .build()
                .toByteArray();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
