package io.tocsin.e2e;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.tocsin.contracts.Topics;
import io.tocsin.e2e.TocsinProcess.Await;
import java.time.Duration;

/** Whether what the small programs send stands in Kafka, as any consumer of OTLP reads it. */
final class Stored {

    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final int TRACE_ID_BYTES = 16;

    private Stored() {}

    /** Waits until the counter, the span and the log record with this marker are there. */
    static void await(int kafkaPort, String marker) {
        try (PlainConsumer consumer = new PlainConsumer(kafkaPort)) {
            Await.until("the metrics of " + marker + " are in the log", WITHIN, () -> counted(consumer, marker));
            Await.until("the span of " + marker + " is in the log", WITHIN, () -> traced(consumer, marker));
            Await.until("the log record of " + marker + " is in the log", WITHIN, () -> logged(consumer, marker));
        }
    }

    private static boolean counted(PlainConsumer consumer, String marker) {
        return consumer.values(Topics.METRICS, ExportMetricsServiceRequest.parser())
                .flatMap(request -> request.getResourceMetricsList().stream())
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .filter(metric -> metric.getName().equals("e2e.calls"))
                .flatMap(metric -> metric.getSum().getDataPointsList().stream())
                .anyMatch(point -> marker.equals(markerOf(point)) && point.getAsDouble() + point.getAsInt() == 3);
    }

    private static String markerOf(NumberDataPoint point) {
        return point.getAttributes(0).getValue().getStringValue();
    }

    private static boolean traced(PlainConsumer consumer, String marker) {
        return consumer.values(Topics.SPANS, ExportTraceServiceRequest.parser())
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .anyMatch(span -> span.getName().equals("span " + marker)
                        && span.getTraceId().size() == TRACE_ID_BYTES);
    }

    private static boolean logged(PlainConsumer consumer, String marker) {
        return consumer.values(Topics.LOGS, ExportLogsServiceRequest.parser())
                .flatMap(request -> request.getResourceLogsList().stream())
                .flatMap(resource -> resource.getScopeLogsList().stream())
                .flatMap(scope -> scope.getLogRecordsList().stream())
                .anyMatch(record -> record.getBody().getStringValue().equals("log " + marker));
    }
}
