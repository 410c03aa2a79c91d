package io.tocsin.collector.otlp;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.tocsin.collector.CollectorMetrics;
import io.tocsin.collector.answer.Refusal;
import java.util.Optional;

/** Counts the calls that gRPC itself refuses before a handler sees them: too large, unknown, not decompressed. */
final class EarlyRefusals extends ServerStreamTracer {

    private static final Context.Key<EarlyRefusals> CURRENT = Context.key("early-refusals");

    private final CollectorMetrics metrics;
    private volatile boolean reached;

    private EarlyRefusals(CollectorMetrics metrics) {
        this.metrics = metrics;
    }

    /** Says that the current call has reached its handler, which counts for itself from here on. */
    static void reached() {
        CURRENT.get().reached = true;
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(CURRENT, this);
    }

    @Override
    public void streamClosed(Status status) {
        if (!reached) {
            reason(status).ifPresent(metrics::refusedUnknown);
        }
    }

    /** Why gRPC closed a call; nothing when the sender gave it up itself. */
    static Optional<Refusal.Reason> reason(Status status) {
        return switch (status.getCode()) {
            case RESOURCE_EXHAUSTED -> Optional.of(Refusal.Reason.TOO_LARGE);
            case UNIMPLEMENTED ->
                Optional.of(
                        String.valueOf(status.getDescription()).contains("decompressor")
                                ? Refusal.Reason.UNSUPPORTED_ENCODING
                                : Refusal.Reason.UNKNOWN_PATH);
            case INTERNAL, UNKNOWN, INVALID_ARGUMENT -> Optional.of(Refusal.Reason.MALFORMED);
            default -> Optional.empty();
        };
    }

    /** A tracer for each call. */
    static final class Factory extends ServerStreamTracer.Factory {

        private final CollectorMetrics metrics;

        Factory(CollectorMetrics metrics) {
            this.metrics = metrics;
        }

        @Override
        public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
            return new EarlyRefusals(metrics);
        }
    }
}
