package io.tocsin.runtime.telemetry;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.annotation.PreDestroy;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Optional;

/** Sends a module's metrics by the OpenTelemetry SDK, as any other application would. */
@Context
final class SelfTelemetry {

    private final Optional<SdkMeterProvider> meters;

    SelfTelemetry(
            TelemetrySettings settings,
            PrometheusRegistry registry,
            @Property(name = "micronaut.application.name", defaultValue = "tocsin") String service) {
        meters = settings.target().map(target -> start(settings, target, registry, service));
    }

    private static SdkMeterProvider start(
            TelemetrySettings settings, URI target, PrometheusRegistry registry, String service) {
        OtlpHttpMetricExporterBuilder exporter = OtlpHttpMetricExporter.builder()
                .setEndpoint(target + "/v1/metrics")
                .setCompression("gzip");
        if (settings.token() != null) {
            exporter.addHeader("Authorization", "Bearer " + settings.token());
        }
        return SdkMeterProvider.builder()
                .setResource(Resource.create(identity(settings, service)))
                .registerMetricProducer(new RegistryProducer(registry, InstantSource.system()))
                .registerMetricReader(PeriodicMetricReader.builder(exporter.build())
                        .setInterval(settings.interval())
                        .build())
                .build();
    }

    private static Attributes identity(TelemetrySettings settings, String service) {
        String host = hostName();
        String instance = settings.instance() == null ? host : settings.instance();
        return Attributes.of(
                AttributeKey.stringKey("service.name"), service,
                AttributeKey.stringKey("service.instance.id"), instance,
                AttributeKey.stringKey("host.name"), host);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    @PreDestroy
    void close() {
        meters.ifPresent(SdkMeterProvider::close);
    }
}
