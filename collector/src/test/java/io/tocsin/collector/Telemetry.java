package io.tocsin.collector;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;

/** Requests of the three signals. */
final class Telemetry {

    private Telemetry() {}

    static Resource resource(String service, String instance) {
        return Resource.newBuilder()
                .addAttributes(attribute("service.name", service))
                .addAttributes(attribute("service.instance.id", instance))
                .build();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    static ResourceMetrics gauge(Resource resource, String name, double value) {
        ResourceMetrics.Builder metrics = ResourceMetrics.newBuilder().setResource(resource);
        metrics.addScopeMetricsBuilder()
                .addMetricsBuilder()
                .setName(name)
                .getGaugeBuilder()
                .addDataPointsBuilder()
                .setTimeUnixNano(1_000)
                .setAsDouble(value);
        return metrics.build();
    }

    static ExportMetricsServiceRequest metrics(String service) {
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(gauge(resource(service, "i-1"), "temperature", 21.5))
                .build();
    }

    static ExportTraceServiceRequest spans(String service) {
        ResourceSpans.Builder spans = ResourceSpans.newBuilder().setResource(resource(service, "i-1"));
        spans.addScopeSpansBuilder()
                .addSpansBuilder()
                .setName("GET /")
                .setTraceId(ByteString.fromHex("5b8efff798038103d269b633813fc60c"))
                .setSpanId(ByteString.fromHex("eee19b7ec3c1b174"));
        return ExportTraceServiceRequest.newBuilder().addResourceSpans(spans).build();
    }

    static ExportLogsServiceRequest logs(String service) {
        ResourceLogs.Builder logs = ResourceLogs.newBuilder().setResource(resource(service, "i-1"));
        logs.addScopeLogsBuilder()
                .addLogRecordsBuilder()
                .setBody(AnyValue.newBuilder().setStringValue("paid"));
        return ExportLogsServiceRequest.newBuilder().addResourceLogs(logs).build();
    }
}
