package io.tocsin.collector.otlp;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.tocsin.contracts.Topic;
import io.tocsin.contracts.Topics;

/** The three signals of OTLP: how a request of each looks and where it goes. */
@SuppressWarnings("ImmutableEnumChecker") // Topics are records of values; parsers and default instances never change.
public enum Signal {
    METRICS(
            Topics.METRICS,
            "opentelemetry.proto.collector.metrics.v1.MetricsService",
            ResourceMetrics.parser(),
            ExportMetricsServiceRequest.getDefaultInstance()),
    TRACES(
            Topics.SPANS,
            "opentelemetry.proto.collector.trace.v1.TraceService",
            ResourceSpans.parser(),
            ExportTraceServiceRequest.getDefaultInstance()),
    LOGS(
            Topics.LOGS,
            "opentelemetry.proto.collector.logs.v1.LogsService",
            ResourceLogs.parser(),
            ExportLogsServiceRequest.getDefaultInstance());

    private final Topic topic;
    private final String grpcService;
    private final Parser<? extends Message> resourceParser;
    private final Message emptyRequest;

    Signal(Topic topic, String grpcService, Parser<? extends Message> resourceParser, Message emptyRequest) {
        this.topic = topic;
        this.grpcService = grpcService;
        this.resourceParser = resourceParser;
        this.emptyRequest = emptyRequest;
    }

    /** Where its records are published. */
    public Topic topic() {
        return topic;
    }

    /** Full name of its gRPC service. */
    String grpcService() {
        return grpcService;
    }

    /** Reads one ResourceMetrics, ResourceSpans or ResourceLogs. */
    Parser<? extends Message> resourceParser() {
        return resourceParser;
    }

    /** A builder of its export request. */
    Message.Builder newRequest() {
        return emptyRequest.newBuilderForType();
    }
}
