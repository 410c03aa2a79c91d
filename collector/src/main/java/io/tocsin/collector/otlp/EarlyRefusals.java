package io.tocsin.collector.otlp;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.tocsin.collector.CollectorMetrics;
import io.tocsin.collector.answer.Refusal;
import io.tocsin.collector.connection.ConnectionBudget;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls that gRPC itself refuses before a handler sees them: too large, unknown, not decompressed. Bounds what has
 * arrived of messages over all calls.
 */
final class EarlyRefusals extends ServerStreamTracer {

    private static final Context.Key<EarlyRefusals> CURRENT = Context.key("early-refusals");

    private final CollectorMetrics metrics;
    private final ConnectionBudget budget;
    private final AtomicLong buffered = new AtomicLong();
    private volatile boolean reached;
    private volatile @Nullable Runnable tooMuch;

    private EarlyRefusals(CollectorMetrics metrics, ConnectionBudget budget) {
        this.metrics = metrics;
        this.budget = budget;
    }

    /** What is done when the messages of all calls together are more than may wait. */
    static void whenTooMuch(Runnable close) {
        CURRENT.get().tooMuch = close;
    }

    @Override
    public void inboundWireSize(long bytes) {
        buffered.addAndGet(bytes);
        Runnable close = tooMuch;
        if (!budget.buffered(bytes) && close != null) {
            tooMuch = null;
            close.run();
        }
    }

    private void release() {
        budget.released(buffered.getAndSet(0));
    }

    /** Says that the current call has reached its handler, which counts for itself from here on. */
    static void reached() {
        EarlyRefusals current = CURRENT.get();
        current.reached = true;
        current.release();
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(CURRENT, this);
    }

    @Override
    public void streamClosed(Status status) {
        release();
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
        private final ConnectionBudget budget;

        Factory(CollectorMetrics metrics, ConnectionBudget budget) {
            this.metrics = metrics;
            this.budget = budget;
        }

        @Override
        public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
            return new EarlyRefusals(metrics, budget);
        }
    }
}
