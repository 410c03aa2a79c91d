package io.tocsin.rulesengine.otlp;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.contracts.PrometheusSeries;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Labels of series: those of their resource (job, instance, promoted attributes), of their scope where that is asked
 * for, and of their point. Attributes that meet on one label are joined with ";", in the order of their names.
 */
public final class SeriesLabels {

    private static final int MAX_CACHED = 4096;
    private static final List<String> IDENTIFYING = List.of("service.namespace", "service.name", "service.instance.id");

    private final OtlpOptions options;
    private final LabelNames names;
    private final Map<String, String> cache = new HashMap<>();

    public SeriesLabels(OtlpOptions options) {
        this.options = options;
        this.names = LabelNames.of(options.strategy());
    }

    /** The labels that every series of a resource has. */
    public Labels ofResource(Resource resource) throws NameException {
        List<KeyValue> promoted = new ArrayList<>();
        for (KeyValue attribute : resource.getAttributesList()) {
            if (options.promotes(attribute.getKey())) {
                promoted.add(attribute);
            }
        }
        return withIdentity(joined(promoted).toBuilder(), resource).build();
    }

    /**
     * The labels of {@code target_info}; empty when the resource says nothing beyond its identity. What is promoted to every
     * series is on this one too, so that rules can group by it.
     */
    Labels ofTargetInfo(Resource resource) throws NameException {
        List<KeyValue> other = new ArrayList<>();
        boolean beyondIdentity = false;
        for (KeyValue attribute : resource.getAttributesList()) {
            boolean identifying = IDENTIFYING.contains(attribute.getKey());
            beyondIdentity |= !identifying;
            if (!identifying || options.promotes(attribute.getKey())) {
                other.add(attribute);
            }
        }
        if (!beyondIdentity) {
            return Labels.EMPTY;
        }
        String name = options.namespace().isEmpty() ? "target_info" : options.namespace() + "_target_info";
        return withIdentity(joined(other).toBuilder(), resource)
                .set(Labels.METRIC_NAME, name)
                .build();
    }

    /** What a resource of a Prometheus says: job and instance as its series had them, and nothing else. */
    static Labels ofPrometheusTarget(Resource resource) {
        List<KeyValue> attributes = resource.getAttributesList();
        return new Labels.Builder(Labels.EMPTY)
                .set(PrometheusSeries.JOB, TargetIdentity.text(attributes, PrometheusSeries.JOB_ATTRIBUTE))
                .set(PrometheusSeries.INSTANCE, TargetIdentity.text(attributes, PrometheusSeries.INSTANCE_ATTRIBUTE))
                .build();
    }

    /** A Prometheus' own labels, as they stand. */
    static Labels ofPrometheusPoint(Labels around, List<KeyValue> attributes) {
        Labels.Builder labels = around.toBuilder();
        for (KeyValue attribute : attributes) {
            labels.set(attribute.getKey(), AttributeText.of(attribute.getValue()));
        }
        return labels.build();
    }

    private static Labels.Builder withIdentity(Labels.Builder labels, Resource resource) {
        TargetIdentity identity = TargetIdentity.of(resource);
        return labels.set("job", identity.job()).set("instance", identity.instance());
    }

    /** The labels of a resource with those of a scope, where scopes are promoted. */
    Labels withScope(Labels resource, InstrumentationScope scope, String schemaUrl) throws NameException {
        if (!options.promoteScope() || scope.getName().isEmpty()) {
            return resource;
        }
        Labels.Builder labels = resource.toBuilder();
        for (KeyValue attribute : scope.getAttributesList()) {
            labels.set(label("otel_scope_" + attribute.getKey()), AttributeText.of(attribute.getValue()));
        }
        return labels.set("otel_scope_name", scope.getName())
                .set("otel_scope_version", scope.getVersion())
                .set("otel_scope_schema_url", schemaUrl)
                .build();
    }

    /**
     * The labels of a point's series but for the metric name. A point's own attribute wins over a promoted one, and the
     * target's identity over both.
     */
    public Labels ofPoint(Labels around, List<KeyValue> attributes) throws NameException {
        if (attributes.isEmpty()) {
            return around;
        }
        Labels own = joined(attributes);
        Labels.Builder labels = around.toBuilder();
        own.forEach((name, value) -> {
            boolean fixed = name.equals("job") || name.equals("instance") || name.startsWith("otel_scope_");
            if (!fixed || around.get(name).isEmpty()) {
                labels.set(name, value);
            }
        });
        return labels.delete(Labels.METRIC_NAME).build();
    }

    private Labels joined(List<KeyValue> attributes) throws NameException {
        Labels.Builder labels = new Labels.Builder(Labels.EMPTY);
        for (KeyValue attribute : sorted(attributes)) {
            String name = label(attribute.getKey());
            String value = AttributeText.of(attribute.getValue());
            String before = labels.get(name);
            labels.set(name, before.isEmpty() ? value : before + ";" + value);
        }
        return labels.build();
    }

    private static List<KeyValue> sorted(List<KeyValue> attributes) {
        if (attributes.size() < 2) {
            return attributes;
        }
        List<KeyValue> sorted = new ArrayList<>(attributes);
        sorted.sort(Comparator.comparing(KeyValue::getKey));
        return sorted;
    }

    private String label(String attribute) throws NameException {
        String known = cache.get(attribute);
        if (known != null) {
            return known;
        }
        String label = names.label(attribute);
        if (cache.size() < MAX_CACHED) {
            cache.put(attribute, label);
        }
        return label;
    }
}
