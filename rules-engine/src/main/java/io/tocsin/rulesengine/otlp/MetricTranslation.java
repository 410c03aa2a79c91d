package io.tocsin.rulesengine.otlp;

import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.contracts.PrometheusSeries;
import io.tocsin.promql.model.Labels;
import java.util.HashMap;
import java.util.Map;

/**
 * Translates the metrics of resources to samples. Keeps nothing but caches of names: what must survive is in the
 * {@link DeltaTotals} of the caller. Not safe for several threads.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/">the rules</a>
 */
public final class MetricTranslation {

    private static final int MAX_CACHED = 4096;
    // What this scope sends has Prometheus' own names already, and keeps them exactly.
    private static final String PROMETHEUS_SCOPE = "prometheusreceiver";

    private final OtlpOptions options;
    private final SeriesLabels labels;
    private final MetricNames names;
    private final MetricNames verbatim;
    private final Map<NameKey, String> cache = new HashMap<>();

    private record NameKey(String name, String unit, MetricKind kind, boolean verbatim) {}

    public MetricTranslation(OtlpOptions options) {
        this.options = options;
        this.labels = new SeriesLabels(options);
        this.names = new MetricNames(options.namespace(), options.strategy());
        this.verbatim = new MetricNames("", TranslationStrategy.NO_TRANSLATION);
    }

    /**
     * Gives every sample of one resource to the sink, in the order of the request.
     *
     * @param totals the state of delta series, read and written
     */
    public Translated translate(ResourceMetrics resource, DeltaTotals totals, SampleSink sink) {
        Emission out = new Emission(sink);
        Labels around;
        try {
            around = labels.ofResource(resource.getResource());
        } catch (NameException e) {
            out.drop(DropReason.BAD_NAME, "resource: " + e.getMessage());
            return out.result();
        }
        for (ScopeMetrics scope : resource.getScopeMetricsList()) {
            if (scope.getScope().getName().equals(PrometheusSeries.SCOPE)) {
                prometheus(scope, resource.getResource(), totals, out);
            } else {
                scope(scope, around, totals, out);
            }
        }
        targetInfo(resource, out);
        return out.result();
    }

    private void prometheus(ScopeMetrics scope, Resource resource, DeltaTotals totals, Emission out) {
        PointTranslation points = new PointTranslation(
                options.ofPrometheus(),
                SeriesLabels::ofPrometheusPoint,
                SeriesLabels.ofPrometheusTarget(resource),
                totals,
                out);
        for (Metric metric : scope.getMetricsList()) {
            metric(metric, true, points, out);
        }
    }

    private void scope(ScopeMetrics scope, Labels resource, DeltaTotals totals, Emission out) {
        boolean isPrometheus = scope.getScope().getName().contains(PROMETHEUS_SCOPE);
        PointTranslation points;
        try {
            Labels around = labels.withScope(resource, scope.getScope(), scope.getSchemaUrl());
            points = new PointTranslation(options, labels::ofPoint, around, totals, out);
        } catch (NameException e) {
            out.drop(DropReason.BAD_NAME, "scope " + scope.getScope().getName() + ": " + e.getMessage());
            return;
        }
        for (Metric metric : scope.getMetricsList()) {
            metric(metric, isPrometheus, points, out);
        }
    }

    private void metric(Metric metric, boolean isPrometheus, PointTranslation points, Emission out) {
        MetricKind kind = MetricKind.of(metric);
        try {
            String family = family(metric, kind, isPrometheus);
            String unit = names.unit(metric.getUnit());
            out.describe(family, kind, unit, metric.getDescription());
            points.translate(metric, new Family(family, kind, unit));
        } catch (NameException e) {
            out.drop(DropReason.BAD_NAME, e.getMessage());
        }
    }

    private String family(Metric metric, MetricKind kind, boolean isPrometheus) throws NameException {
        NameKey key = new NameKey(metric.getName(), metric.getUnit(), kind, isPrometheus);
        String known = cache.get(key);
        if (known != null) {
            return known;
        }
        String family = (isPrometheus ? verbatim : names).family(metric.getName(), metric.getUnit(), kind);
        if (cache.size() < MAX_CACHED) {
            cache.put(key, family);
        }
        return family;
    }

    /** A sample at the first and at the last time of the request, and between so that none is beyond the lookback. */
    private void targetInfo(ResourceMetrics resource, Emission out) {
        if (out.sawNothing()) {
            return;
        }
        try {
            Labels info = labels.ofTargetInfo(resource.getResource());
            if (!info.isEmpty()) {
                long last = out.latestMs();
                for (long at = out.earliestMs(); at < last; at += options.targetInfoStepMs()) {
                    out.sample(info, at, 1, 0);
                }
                out.sample(info, last, 1, 0);
            }
        } catch (NameException e) {
            out.drop(DropReason.BAD_NAME, "target_info: " + e.getMessage());
        }
    }

    /** A metric's name in Prometheus, and what its series may carry as labels. */
    record Family(String name, MetricKind kind, String unit) {}
}
