package io.tocsin.collector.probe;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Findings as OTLP. A target is a resource of its own: the probe's name is its service, the address its instance. Gauges carry
 * no unit, so that a translation to Prometheus leaves their names as they are.
 */
public final class ProbeMetrics {

    private static final String SCOPE = "io.tocsin.probe";
    private static final long NANOS = 1_000_000_000L;

    private ProbeMetrics() {}

    /**
     * One run of one target.
     *
     * @param prober who looked
     * @param took time of the whole run
     * @param at the end of the run
     */
    public static ResourceMetrics of(ProbeTarget target, String prober, Outcome outcome, Duration took, Instant at) {
        List<Gauge> gauges = new ArrayList<>();
        gauges.add(Gauge.of("probe_success", outcome.verdict().passed()));
        gauges.add(Gauge.of("probe_duration_seconds", took.toNanos() / 1e9));
        gauges.add(Gauge.of("probe_timeout_seconds", target.probe().timeout().toNanos() / 1e9));
        gauges.addAll(outcome.gauges());
        if (outcome.verdict() instanceof Verdict.Failed failed) {
            gauges.add(Gauge.of("probe_failure_info", "reason", failed.reason().label(), 1));
        }
        Map<String, String> around = new TreeMap<>(target.labels());
        around.put("prober", prober);
        target.probe().service().ifPresent(service -> around.put("service_name", service));
        return resource(resource(target), gauges, around, at);
    }

    /**
     * The targets that should report, as {@code tocsin_expected_target}.
     *
     * @param prober who says so
     * @param expected labels of each
     */
    public static ResourceMetrics ofExpected(List<Map<String, String>> expected, String prober, Instant at) {
        List<Gauge> gauges = expected.stream()
                .map(labels -> new Gauge("tocsin_expected_target", new TreeMap<>(labels), 1))
                .toList();
        Resource resource = Resource.newBuilder()
                .addAttributes(attribute("service.name", "tocsin-expected"))
                .addAttributes(attribute("service.instance.id", prober))
                .build();
        return resource(resource, gauges, Map.of("prober", prober), at);
    }

    private static Resource resource(ProbeTarget target) {
        Resource.Builder resource = Resource.newBuilder()
                .addAttributes(attribute("service.name", target.probe().name()))
                .addAttributes(attribute("service.instance.id", target.address()));
        target.probe()
                .environment()
                .ifPresent(name -> resource.addAttributes(attribute("deployment.environment.name", name)));
        return resource.build();
    }

    private static ResourceMetrics resource(
            Resource resource, List<Gauge> gauges, Map<String, String> around, Instant at) {
        Map<String, Metric.Builder> metrics = new LinkedHashMap<>();
        for (Gauge gauge : gauges) {
            metrics.computeIfAbsent(gauge.name(), name -> Metric.newBuilder().setName(name))
                    .getGaugeBuilder()
                    .addDataPoints(point(gauge, around, at));
        }
        ScopeMetrics.Builder scope = ScopeMetrics.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName(SCOPE));
        metrics.values().forEach(scope::addMetrics);
        return ResourceMetrics.newBuilder()
                .setResource(resource)
                .addScopeMetrics(scope)
                .build();
    }

    private static NumberDataPoint point(Gauge gauge, Map<String, String> around, Instant at) {
        Map<String, String> labels = new TreeMap<>(around);
        labels.putAll(gauge.labels());
        NumberDataPoint.Builder point = NumberDataPoint.newBuilder()
                .setTimeUnixNano(at.getEpochSecond() * NANOS + at.getNano())
                .setAsDouble(gauge.value());
        labels.forEach((name, value) -> point.addAttributes(attribute(name, value)));
        return point.build();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
