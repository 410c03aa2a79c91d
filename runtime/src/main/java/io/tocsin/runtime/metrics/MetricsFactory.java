package io.tocsin.runtime.metrics;

import io.micronaut.context.annotation.Factory;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.inject.Singleton;

/** A registry of its own for each module, so that several in one JVM do not meet; with memory, threads and collections of the JVM. */
@Factory
final class MetricsFactory {

    @Singleton
    PrometheusRegistry registry() {
        PrometheusRegistry registry = new PrometheusRegistry();
        JvmMetrics.builder().register(registry);
        return registry;
    }
}
