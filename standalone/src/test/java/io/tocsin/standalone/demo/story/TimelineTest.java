package io.tocsin.standalone.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.contracts.v1.AlertState;
import io.tocsin.contracts.v1.AlertTransition;
import io.tocsin.contracts.v1.Disposition;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.IncidentStatus;
import io.tocsin.contracts.v1.Member;
import io.tocsin.contracts.v1.RankedElement;
import io.tocsin.contracts.v1.RemediationEvent;
import io.tocsin.contracts.v1.RemediationEvent.Phase;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final Instant T0 = Instant.EPOCH;

    private final Timeline timeline = new Timeline("ledger", T0);

    @Test
    void theWholeStoryInOrderHasNoProblem() {
        tellUntilVerified();
        timeline.notice("resolved", "over", at(8));
        timeline.incident(incident("i", "ledger", IncidentStatus.CLOSED), at(9));
        assertThat(timeline.complete()).isTrue();
        assertThat(timeline.problems()).isEmpty();
    }

    @Test
    void aStageThatNeverHappenedIsNamed() {
        tellUntilVerified();
        assertThat(timeline.complete()).isFalse();
        assertThat(timeline.problems())
                .containsExactly(
                        "never happened: the recovery notice is delivered", "never happened: the incident is closed");
    }

    @Test
    void aWrongCauseIsNoIncidentOfTheStory() {
        timeline.incident(incident("i", "checkout", IncidentStatus.OPEN), at(2));
        assertThat(timeline.stages()).extracting(Timeline.Seen::stage).containsExactly(Stage.BROKEN);
    }

    @Test
    void aRecoveryToldBeforeTheVerificationIsOutOfOrder() {
        timeline.notice("resolved", "over", at(1));
        tellUntilVerified();
        timeline.incident(incident("i", "ledger", IncidentStatus.CLOSED), at(9));
        assertThat(timeline.problems()).containsExactly("TOLD_OVER came before VERIFIED");
    }

    @Test
    void aSecondAlarmAndASecondIncidentAreProblems() {
        tellUntilVerified();
        timeline.incident(incident("j", "ledger", IncidentStatus.OPEN), at(7));
        timeline.notice("firing", "again", at(7));
        timeline.notice("resolved", "over", at(8));
        timeline.incident(incident("i", "ledger", IncidentStatus.CLOSED), at(9));
        assertThat(timeline.problems())
                .containsExactly(
                        "there should be one incident, there were 2", "there should be one alarm notice, there were 2");
    }

    private void tellUntilVerified() {
        timeline.alert(
                AlertTransition.newBuilder()
                        .setTo(AlertState.FIRING)
                        .putLabels("service_name", "ledger")
                        .build(),
                at(1));
        timeline.incident(incident("i", "ledger", IncidentStatus.OPEN), at(2));
        timeline.notice("firing", "ledger is down", at(3));
        timeline.remediation(event(Phase.STARTED), at(4));
        timeline.remediation(event(Phase.STEP_SUCCEEDED), at(5));
        timeline.remediation(event(Phase.VERIFIED), at(6));
    }

    private static RemediationEvent event(Phase phase) {
        return RemediationEvent.newBuilder().setPhase(phase).build();
    }

    private static IncidentSnapshot incident(String id, String cause, IncidentStatus status) {
        return IncidentSnapshot.newBuilder()
                .setId(id)
                .setStatus(status)
                .addRootCauses(RankedElement.newBuilder().setElement(cause))
                .addMembers(Member.newBuilder()
                        .setElement("storefront")
                        .putLabels("service_name", "storefront")
                        .setDisposition(Disposition.SYMPTOM))
                .build();
    }

    private static Instant at(int seconds) {
        return T0.plusSeconds(seconds);
    }
}
