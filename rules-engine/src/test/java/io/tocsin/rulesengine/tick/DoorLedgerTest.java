package io.tocsin.rulesengine.tick;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DoorLedgerTest {

    private final DoorLedger doors = new DoorLedger();

    private void report(String door, boolean accepting, long refused, long oldestMs, long atMs) {
        doors.report(new DoorLedger.Report(door, accepting, refused, oldestMs, false), atMs);
    }

    private String objection(long atMs) {
        return doors.evidence(atMs).reason();
    }

    @Test
    void nobodyProvesNothing() {
        assertThat(doors.evidence(0)).isEqualTo(DoorEvidence.incomplete("no collector is known"));
    }

    @Test
    void everyDoorThatIsWellProvesThatNothingIsMissing() {
        report("a", true, 0, 0, 1000);
        report("b", true, 0, 999, 1000);
        assertThat(doors.evidence(4000)).isEqualTo(DoorEvidence.COMPLETE);
    }

    @Test
    void oneThatIsSilentProvesNothingUntilItIsForgotten() {
        report("a", true, 0, 0, 1000);
        report("b", true, 0, 0, 1000);
        for (long at = 2000; at <= 70_000; at += 1000) {
            report("a", true, 0, 0, at);
            if (at > 4000 && at <= 61_000) {
                assertThat(objection(at)).isEqualTo("collector b has not reported for " + (at - 1000) + " ms");
            }
        }
        assertThat(doors.evidence(70_000)).isEqualTo(DoorEvidence.COMPLETE);
    }

    @Test
    void oneThatStopsInAnOrderlyWayIsNotMissed() {
        report("a", true, 0, 0, 1000);
        report("b", true, 0, 0, 1000);
        doors.report(new DoorLedger.Report("b", false, 0, 0, true), 1500);
        report("a", true, 0, 0, 8000);
        assertThat(doors.evidence(8000)).isEqualTo(DoorEvidence.COMPLETE);
    }

    @Test
    void oneThatRefusesOrHoldsBackSaysWhatMayBeMissing() {
        report("a", false, 0, 0, 1000);
        assertThat(objection(1000)).isEqualTo("collector a does not accept");
        report("a", true, 0, 1000, 2000);
        assertThat(objection(2000)).isEqualTo("collector a holds a request for 1000 ms");
        report("a", true, 3, 0, 3000);
        assertThat(objection(3000)).isEqualTo("collector a refused requests");
        // Who was refused tries again within seconds.
        report("a", true, 0, 0, 6000);
        assertThat(objection(6000)).isEqualTo("collector a refused requests");
        report("a", true, 0, 0, 6001);
        assertThat(doors.evidence(6001)).isEqualTo(DoorEvidence.COMPLETE);
    }
}
