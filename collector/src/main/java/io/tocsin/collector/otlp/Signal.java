package io.tocsin.collector.otlp;

import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.tocsin.collector.access.Scope;
import io.tocsin.collector.admission.Priority;
import io.tocsin.contracts.Topic;
import io.tocsin.contracts.Topics;

/** The three signals of OTLP: how a request of each looks and where it goes. */
@SuppressWarnings("ImmutableEnumChecker") // Topics are records of values; parsers and default instances never change.
public enum Signal {
    METRICS(
            Topics.METRICS,
            Priority.METRICS,
            Scope.METRICS,
            "opentelemetry.proto.collector.metrics.v1.MetricsService",
            Level.METRICS,
            ExportMetricsServiceRequest.getDefaultInstance(),
            ExportMetricsServiceResponse.getDefaultInstance()) {
        @Override
        Message partialSuccess(long rejected, String message) {
            return ExportMetricsServiceResponse.newBuilder()
                    .setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                            .setRejectedDataPoints(rejected)
                            .setErrorMessage(message))
                    .build();
        }
    },
    TRACES(
            Topics.SPANS,
            Priority.TRACES,
            Scope.TRACES,
            "opentelemetry.proto.collector.trace.v1.TraceService",
            Level.TRACES,
            ExportTraceServiceRequest.getDefaultInstance(),
            ExportTraceServiceResponse.getDefaultInstance()) {
        @Override
        Message partialSuccess(long rejected, String message) {
            return ExportTraceServiceResponse.newBuilder()
                    .setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                            .setRejectedSpans(rejected)
                            .setErrorMessage(message))
                    .build();
        }
    },
    LOGS(
            Topics.LOGS,
            Priority.LOGS,
            Scope.LOGS,
            "opentelemetry.proto.collector.logs.v1.LogsService",
            Level.LOGS,
            ExportLogsServiceRequest.getDefaultInstance(),
            ExportLogsServiceResponse.getDefaultInstance()) {
        @Override
        Message partialSuccess(long rejected, String message) {
            return ExportLogsServiceResponse.newBuilder()
                    .setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                            .setRejectedLogRecords(rejected)
                            .setErrorMessage(message))
                    .build();
        }
    };

    private final Topic topic;
    private final Priority priority;
    private final Scope scope;
    private final String grpcService;
    private final Level level;
    private final Shape shape;
    private final Message emptyRequest;
    private final Message emptyResponse;

    Signal(
            Topic topic,
            Priority priority,
            Scope scope,
            String grpcService,
            Level level,
            Message emptyRequest,
            Message emptyResponse) {
        this.topic = topic;
        this.priority = priority;
        this.scope = scope;
        this.grpcService = grpcService;
        this.level = level;
        this.shape = Shape.of(
                emptyRequest.getDescriptorForType().findFieldByNumber(1).getMessageType());
        this.emptyRequest = emptyRequest;
        this.emptyResponse = emptyResponse;
    }

    /** Where its records are published. */
    public Topic topic() {
        return topic;
    }

    /** How long it is admitted under pressure. */
    public Priority priority() {
        return priority;
    }

    /** What a token needs to send it. */
    Scope scope() {
        return scope;
    }

    /** Full name of its gRPC service. */
    String grpcService() {
        return grpcService;
    }

    /** A resource of it on the wire. */
    Shape shape() {
        return shape;
    }

    /** A resource of it, down to its data. */
    Level level() {
        return level;
    }

    /** A builder of its export request. */
    Message.Builder newRequest() {
        return emptyRequest.newBuilderForType();
    }

    /** Its export response when everything was taken. */
    Message emptyResponse() {
        return emptyResponse;
    }

    /** Its export response when some data were not taken. */
    abstract Message partialSuccess(long rejected, String message);
}
