package io.tocsin.collector.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.TestCollector;
import io.tocsin.collector.admission.Admission;
import io.tocsin.collector.admission.AdmissionFor;
import io.tocsin.collector.admission.Decision;
import io.tocsin.collector.admission.Permit;
import io.tocsin.collector.admission.Priority;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

    private final Admission admission = AdmissionFor.requests(2);
    private final WaitingRoom room = new WaitingRoom(admission);

    private Decision enter(Priority priority) {
        return room.enter(priority, 1, "a");
    }

    private CompletableFuture<Decision> later(Priority priority) {
        int before = room.waiting();
        CompletableFuture<Decision> decision =
                CompletableFuture.supplyAsync(() -> enter(priority), Executors.newVirtualThreadPerTaskExecutor());
        TestCollector.until(room::waiting, count -> count == before + 1 || decision.isDone());
        return decision;
    }

    private static Permit permit(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Admitted.class);
        return ((Decision.Admitted) decision).permit();
    }

    private void leave(Permit permit) {
        permit.settle(Permit.End.NOTHING_PUBLISHED, System.nanoTime());
        room.roomMade();
    }

    @Test
    void whoWaitsEntersWhenAnotherLeaves() {
        Permit first = permit(enter(Priority.METRICS));
        permit(enter(Priority.METRICS));
        CompletableFuture<Decision> waiting = later(Priority.METRICS);
        leave(first);
        permit(waiting.join());
        assertThat(room.waiting()).isZero();
    }

    @Test
    void metricsAreCalledBeforeTraces() {
        Permit first = permit(enter(Priority.METRICS));
        permit(enter(Priority.METRICS));
        CompletableFuture<Decision> traces = later(Priority.TRACES);
        CompletableFuture<Decision> metrics = later(Priority.METRICS);
        leave(first);
        permit(metrics.join());
        assertThat(traces.join()).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void whoIsNotCalledIsRefused() {
        permit(enter(Priority.METRICS));
        permit(enter(Priority.METRICS));
        assertThat(enter(Priority.METRICS))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.cause()).isEqualTo(Decision.Cause.REQUESTS_IN_FLIGHT));
    }
}
