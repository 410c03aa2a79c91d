package io.tocsin.benchmarks.engine;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.SplittableRandom;

/**
 * Targets of {@value #SERIES_PER_TARGET} series each, as services look: 40 counters, 30 gauges with two decimals, two
 * classic histograms of 13 buckets. Healthy: no rule of {@link RulePack} fires on them.
 */
final class Fleet implements Senders {

    static final int SERIES_PER_TARGET = 100;
    static final int FAMILIES = 10;
    static final int ZONES = 20;

    private static final int COUNTERS_PER_FAMILY = 4;
    private static final int GAUGES_PER_FAMILY = 3;
    private static final int HISTOGRAMS = 2;
    private static final double[] BOUNDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 7.5, 10};
    private static final int TARGETS_PER_JOB = 20;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Target[] targets;

    Fleet(int count, long seed) {
        targets = new Target[count];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            targets[i] = new Target(i, random.split());
        }
    }

    @Override
    public int size() {
        return targets.length;
    }

    @Override
    public Resource resource(int target) {
        return targets[target].resource;
    }

    @Override
    public byte[] report(int target, long atMs) {
        return targets[target].report(atMs * NANOS_PER_MILLI);
    }

    private static final class Target {
        private final Resource resource;
        private final String zone;
        private final SplittableRandom random;
        private final long[] counters = new long[FAMILIES * COUNTERS_PER_FAMILY];
        private final double[] gauges = new double[FAMILIES * GAUGES_PER_FAMILY];
        private final long[][] buckets = new long[HISTOGRAMS][BOUNDS.length + 1];
        private final double[] sums = new double[HISTOGRAMS];
        private long startNanos;

        Target(int number, SplittableRandom random) {
            this.random = random;
            this.zone = "z" + number % ZONES;
            this.resource = Resource.newBuilder()
                    .addAttributes(attribute("service.name", "service-" + number / TARGETS_PER_JOB))
                    .addAttributes(attribute("service.instance.id", "i" + number % TARGETS_PER_JOB))
                    .build();
            for (int i = 0; i < gauges.length; i++) {
                gauges[i] = 50;
            }
        }

        byte[] report(long nanos) {
            startNanos = startNanos == 0 ? nanos : startNanos;
            ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
            for (int family = 0; family < FAMILIES; family++) {
                scope.addMetrics(counters(family, nanos)).addMetrics(gauges(family, nanos));
            }
            for (int histogram = 0; histogram < HISTOGRAMS; histogram++) {
                scope.addMetrics(histogram(histogram, nanos));
            }
            return ExportMetricsServiceRequest.newBuilder()
                    .addResourceMetrics(
                            ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(scope))
                    .build()
                    .toByteArray();
        }

        private Metric counters(int family, long nanos) {
            Sum.Builder sum = Sum.newBuilder()
                    .setIsMonotonic(true)
                    .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
            for (int i = 0; i < COUNTERS_PER_FAMILY; i++) {
                int index = family * COUNTERS_PER_FAMILY + i;
                counters[index] += random.nextInt(200);
                sum.addDataPoints(
                        point(nanos, i).setStartTimeUnixNano(startNanos).setAsInt(counters[index]));
            }
            return Metric.newBuilder()
                    .setName("bench.work." + family)
                    .setSum(sum)
                    .build();
        }

        private Metric gauges(int family, long nanos) {
            Gauge.Builder gauge = Gauge.newBuilder();
            for (int i = 0; i < GAUGES_PER_FAMILY; i++) {
                int index = family * GAUGES_PER_FAMILY + i;
                double next = gauges[index] + random.nextInt(-50, 51) / 100.0;
                gauges[index] = Math.round(Math.clamp(next, 10, 90) * 100) / 100.0;
                gauge.addDataPoints(point(nanos, i).setAsDouble(gauges[index]));
            }
            return Metric.newBuilder()
                    .setName("bench.level." + family)
                    .setGauge(gauge)
                    .build();
        }

        private Metric histogram(int number, long nanos) {
            HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder()
                    .setTimeUnixNano(nanos)
                    .setStartTimeUnixNano(startNanos)
                    .addAttributes(attribute("zone", zone));
            long count = 0;
            for (int i = 0; i <= BOUNDS.length; i++) {
                int typical = i < 8 ? 20 >> Math.abs(i - 4) : 0;
                buckets[number][i] += typical == 0 ? 0 : random.nextInt(typical + 1);
                count += buckets[number][i];
                point.addBucketCounts(buckets[number][i]);
                if (i < BOUNDS.length) {
                    point.addExplicitBounds(BOUNDS[i]);
                }
            }
            sums[number] += random.nextInt(1_000) / 1_000.0;
            point.setCount(count).setSum(sums[number]);
            return Metric.newBuilder()
                    .setName("bench.duration." + number)
                    .setHistogram(Histogram.newBuilder()
                            .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                            .addDataPoints(point))
                    .build();
        }

        private NumberDataPoint.Builder point(long nanos, int part) {
            return NumberDataPoint.newBuilder()
                    .setTimeUnixNano(nanos)
                    .addAttributes(attribute("zone", zone))
                    .addAttributes(attribute("part", "p" + part));
        }
    }

    static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
