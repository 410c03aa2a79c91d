package io.tocsin.notifier.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.Story;
import io.tocsin.notifier.group.Verdict.Reason;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.incident.Incident.Status;
import io.tocsin.notifier.incident.Member.Disposition;
import io.tocsin.notifier.incident.Member.State;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeciderTest {

    private static final Duration REPEAT = Duration.ofHours(4);

    private final Story story = new Story("inc");
    private final Map<String, Hold> holds = new HashMap<>();
    private Decider decider = new Decider(true, REPEAT, false);
    private Told told = Told.NOTHING;
    private Instant now = Story.START;

    @Test
    void tellsOfTheFirstFiringAlert() {
        story.firing("A");

        assertThat(flush()).isEqualTo("FIRST_FIRING firing[A]");
    }

    @Test
    void saysNothingTwice() {
        story.firing("A").firing("B");
        flush();

        assertThat(flush()).isEqualTo("NOTHING_NEW");
    }

    @Test
    void tellsOfTheWholeGroupWhenOneMoreFires() {
        story.firing("A");
        flush();
        story.firing("B");

        assertThat(flush()).isEqualTo("NEW_FIRING firing[A, B]");
    }

    @Test
    void tellsWhenOneOfSeveralIsOver() {
        story.firing("A").firing("B");
        flush();
        story.resolved("A");

        assertThat(flush()).isEqualTo("NEWLY_RESOLVED firing[B] resolved[A]");
    }

    @Test
    void tellsWhenAllIsOverAndIsDone() {
        story.firing("A").firing("B");
        flush();
        story.resolved("A").resolved("B");

        assertThat(flush()).isEqualTo("ALL_RESOLVED resolved[A, B]");
        assertThat(told.burning()).isEmpty();
    }

    @Test
    void saysNothingOfWhatWasOverBeforeAnybodyWasTold() {
        story.firing("A").resolved("A");

        assertThat(flush()).isEqualTo("OVER_BEFORE_TOLD");
    }

    @Test
    void aReceiverThatDoesNotWantRecoveriesGetsNoneAndIsToldOfTheNextAlarm() {
        decider = new Decider(false, REPEAT, false);
        story.firing("A");
        flush();
        story.resolved("A");
        assertThat(flush()).isEqualTo("RESOLVED_NOT_WANTED");
        story.firing("A");

        assertThat(flush()).isEqualTo("FIRST_FIRING firing[A]");
    }

    @Test
    void repeatsWhenTheRepeatIntervalIsOverAndNotBefore() {
        story.firing("A");
        flush();
        now = now.plus(REPEAT);
        assertThat(flush()).isEqualTo("NOTHING_NEW");
        now = now.plusMillis(1);

        assertThat(flush()).isEqualTo("REPEAT_INTERVAL_ELAPSED firing[A]");
        assertThat(flush()).isEqualTo("NOTHING_NEW");
    }

    @Test
    void whoeverWasToldThatItFiresIsToldThatItRecoveredWhateverTheSilence() {
        story.firing("A");
        flush();
        holds.put("A", new Hold.Silenced(List.of("s1")));
        assertThat(flush()).isEqualTo("ALL_HELD");
        story.resolved("A");

        assertThat(flush()).isEqualTo("ALL_RESOLVED resolved[A]");
    }

    @Test
    void aSilencedAlertThatNobodyWasToldOfNeverSaysAnything() {
        holds.put("A", new Hold.Silenced(List.of("s1")));
        story.firing("A");
        assertThat(flush()).isEqualTo("ALL_HELD");
        story.resolved("A");

        assertThat(flush()).isEqualTo("OVER_BEFORE_TOLD");
    }

    @Test
    void aSilencedAlertIsToldWhenTheSilenceEnds() {
        holds.put("A", new Hold.Silenced(List.of("s1")));
        story.firing("A");
        flush();
        holds.clear();

        assertThat(flush()).isEqualTo("FIRST_FIRING firing[A]");
    }

    @Test
    void aSilencedAlertIsNotRepeated() {
        story.firing("A");
        flush();
        holds.put("A", new Hold.Silenced(List.of("s1")));
        now = now.plus(REPEAT.multipliedBy(2));

        assertThat(flush()).isEqualTo("ALL_HELD");
    }

    @Test
    void theRecoveryOfASilencedAlertIsNotLostWhenOthersAreToldMeanwhile() {
        story.firing("A").firing("B");
        flush();
        holds.put("A", new Hold.Silenced(List.of("s1")));
        story.firing("C");
        assertThat(flush()).isEqualTo("NEW_FIRING firing[B, C]");
        story.resolved("A");

        assertThat(flush()).isEqualTo("NEWLY_RESOLVED firing[B, C] resolved[A]");
    }

    @Test
    void anInhibitedAlertIsHeldAndItsRecoveryTold() {
        story.firing("A");
        flush();
        holds.put("A", new Hold.Inhibited(List.of("b")));
        assertThat(flush()).isEqualTo("ALL_HELD");
        story.resolved("A");

        assertThat(flush()).isEqualTo("ALL_RESOLVED resolved[A]");
    }

    @Test
    void atAMutedTimeNothingIsToldAndAfterwardsWhatStillBurns() {
        story.firing("A").firing("B");
        mute("A", "B");
        assertThat(flush()).isEqualTo("MUTED_BY_TIME");
        story.resolved("B");
        holds.clear();

        assertThat(flush()).startsWith("FIRST_FIRING firing[A]");
    }

    @Test
    void whatIsOverAtAMutedTimeIsToldAfterwardsToWhomItWasTold() {
        story.firing("A");
        flush();
        mute("A");
        story.resolved("A");
        assertThat(flush()).isEqualTo("MUTED_BY_TIME");
        assertThat(flush()).isEqualTo("MUTED_BY_TIME");
        holds.clear();

        assertThat(flush()).isEqualTo("ALL_RESOLVED resolved[A]");
    }

    @Test
    void outsideOfActiveTimesNothingIsToldEither() {
        holds.put("A", new Hold.Inactive(List.of("office hours")));
        story.firing("A");

        assertThat(flush()).isEqualTo("MUTED_BY_TIME");
    }

    @Test
    void theRecoveryFollowsThoughTheRouteIsGone() {
        story.firing("A");
        flush();
        holds.put("A", new Hold.NotRouted());
        assertThat(flush()).isEqualTo("ALL_HELD");
        story.resolved("A");

        assertThat(flush()).isEqualTo("ALL_RESOLVED resolved[A]");
    }

    @Test
    void lostDataIsToldOnceAndNeverAsResolved() {
        story.alert("A", State.NO_DATA, Disposition.NONE);
        assertThat(flush()).isEqualTo("DATA_STOPPED firing[A]");
        now = now.plus(REPEAT.multipliedBy(3));

        assertThat(flush()).isEqualTo("NOTHING_NEW");
    }

    @Test
    void aFiringAlertThatLosesItsDataIsToldOnceAndItsReturnIsNoNews() {
        story.firing("A");
        flush();
        story.alert("A", State.NO_DATA, Disposition.NONE);
        assertThat(flush()).isEqualTo("DATA_STOPPED firing[A]");
        story.firing("A");
        assertThat(flush()).isEqualTo("NOTHING_NEW");
        story.alert("A", State.NO_DATA, Disposition.NONE);
        assertThat(flush()).isEqualTo("NOTHING_NEW");
        story.resolved("A");

        assertThat(flush()).isEqualTo("ALL_RESOLVED resolved[A]");
    }

    @Test
    void anAlertOfLostDataThatThenFiresIsAnAlarm() {
        story.alert("A", State.NO_DATA, Disposition.NONE);
        flush();
        story.firing("A");

        assertThat(flush()).isEqualTo("NEW_FIRING firing[A]");
    }

    @Test
    void flappingIsToldOnceAndItsEndOnce() {
        story.alert("A", State.FIRING, Disposition.FLAPPING);
        assertThat(flush()).isEqualTo("FIRST_FIRING firing[A]");
        story.alert("A", State.INACTIVE, Disposition.FLAPPING);
        assertThat(flush()).isEqualTo("NOTHING_NEW");
        story.alert("A", State.FIRING, Disposition.FLAPPING);
        assertThat(flush()).isEqualTo("NOTHING_NEW");
        story.resolved("A").status(Status.CLOSED);

        assertThat(flush()).isEqualTo("ALL_RESOLVED resolved[A]");
    }

    @Test
    void symptomsCreateNoNoticeButAreListedInTheirRoots() {
        decider = new Decider(true, REPEAT, true);
        explain("S1", "S2");
        story.alert("S1", State.FIRING, Disposition.SYMPTOM);
        assertThat(flush()).isEqualTo("ALL_HELD");
        story.alert("Root", State.FIRING, Disposition.ROOT);
        assertThat(flush()).isEqualTo("FIRST_FIRING firing[Root, S1]");
        story.alert("S2", State.FIRING, Disposition.SYMPTOM);
        assertThat(flush()).isEqualTo("NOTHING_NEW");
        story.resolved("S1");

        assertThat(flush()).isEqualTo("NOTHING_NEW");
    }

    @Test
    void aSymptomThatOutlivesItsRootIsAnAlarm() {
        decider = new Decider(true, REPEAT, true);
        explain("S1");
        story.alert("Root", State.FIRING, Disposition.ROOT).alert("S1", State.FIRING, Disposition.SYMPTOM);
        flush();
        holds.clear();
        story.resolved("Root").alert("S1", State.FIRING, Disposition.RELATED);

        assertThat(flush()).isEqualTo("NEW_FIRING firing[S1] resolved[Root]");
    }

    @Test
    void theEndIsToldWhenRootAndSymptomsAreOver() {
        decider = new Decider(true, REPEAT, true);
        explain("S1");
        story.alert("Root", State.FIRING, Disposition.ROOT).alert("S1", State.FIRING, Disposition.SYMPTOM);
        flush();
        story.resolved("Root").resolved("S1");

        assertThat(flush()).isEqualTo("ALL_RESOLVED resolved[Root, S1]");
    }

    @Test
    void aSymptomThatCameAndWentUnnoticedIsNotTold() {
        decider = new Decider(true, REPEAT, true);
        story.alert("Root", State.FIRING, Disposition.ROOT);
        flush();
        story.alert("S1", State.FIRING, Disposition.SYMPTOM).resolved("S1");

        assertThat(flush()).isEqualTo("NOTHING_NEW");
    }

    @Test
    void aHigherSeverityIsToldAndALowerOneIsNot() {
        decider = new Decider(true, REPEAT, true);
        story.alert("Root", State.FIRING, Disposition.ROOT).severity("ticket");
        flush();
        story.severity("page");
        assertThat(flush()).isEqualTo("HIGHER_SEVERITY firing[Root]");
        assertThat(flush()).isEqualTo("NOTHING_NEW");
        story.severity("warning");

        assertThat(flush()).isEqualTo("NOTHING_NEW");
    }

    @Test
    void anotherRootIsTold() {
        decider = new Decider(true, REPEAT, true);
        story.alert("A", State.FIRING, Disposition.ROOT).alert("B", State.FIRING, Disposition.RELATED);
        flush();
        story.alert("A", State.FIRING, Disposition.RELATED).alert("B", State.FIRING, Disposition.ROOT);

        assertThat(flush()).isEqualTo("ROOT_CHANGED firing[A, B]");
    }

    @Test
    void withoutConvergenceSeverityAndRootAreNoNews() {
        story.alert("A", State.FIRING, Disposition.ROOT).severity("ticket");
        flush();
        story.severity("page");

        assertThat(flush()).isEqualTo("NOTHING_NEW");
    }

    @Test
    void whatCameAndWentBetweenTwoFlushesIsListedAsAlertmanagerDoes() {
        story.firing("A");
        flush();
        story.firing("B").resolved("B");

        assertThat(flush()).isEqualTo("NEWLY_RESOLVED firing[A] resolved[B]");
        assertThat(flush()).isEqualTo("NOTHING_NEW");
    }

    private void mute(String... names) {
        for (String name : names) {
            holds.put(name, new Hold.Muted(List.of("night")));
        }
    }

    private void explain(String... names) {
        for (String name : names) {
            holds.put(name, new Hold.Explained(Story.fingerprint("Root")));
        }
    }

    private String flush() {
        Incident incident = story.snapshot();
        List<Candidate> candidates = Alert.of(incident).stream()
                .map(alert -> new Candidate(alert, hold(alert)))
                .toList();
        Verdict verdict = decider.decide(told, candidates, Map.of(incident.id(), incident), now);
        told = verdict.next();
        return show(verdict);
    }

    private Optional<Hold> hold(Alert alert) {
        Hold hold = holds.get(alert.labels().get("alertname"));
        // As Holds does: what is over needs no explanation.
        return Optional.ofNullable(hold)
                .filter(held -> !(held instanceof Hold.Explained) || alert.condition() != Alert.Condition.RESOLVED);
    }

    static String show(Verdict verdict) {
        Reason reason = verdict.reason();
        List<String> firing = names(verdict, false);
        List<String> resolved = names(verdict, true);
        return reason
                + (firing.isEmpty() ? "" : " firing" + firing)
                + (resolved.isEmpty() ? "" : " resolved" + resolved);
    }

    private static List<String> names(Verdict verdict, boolean resolved) {
        return verdict.alerts().stream()
                .filter(alert -> resolved == (alert.condition() == Alert.Condition.RESOLVED))
                .map(alert -> alert.labels().get("alertname"))
                .toList();
    }
}
