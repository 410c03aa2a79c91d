package io.tocsin.console.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.console.incident.Incident.Status;
import io.tocsin.console.incident.Repair.Phase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardFoldTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final BoardFold fold = new BoardFold(2);

    @Test
    void theHighestRevisionHoldsInWhateverOrderSnapshotsCome() {
        assertThat(fold.apply(incident("a", 2, Status.CLOSED, "page", 0))).isTrue();
        assertThat(fold.apply(incident("a", 1, Status.OPEN, "page", 0))).isFalse();
        assertThat(fold.apply(incident("a", 2, Status.CLOSED, "page", 0))).isFalse();

        assertThat(fold.board().open()).isEmpty();
        assertThat(fold.board().ended()).extracting(Incident::revision).containsExactly(2L);
    }

    @Test
    void openOnesComeFirstTheWorstThenTheLatest() {
        fold.apply(incident("over", 1, Status.CLOSED, "page", 9));
        fold.apply(incident("ticket", 1, Status.OPEN, "ticket", 5));
        fold.apply(incident("old", 1, Status.OPEN, "critical", 1));
        fold.apply(incident("new", 1, Status.OPEN, "page", 3));

        assertThat(fold.board().incidents()).extracting(Incident::id).containsExactly("new", "old", "ticket", "over");
    }

    @Test
    void onlyTheLatestThatEndedAreKeptAndTheirRepairsWithThem() {
        repair("first", "run", "1", Phase.STARTED, 0);
        fold.apply(incident("first", 1, Status.CLOSED, "page", 1));
        fold.apply(incident("second", 1, Status.CLOSED, "page", 2));
        assertThat(fold.board().repairs("first")).hasSize(1);

        fold.apply(incident("third", 1, Status.CLOSED, "page", 3));

        assertThat(fold.board().ended()).extracting(Incident::id).containsExactly("third", "second");
        assertThat(fold.board().repairs("first")).isEmpty();
    }

    @Test
    void openIncidentsAreNeverForgotten() {
        for (int i = 0; i < 10; i++) {
            fold.apply(incident("open-" + i, 1, Status.OPEN, "page", i));
        }

        assertThat(fold.board().open()).hasSize(10);
    }

    @Test
    void anEventCountsOnceAndAppearsInItsOrder() {
        fold.apply(incident("a", 1, Status.OPEN, "page", 0));
        assertThat(repair("a", "run", "2", Phase.VERIFIED, 8)).isTrue();
        assertThat(repair("a", "run", "1", Phase.STARTED, 2)).isTrue();
        assertThat(repair("a", "run", "1", Phase.STARTED, 2)).isFalse();

        Repair shown = fold.board().repairs("a").getFirst();
        assertThat(shown.events()).extracting(Repair.Event::phase).containsExactly(Phase.STARTED, Phase.VERIFIED);
        assertThat(shown.last().phase()).isEqualTo(Phase.VERIFIED);
    }

    @Test
    void aRepairWaitsForItsIncident() {
        repair("a", "run", "1", Phase.STARTED, 2);
        assertThat(fold.board().repairs()).isEmpty();

        fold.apply(incident("a", 1, Status.OPEN, "page", 0));

        assertThat(fold.board().repairs("a")).hasSize(1);
    }

    @Test
    void whatABoardShowedStaysAsItWas() {
        fold.apply(incident("a", 1, Status.OPEN, "page", 0));
        Board before = fold.board();

        fold.apply(incident("b", 1, Status.OPEN, "page", 0));

        assertThat(before.incidents()).hasSize(1);
    }

    private boolean repair(String incident, String run, String id, Phase phase, int second) {
        return fold.apply(
                incident,
                run,
                "restart",
                "ledger-1",
                new Repair.Event(id, phase, "", "", START.plusSeconds(second), 1));
    }

    private static Incident incident(String id, long revision, Status status, String severity, int second) {
        Instant at = START.plusSeconds(second);
        return new Incident(
                id,
                "default",
                status,
                revision,
                at,
                status == Status.OPEN ? null : at,
                at,
                id + " fails",
                severity,
                List.of(),
                List.of(),
                List.of(),
                "");
    }
}
