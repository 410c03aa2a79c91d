package io.tocsin.standalone.cli;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tocsin send}: one metric, one span and one log record, by the real OpenTelemetry SDK. */
@Command(
        name = "send",
        description = "Sends a gauge, a span and a log record over OTLP, to see that they arrive.",
        mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {

    private static final int FLUSH_SECONDS = 10;

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    @Option(names = "--endpoint", description = "OTLP over HTTP (default: the instance's).")
    private @Nullable String endpoint;

    @Option(names = "--service", description = "service.name (default: ${DEFAULT-VALUE}).")
    private String service = "tocsin-send";

    @Option(names = "--metric", description = "Name of the gauge (default: ${DEFAULT-VALUE}).")
    private String metric = "tocsin.send";

    @Option(names = "--value", description = "Value of the gauge (default: ${DEFAULT-VALUE}).")
    private double value = 1;

    @Option(names = "--attribute", description = "key=value of the data point; may be repeated.")
    private Map<String, String> attributes = new LinkedHashMap<>();

    @Override
    public Integer call() {
        String address =
                endpoint == null ? "http://127.0.0.1:" + instance.ports().http() : endpoint;
        try (OpenTelemetrySdk sdk = sdk(address)) {
            boolean delivered = send(sdk);
            System.out.println(
                    delivered
                            ? "delivered a gauge, a span and a log record of " + service + " to " + address
                            : "not everything was accepted by " + address + "; see the messages above");
            return delivered ? 0 : 1;
        }
    }

    private boolean send(OpenTelemetrySdk sdk) {
        AttributesBuilder point = Attributes.builder();
        attributes.forEach((key, text) -> point.put(AttributeKey.stringKey(key), text));
        var _ = sdk.getMeter("tocsin").gaugeBuilder(metric).buildWithCallback(m -> m.record(value, point.build()));
        sdk.getTracer("tocsin").spanBuilder("tocsin send").startSpan().end();
        sdk.getLogsBridge()
                .get("tocsin")
                .logRecordBuilder()
                .setSeverity(Severity.INFO)
                .setBody("sent by tocsin send")
                .emit();
        CompletableResultCode all = CompletableResultCode.ofAll(java.util.List.of(
                sdk.getSdkMeterProvider().forceFlush(),
                sdk.getSdkTracerProvider().forceFlush(),
                sdk.getSdkLoggerProvider().forceFlush()));
        return all.join(FLUSH_SECONDS, TimeUnit.SECONDS).isSuccess();
    }

    private OpenTelemetrySdk sdk(String address) {
        Resource resource = Resource.getDefault()
                .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service)));
        return OpenTelemetrySdk.builder()
                .setMeterProvider(SdkMeterProvider.builder()
                        .setResource(resource)
                        .registerMetricReader(PeriodicMetricReader.create(OtlpHttpMetricExporter.builder()
                                .setEndpoint(address + "/v1/metrics")
                                .build()))
                        .build())
                .setTracerProvider(SdkTracerProvider.builder()
                        .setResource(resource)
                        .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                        .setEndpoint(address + "/v1/traces")
                                        .build())
                                .build())
                        .build())
                .setLoggerProvider(SdkLoggerProvider.builder()
                        .setResource(resource)
                        .addLogRecordProcessor(BatchLogRecordProcessor.builder(OtlpHttpLogRecordExporter.builder()
                                        .setEndpoint(address + "/v1/logs")
                                        .build())
                                .build())
                        .build())
                .build();
    }
}
