package io.tocsin.contracts;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Who sent telemetry, as Prometheus maps OTLP: {@code job} is {@code service.namespace/service.name}, {@code instance}
 * is {@code service.instance.id}; without one, the pod's uid, or host and process id.
 *
 * @param job the job label, never empty
 * @param instance the instance label; empty when the resource says nothing that could tell instances apart
 * @see <a href="https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/">the mapping</a>
 */
public record TargetIdentity(String job, String instance) {

    private static final String UNKNOWN_SERVICE = "unknown_service";
    private static final char SEPARATOR = '\u0000';

    public TargetIdentity {
        if (job.isEmpty()) {
            throw new IllegalArgumentException("a target needs a job");
        }
    }

    /** The identity that a resource stands for. */
    public static TargetIdentity of(Resource resource) {
        List<KeyValue> attributes = resource.getAttributesList();
        String name = text(attributes, "service.name");
        String namespace = text(attributes, "service.namespace");
        String service = name.isEmpty() ? UNKNOWN_SERVICE : name;
        return new TargetIdentity(namespace.isEmpty() ? service : namespace + "/" + service, instance(attributes));
    }

    private static String instance(List<KeyValue> attributes) {
        String id = text(attributes, "service.instance.id");
        if (!id.isEmpty()) {
            return id;
        }
        String pod = text(attributes, "k8s.pod.uid");
        if (!pod.isEmpty()) {
            return pod;
        }
        String host = text(attributes, "host.name");
        String process = text(attributes, "process.pid");
        return process.isEmpty() ? host : host + ":" + process;
    }

    /** The record key: job and instance, UTF-8, separated by a zero byte. */
    public byte[] key() {
        return (job + SEPARATOR + instance).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The value of a resource attribute as text.
     *
     * @return the text, or "" when the attribute is absent or not a scalar
     */
    public static String text(List<KeyValue> attributes, String key) {
        for (KeyValue attribute : attributes) {
            if (attribute.getKey().equals(key)) {
                return text(attribute.getValue());
            }
        }
        return "";
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> Long.toString(value.getIntValue());
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case BYTES_VALUE, ARRAY_VALUE, KVLIST_VALUE, STRING_VALUE_STRINDEX, VALUE_NOT_SET -> "";
        };
    }
}
