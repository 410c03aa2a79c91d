package io.tocsin.rulesengine.otlp;

import java.util.List;

/**
 * How OTLP is translated.
 *
 * @param namespace prefix of metric names, or empty
 * @param strategy how names are translated
 * @param promoted resource attributes that become labels of every series; a trailing {@code *} stands for any end
 * @param promoteScope whether the instrumentation scope becomes {@code otel_scope_…} labels
 * @param typeAndUnitLabels whether series carry {@code __type__} and {@code __unit__}
 * @param nativeCustomBuckets whether classic histograms become native ones with custom buckets instead of
 *     {@code _bucket}, {@code _sum} and {@code _count} series
 * @param targetInfoStepMs samples of {@code target_info} are at most this far apart within one request, milliseconds
 */
public record OtlpOptions(
        String namespace,
        TranslationStrategy strategy,
        List<String> promoted,
        boolean promoteScope,
        boolean typeAndUnitLabels,
        boolean nativeCustomBuckets,
        long targetInfoStepMs) {

    /** The attributes that topology and routing need. */
    public static final List<String> ROUTING_ATTRIBUTES = List.of(
            "service.name",
            "service.namespace",
            "service.version",
            "host.name",
            "k8s.*",
            "deployment.environment.name",
            "cloud.availability_zone");

    /** Prometheus' names, routing attributes promoted, classic histograms. */
    public static final OtlpOptions DEFAULT = new OtlpOptions(
            "",
            TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES,
            ROUTING_ATTRIBUTES,
            false,
            false,
            false,
            150_000);

    public OtlpOptions {
        promoted = List.copyOf(promoted);
        if (targetInfoStepMs <= 0) {
            throw new IllegalArgumentException("targetInfoStepMs must be positive, got " + targetInfoStepMs);
        }
    }

    /** The same with another strategy. */
    public OtlpOptions with(TranslationStrategy other) {
        return new OtlpOptions(
                namespace, other, promoted, promoteScope, typeAndUnitLabels, nativeCustomBuckets, targetInfoStepMs);
    }

    /** The same for series of a Prometheus: its histograms stay one series each. */
    OtlpOptions ofPrometheus() {
        return new OtlpOptions(namespace, strategy, promoted, promoteScope, typeAndUnitLabels, true, targetInfoStepMs);
    }

    boolean promotes(String attribute) {
        for (String pattern : promoted) {
            if (pattern.endsWith("*")
                    ? attribute.startsWith(pattern.substring(0, pattern.length() - 1))
                    : attribute.equals(pattern)) {
                return true;
            }
        }
        return false;
    }
}
