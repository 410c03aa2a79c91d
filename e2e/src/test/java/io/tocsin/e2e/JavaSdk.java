package io.tocsin.e2e;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.concurrent.TimeUnit;

/** The stock Java SDK: one span, one counter and one log record. */
final class JavaSdk {

    private static final int SECONDS = 30;
    private static final AttributeKey<String> MARKER = AttributeKey.stringKey("marker");

    private final SpanExporter spans;
    private final MetricExporter metrics;
    private final LogRecordExporter logs;

    private JavaSdk(SpanExporter spans, MetricExporter metrics, LogRecordExporter logs) {
        this.spans = spans;
        this.metrics = metrics;
        this.logs = logs;
    }

    static JavaSdk overGrpc(String endpoint) {
        return new JavaSdk(
                OtlpGrpcSpanExporter.builder().setEndpoint(endpoint).build(),
                OtlpGrpcMetricExporter.builder().setEndpoint(endpoint).build(),
                OtlpGrpcLogRecordExporter.builder().setEndpoint(endpoint).build());
    }

    static JavaSdk overHttp(String endpoint) {
        return new JavaSdk(
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(endpoint + "/v1/traces")
                        .setCompression("gzip")
                        .build(),
                OtlpHttpMetricExporter.builder()
                        .setEndpoint(endpoint + "/v1/metrics")
                        .setCompression("gzip")
                        .build(),
                OtlpHttpLogRecordExporter.builder()
                        .setEndpoint(endpoint + "/v1/logs")
                        .setCompression("gzip")
                        .build());
    }

    /** Whether all three exports were taken. */
    boolean send(String marker) {
        Resource resource = Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), marker));
        Attributes attributes = Attributes.of(MARKER, marker);
        try (SdkTracerProvider tracers = SdkTracerProvider.builder()
                        .setResource(resource)
                        .addSpanProcessor(BatchSpanProcessor.builder(spans).build())
                        .build();
                SdkMeterProvider meters = SdkMeterProvider.builder()
                        .setResource(resource)
                        .registerMetricReader(
                                PeriodicMetricReader.builder(metrics).build())
                        .build();
                SdkLoggerProvider loggers = SdkLoggerProvider.builder()
                        .setResource(resource)
                        .addLogRecordProcessor(
                                BatchLogRecordProcessor.builder(logs).build())
                        .build()) {
            tracers.get("e2e")
                    .spanBuilder("span " + marker)
                    .setAllAttributes(attributes)
                    .startSpan()
                    .end();
            meters.get("e2e").counterBuilder("e2e.calls").build().add(3, attributes);
            loggers.get("e2e")
                    .logRecordBuilder()
                    .setSeverity(Severity.WARN)
                    .setBody("log " + marker)
                    .setAllAttributes(attributes)
                    .emit();
            return well(tracers.forceFlush()) & well(meters.forceFlush()) & well(loggers.forceFlush());
        }
    }

    private static boolean well(CompletableResultCode result) {
        return result.join(SECONDS, TimeUnit.SECONDS).isSuccess();
    }
}
