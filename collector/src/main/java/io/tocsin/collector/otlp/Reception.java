package io.tocsin.collector.otlp;

import io.tocsin.collector.CollectorMetrics;
import io.tocsin.collector.access.Sender;
import io.tocsin.collector.admission.Admission;
import io.tocsin.collector.admission.Decision;
import io.tocsin.collector.admission.Permit;
import io.tocsin.collector.answer.Refusal;
import io.tocsin.collector.limits.Limits;
import io.tocsin.collector.publish.Publisher;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** What happens to a request whatever brought it: admit, split, publish, and only then acknowledge. */
@Singleton
public final class Reception {

    private final Admission admission;
    private final WaitingRoom waitingRoom;
    private final Publisher publisher;
    private final CollectorMetrics metrics;
    private final Split split;

    Reception(
            Admission admission,
            WaitingRoom waitingRoom,
            Publisher publisher,
            CollectorMetrics metrics,
            Limits limits) {
        this.admission = admission;
        this.waitingRoom = waitingRoom;
        this.publisher = publisher;
        this.metrics = metrics;
        this.split = new Split(limits);
    }

    /**
     * Takes the protobuf form of a request.
     *
     * @return completes when Kafka has every record; fails with a {@link Refusal}
     */
    public CompletableFuture<Outcome> receive(Signal signal, byte[] request, Sender sender) {
        return receive(signal, Arrived.plain(request), sender);
    }

    /**
     * Takes a request as it arrived: it is decompressed and looked at only when there is room for it.
     *
     * @return completes when Kafka has every record; fails with a {@link Refusal}
     */
    public CompletableFuture<Outcome> receive(Signal signal, Arrived arrived, Sender sender) {
        long begin = System.nanoTime();
        return switch (waitingRoom.enter(signal.priority(), arrived.bytes(), sender.address())) {
            case Decision.Refused refused -> refused(signal, refused);
            case Decision.Admitted(Permit permit) -> {
                try {
                    yield publish(signal, arrived, sender, permit, begin);
                } catch (Refusal refusal) {
                    leave(permit, Permit.End.NOTHING_PUBLISHED, System.nanoTime());
                    yield CompletableFuture.failedFuture(counted(signal, refusal));
                } catch (RuntimeException e) {
                    leave(permit, Permit.End.NOTHING_PUBLISHED, System.nanoTime());
                    throw e;
                }
            }
        };
    }

    private CompletableFuture<Outcome> publish(
            Signal signal, Arrived arrived, Sender sender, Permit permit, long begin) {
        byte[] request = arrived.open();
        Optional<Decision.Refused> refusal = permit.sized(request.length, sender.client(), System.nanoTime());
        if (refusal.isPresent()) {
            leave(permit, Permit.End.NOTHING_PUBLISHED, System.nanoTime());
            return refused(signal, refusal.get());
        }
        return publish(signal, split.split(signal, request), permit, begin);
    }

    private CompletableFuture<Outcome> refused(Signal signal, Decision.Refused refused) {
        admission.refused();
        return CompletableFuture.failedFuture(counted(signal, refusal(refused)));
    }

    private void leave(Permit permit, Permit.End end, long now) {
        permit.settle(end, now);
        waitingRoom.roomMade();
    }

    private static Refusal refusal(Decision.Refused refused) {
        return switch (refused.cause()) {
            case CLIENT_OVER_RATE ->
                new Refusal(
                        Refusal.Reason.CLIENT_OVER_RATE,
                        "this client sends more than its rate; try again later",
                        refused.retryAfter());
            case BYTES_IN_FLIGHT, REQUESTS_IN_FLIGHT ->
                new Refusal(
                        Refusal.Reason.OVERLOADED,
                        "too much waits for Kafka already; try again later",
                        refused.retryAfter());
        };
    }

    private CompletableFuture<Outcome> publish(Signal signal, Split.Result result, Permit permit, long begin) {
        List<CompletableFuture<Void>> acknowledgements = new ArrayList<>();
        for (TargetRecord record : result.records()) {
            CompletableFuture<Void> acknowledgement = publisher.publish(signal.topic(), record.key(), record.value());
            acknowledgements.add(acknowledgement);
            // Each record may block for the whole timeout while Kafka is away: one is enough to know.
            if (acknowledgement.isCompletedExceptionally()) {
                break;
            }
        }
        return CompletableFuture.allOf(acknowledgements.toArray(CompletableFuture[]::new))
                .handle((done, failure) -> settle(signal, result, permit, begin, failure));
    }

    private Outcome settle(Signal signal, Split.Result result, Permit permit, long begin, @Nullable Throwable failure) {
        long now = System.nanoTime();
        if (failure != null) {
            leave(permit, Permit.End.UNACKNOWLEDGED, now);
            throw new CompletionException(counted(signal, refusal(failure)));
        }
        boolean published = !result.records().isEmpty();
        leave(permit, published ? Permit.End.ACKNOWLEDGED : Permit.End.NOTHING_PUBLISHED, now);
        metrics.acknowledged(signal, result.records().size(), now - begin);
        result.rejections().counts().forEach((reason, count) -> metrics.rejected(signal, reason, count));
        return new Outcome(signal, result.rejections());
    }

    private static Refusal refusal(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RecordTooLargeException) {
            return new Refusal(
                    Refusal.Reason.TOO_LARGE,
                    "Kafka takes no record of this size; tocsin.collector.limits.max-record-bytes must be below the"
                            + " topic's max.message.bytes: " + cause.getMessage());
        }
        return new Refusal(
                Refusal.Reason.KAFKA_UNAVAILABLE, "Kafka did not acknowledge; try again: " + cause.getMessage());
    }

    /** Counts a refusal, then gives it back. */
    public Refusal counted(Signal signal, Refusal refusal) {
        metrics.refused(signal, refusal.reason());
        return refusal;
    }
}
