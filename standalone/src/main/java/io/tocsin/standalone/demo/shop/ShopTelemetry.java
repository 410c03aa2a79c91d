package io.tocsin.standalone.demo.shop;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.UUID;

/** The real OpenTelemetry Java SDK, set up as an application would: OTLP over HTTP, all three signals. */
final class ShopTelemetry {

    /** Shorter than an SDK's default of a minute, so that the demo does not take an hour. */
    private static final Duration EXPORT_INTERVAL = Duration.ofSeconds(1);

    private ShopTelemetry() {}

    /** An SDK that exports to {@code otlp}, for example {@code http://127.0.0.1:4318}. */
    static OpenTelemetrySdk start(String service, String version, URI otlp) {
        Resource resource = Resource.getDefault().merge(Resource.create(identity(service, version)));
        SdkTracerProvider traces = SdkTracerProvider.builder()
                .setResource(resource)
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(otlp + "/v1/traces")
                                .setCompression("gzip")
                                .build())
                        .setScheduleDelay(Duration.ofMillis(500))
                        .build())
                .build();
        SdkMeterProvider metrics = SdkMeterProvider.builder()
                .setResource(resource)
                .registerMetricReader(PeriodicMetricReader.builder(OtlpHttpMetricExporter.builder()
                                .setEndpoint(otlp + "/v1/metrics")
                                .setCompression("gzip")
                                .build())
                        .setInterval(EXPORT_INTERVAL)
                        .build())
                .build();
        SdkLoggerProvider logs = SdkLoggerProvider.builder()
                .setResource(resource)
                .addLogRecordProcessor(BatchLogRecordProcessor.builder(OtlpHttpLogRecordExporter.builder()
                                .setEndpoint(otlp + "/v1/logs")
                                .build())
                        .build())
                .build();
        return OpenTelemetrySdk.builder()
                .setTracerProvider(traces)
                .setMeterProvider(metrics)
                .setLoggerProvider(logs)
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
    }

    // As SDKs do it: a new instance id at every start.
    private static Attributes identity(String service, String version) {
        return Attributes.builder()
                .put(AttributeKey.stringKey("service.name"), service)
                .put(AttributeKey.stringKey("service.version"), version)
                .put(
                        AttributeKey.stringKey("service.instance.id"),
                        UUID.randomUUID().toString())
                .put(AttributeKey.stringKey("host.name"), hostName())
                .build();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** Meters of the process itself: heap used and its limit, bytes. */
    static void observeMemory(OpenTelemetry telemetry) {
        var meter = telemetry.getMeter("io.tocsin.demo.runtime");
        Runtime runtime = Runtime.getRuntime();
        meter.gaugeBuilder("jvm.memory.used")
                .ofLongs()
                .setUnit("By")
                .buildWithCallback(m -> m.record(runtime.totalMemory() - runtime.freeMemory()));
        meter.gaugeBuilder("jvm.memory.limit")
                .ofLongs()
                .setUnit("By")
                .buildWithCallback(m -> m.record(runtime.maxMemory()));
    }
}
