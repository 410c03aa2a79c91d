package io.tocsin.collector;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tocsin.collector.otlp.Signal;
import java.util.Arrays;
import java.util.HexFormat;

/** Requests of each signal, one resource per service name. */
public final class Telemetry {

    public static final String TRACE_ID = "5b8efff798038103d269b633813fc60c";
    public static final String SPAN_ID = "eee19b7ec3c1b174";

    private Telemetry() {}

    /** A request of one signal with one resource per service. */
    public static Message request(Signal signal, String... services) {
        return switch (signal) {
            case METRICS ->
                ExportMetricsServiceRequest.newBuilder()
                        .addAllResourceMetrics(
                                Arrays.stream(services).map(Telemetry::metrics).toList())
                        .build();
            case TRACES ->
                ExportTraceServiceRequest.newBuilder()
                        .addAllResourceSpans(
                                Arrays.stream(services).map(Telemetry::spans).toList())
                        .build();
            case LOGS ->
                ExportLogsServiceRequest.newBuilder()
                        .addAllResourceLogs(
                                Arrays.stream(services).map(Telemetry::logs).toList())
                        .build();
        };
    }

    /** A resource with a service name and an instance; nothing at all when the name is empty. */
    public static Resource resource(String service) {
        return service.isEmpty()
                ? Resource.getDefaultInstance()
                : Resource.newBuilder()
                        .addAttributes(attribute("service.name", service))
                        .addAttributes(attribute("service.instance.id", service + "-0"))
                        .build();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static ResourceMetrics metrics(String service) {
        NumberDataPoint point = NumberDataPoint.newBuilder()
                .setTimeUnixNano(1_700_000_000_000_000_001L)
                .setAsInt(Long.MAX_VALUE)
                .build();
        return ResourceMetrics.newBuilder()
                .setResource(resource(service))
                .addScopeMetrics(ScopeMetrics.newBuilder()
                        .addMetrics(Metric.newBuilder()
                                .setName("queue.depth")
                                .setGauge(Gauge.newBuilder().addDataPoints(point))))
                .build();
    }

    private static ResourceSpans spans(String service) {
        return ResourceSpans.newBuilder()
                .setResource(resource(service))
                .addScopeSpans(ScopeSpans.newBuilder()
                        .addSpans(Span.newBuilder()
                                .setTraceId(hex(TRACE_ID))
                                .setSpanId(hex(SPAN_ID))
                                .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                                .setName("GET /")))
                .build();
    }

    private static ResourceLogs logs(String service) {
        return ResourceLogs.newBuilder()
                .setResource(resource(service))
                .addScopeLogs(ScopeLogs.newBuilder()
                        .addLogRecords(LogRecord.newBuilder()
                                .setTimeUnixNano(1_700_000_000_000_000_001L)
                                .setTraceId(hex(TRACE_ID))
                                .setBody(AnyValue.newBuilder().setStringValue("it burns"))))
                .build();
    }

    public static ByteString hex(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    /** Where the signal is POSTed. */
    public static String path(Signal signal) {
        return switch (signal) {
            case METRICS -> "/v1/metrics";
            case TRACES -> "/v1/traces";
            case LOGS -> "/v1/logs";
        };
    }

    /** The full name of the signal's service, as opentelemetry-proto defines it. */
    public static String service(Signal signal) {
        return switch (signal) {
            case METRICS -> "opentelemetry.proto.collector.metrics.v1.MetricsService";
            case TRACES -> "opentelemetry.proto.collector.trace.v1.TraceService";
            case LOGS -> "opentelemetry.proto.collector.logs.v1.LogsService";
        };
    }
}
