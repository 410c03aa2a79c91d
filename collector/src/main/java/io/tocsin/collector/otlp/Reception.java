package io.tocsin.collector.otlp;

import io.tocsin.collector.CollectorMetrics;
import io.tocsin.collector.admission.Admission;
import io.tocsin.collector.admission.Permit;
import io.tocsin.collector.publish.Publisher;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What happens to a request whatever brought it: admit, split, publish, and only then acknowledge. */
@Singleton
final class Reception {

    private final Admission admission;
    private final Publisher publisher;
    private final CollectorMetrics metrics;

    Reception(Admission admission, Publisher publisher, CollectorMetrics metrics) {
        this.admission = admission;
        this.publisher = publisher;
        this.metrics = metrics;
    }

    /**
     * Takes the protobuf form of a request.
     *
     * @return completes when Kafka has every record; fails with a {@link Refusal}
     */
    CompletableFuture<Void> receive(Signal signal, byte[] request, String sender) {
        long begin = System.nanoTime();
        try {
            Permit permit = admission
                    .admit(request.length, sender, begin)
                    .orElseThrow(() -> new Refusal(
                            Refusal.Reason.OVERLOADED, "too much waits for Kafka already; try again later"));
            return publish(signal, request, permit)
                    .whenComplete((count, failure) -> permit.close())
                    .handle((count, failure) -> settle(signal, begin, count == null ? 0 : count, failure));
        } catch (Refusal refusal) {
            return CompletableFuture.failedFuture(counted(signal, refusal));
        }
    }

    private CompletableFuture<Integer> publish(Signal signal, byte[] request, Permit permit) {
        try {
            List<Split.TargetRecord> records = Split.split(signal, request);
            List<CompletableFuture<Void>> acknowledgements = new ArrayList<>(records.size());
            for (Split.TargetRecord record : records) {
                CompletableFuture<Void> acknowledgement =
                        publisher.publish(signal.topic(), record.key(), record.value());
                acknowledgements.add(acknowledgement);
                // Each record may block for the whole timeout while Kafka is away: one is enough to know.
                if (acknowledgement.isCompletedExceptionally()) {
                    break;
                }
            }
            return CompletableFuture.allOf(acknowledgements.toArray(CompletableFuture[]::new))
                    .thenApply(done -> records.size());
        } catch (RuntimeException e) {
            permit.close();
            throw e;
        }
    }

    @SuppressWarnings("NullAway") // A CompletableFuture<Void> has no other value.
    private Void settle(Signal signal, long begin, int count, @org.jspecify.annotations.Nullable Throwable failure) {
        if (failure != null) {
            throw new CompletionException(counted(signal, refusal(failure)));
        }
        metrics.acknowledged(signal, count, System.nanoTime() - begin);
        return null;
    }

    private static Refusal refusal(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof Refusal refusal
                ? refusal
                : new Refusal(
                        Refusal.Reason.KAFKA_UNAVAILABLE,
                        "Kafka did not acknowledge; try again: " + cause.getMessage());
    }

    /** Counts a refusal, then gives it back. */
    Refusal counted(Signal signal, Refusal refusal) {
        metrics.refused(signal, refusal.reason());
        return refusal;
    }
}
