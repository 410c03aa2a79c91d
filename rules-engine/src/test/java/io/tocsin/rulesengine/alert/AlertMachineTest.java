package io.tocsin.rulesengine.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.rulesengine.alert.Observation.Finding;
import io.tocsin.rulesengine.state.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One evaluation a second; what happens is written as "tick FROM>TO REASON". */
class AlertMachineTest {

    private static final String SERIES = "a";

    private AlertMachine machine = machine(0, 0, WhenMissing.AUTO, 0);
    private RuleState state = RuleState.NONE;
    private final List<String> happened = new ArrayList<>();

    private static AlertMachine machine(long forMs, long keepMs, WhenMissing missing, int limit) {
        return new AlertMachine(
                "rule", new AlertPolicy(Condition.THRESHOLD, forMs, keepMs, missing, 60_000, limit, 1000));
    }

    static Observation seen(String series, Finding finding) {
        return new Observation(series, new TreeMap<>(Map.of("alertname", "A", "x", series)), 1, finding);
    }

    private void at(long second, Certainty certainty, Absence absence, Observation... found) {
        Step<RuleState, Transition> step =
                machine.next(state, List.of(found), certainty, instance -> absence, second * 1000);
        take(second, step);
    }

    private void take(long second, Step<RuleState, Transition> step) {
        state = step.state();
        step.events().forEach(event -> {
            assertThat(event.atMs()).isEqualTo(second * 1000);
            happened.add(second + " " + event.from() + ">" + event.to() + " " + event.reason());
        });
    }

    private void holds(long second) {
        at(second, Certainty.COMPLETE, Absence.UNKNOWN, seen(SERIES, Finding.HOLDS));
    }

    private void clear(long second) {
        at(second, Certainty.COMPLETE, Absence.UNKNOWN, seen(SERIES, Finding.CLEAR));
    }

    private void between(long second) {
        at(second, Certainty.COMPLETE, Absence.UNKNOWN, seen(SERIES, Finding.BETWEEN));
    }

    private void away(long second, Absence absence) {
        at(second, Certainty.COMPLETE, absence);
    }

    @Test
    void firesAtOnceWithoutForAndRecoversAtOnceWithoutKeepFiringFor() {
        holds(1);
        holds(2);
        clear(3);
        clear(4);
        assertThat(happened)
                .containsExactly("1 INACTIVE>FIRING THRESHOLD_CROSSED", "3 FIRING>INACTIVE RECOVERED_ON_FRESH_DATA");
        assertThat(state).isEqualTo(RuleState.NONE);
    }

    @Test
    void staysPendingUntilForElapses() {
        machine = machine(3000, 0, WhenMissing.AUTO, 0);
        holds(1);
        holds(2);
        holds(3);
        holds(4);
        assertThat(happened).containsExactly("1 INACTIVE>PENDING THRESHOLD_CROSSED", "4 PENDING>FIRING FOR_ELAPSED");
        AlertInstance firing = state.instances().values().iterator().next();
        assertThat(firing.activeSinceMs()).isEqualTo(1000);
        assertThat(firing.firedAtMs()).isEqualTo(4000);
    }

    @Test
    void aClearEvaluationWhilePendingStartsForAnew() {
        machine = machine(3000, 0, WhenMissing.AUTO, 0);
        holds(1);
        holds(2);
        clear(3);
        holds(4);
        holds(5);
        holds(6);
        assertThat(happened)
                .containsExactly(
                        "1 INACTIVE>PENDING THRESHOLD_CROSSED",
                        "3 PENDING>INACTIVE CONDITION_CLEARED_WHILE_PENDING",
                        "4 INACTIVE>PENDING THRESHOLD_CROSSED");
        holds(7);
        assertThat(happened).last().isEqualTo("7 PENDING>FIRING FOR_ELAPSED");
    }

    @Test
    void keepFiringForElapsesOnClearDataOnly() {
        machine = machine(0, 3000, WhenMissing.AUTO, 0);
        holds(1);
        clear(2);
        clear(3);
        holds(4);
        clear(5);
        clear(7);
        clear(8);
        assertThat(happened)
                .containsExactly(
                        "1 INACTIVE>FIRING THRESHOLD_CROSSED",
                        "2 FIRING>RECOVERING RECOVERY_STARTED",
                        "4 RECOVERING>FIRING CROSSED_AGAIN",
                        "5 FIRING>RECOVERING RECOVERY_STARTED",
                        "8 RECOVERING>INACTIVE RECOVERED_ON_FRESH_DATA");
    }

    @Test
    void b5_aValueThatHoversAtTheThresholdDoesNotRecoverUntilTheRecoveryConditionHolds() {
        holds(1);
        between(2);
        holds(3);
        between(4);
        between(5);
        clear(6);
        assertThat(happened)
                .containsExactly("1 INACTIVE>FIRING THRESHOLD_CROSSED", "6 FIRING>INACTIVE RECOVERED_ON_FRESH_DATA");
    }

    @Test
    void betweenRestartsTheTimeThatItMustBeClear() {
        machine = machine(0, 3000, WhenMissing.AUTO, 0);
        holds(1);
        clear(2);
        clear(4);
        between(5);
        clear(6);
        clear(8);
        assertThat(state.instances()).hasSize(1);
        clear(9);
        assertThat(happened).last().isEqualTo("9 RECOVERING>INACTIVE RECOVERED_ON_FRESH_DATA");
    }

    @Test
    void b1_silenceOfTheTargetIsNoRecovery() {
        holds(1);
        away(2, Absence.TARGET_SILENT);
        away(3, Absence.TARGET_SILENT);
        away(30, Absence.TARGET_SILENT);
        assertThat(happened).containsExactly("1 INACTIVE>FIRING THRESHOLD_CROSSED", "2 FIRING>NO_DATA TARGET_SILENT");
        clear(31);
        assertThat(happened).last().isEqualTo("31 NO_DATA>INACTIVE RECOVERED_ON_FRESH_DATA");
    }

    @Test
    void b1_dataThatReturnsBadKeepsFiring() {
        holds(1);
        away(2, Absence.TARGET_SILENT);
        holds(3);
        assertThat(happened).last().isEqualTo("3 NO_DATA>FIRING DATA_RETURNED");
        assertThat(state.instances().values().iterator().next().firedAtMs()).isEqualTo(1000);
    }

    @Test
    void b1_noDataIsForgottenInTheEnd() {
        holds(1);
        away(2, Absence.TARGET_SILENT);
        away(61, Absence.TARGET_SILENT);
        assertThat(state.instances()).hasSize(1);
        away(62, Absence.TARGET_SILENT);
        assertThat(happened).last().isEqualTo("62 NO_DATA>INACTIVE FORGOTTEN");
    }

    @Test
    void aSeriesThatEndsWhileItsTargetReportsEndsAfterTwoEvaluations() {
        holds(1);
        away(2, Absence.TARGET_REPORTS);
        assertThat(happened).hasSize(1);
        away(3, Absence.TARGET_REPORTS);
        assertThat(happened).last().isEqualTo("3 FIRING>INACTIVE SERIES_ENDED");
    }

    @Test
    void oneAbsenceBetweenTwoSightingsIsNothing() {
        holds(1);
        away(2, Absence.TARGET_REPORTS);
        holds(3);
        away(4, Absence.TARGET_REPORTS);
        holds(5);
        assertThat(happened).hasSize(1);
    }

    @Test
    void pendingStartsAnewAfterSilence() {
        machine = machine(3000, 0, WhenMissing.AUTO, 0);
        holds(1);
        away(2, Absence.TARGET_SILENT);
        holds(3);
        assertThat(happened)
                .containsExactly(
                        "1 INACTIVE>PENDING THRESHOLD_CROSSED",
                        "2 PENDING>INACTIVE TARGET_SILENT",
                        "3 INACTIVE>PENDING THRESHOLD_CROSSED");
    }

    @Test
    void whenMissingHoldStaysUntilForgotten() {
        machine = machine(0, 0, WhenMissing.HOLD, 0);
        holds(1);
        away(2, Absence.TARGET_REPORTS);
        away(3, Absence.TARGET_REPORTS);
        away(4, Absence.TARGET_SILENT);
        assertThat(happened).hasSize(1);
        away(62, Absence.TARGET_REPORTS);
        assertThat(happened).last().isEqualTo("62 FIRING>INACTIVE FORGOTTEN");
    }

    @Test
    void whenMissingResolveReadsAbsenceAsClearAsPrometheusDoes() {
        machine = machine(0, 2000, WhenMissing.RESOLVE, 0);
        holds(1);
        away(2, Absence.TARGET_SILENT);
        away(4, Absence.TARGET_SILENT);
        assertThat(happened)
                .containsExactly(
                        "1 INACTIVE>FIRING THRESHOLD_CROSSED",
                        "2 FIRING>RECOVERING RECOVERY_STARTED",
                        "4 RECOVERING>INACTIVE RECOVERED_ON_FRESH_DATA");
    }

    @Test
    void whenMissingResolveConcludesNothingFromUnknownAbsence() {
        machine = machine(0, 0, WhenMissing.RESOLVE, 0);
        holds(1);
        away(2, Absence.UNKNOWN);
        assertThat(state.instances()).hasSize(1);
    }

    @Test
    void whatIsForgottenEndsWhateverWhenMissingSays() {
        for (WhenMissing missing : WhenMissing.values()) {
            happened.clear();
            state = RuleState.NONE;
            machine = machine(0, 10_000, missing, 0);
            holds(1);
            // It is said once: from then on nothing is known of the series any more.
            away(2, Absence.FORGOTTEN);
            assertThat(happened).as("%s", missing).last().isEqualTo("2 FIRING>INACTIVE FORGOTTEN");
        }
    }

    @Test
    void b21_dataThatMayBeLateResolvesNothingAndStillFires() {
        holds(1);
        at(2, Certainty.PRESENCE_ONLY, Absence.TARGET_SILENT);
        at(3, Certainty.PRESENCE_ONLY, Absence.TARGET_REPORTS);
        at(4, Certainty.PRESENCE_ONLY, Absence.TARGET_REPORTS, seen(SERIES, Finding.CLEAR));
        assertThat(happened).hasSize(1);
        at(5, Certainty.PRESENCE_ONLY, Absence.UNKNOWN, seen("b", Finding.HOLDS));
        assertThat(happened).last().isEqualTo("5 INACTIVE>FIRING THRESHOLD_CROSSED");
        assertThat(state.instances()).hasSize(2);
    }

    @Test
    void b9_nothingChangesWhenNothingMayBeConcluded() {
        holds(1);
        RuleState before = state;
        at(2, Certainty.NOTHING, Absence.TARGET_SILENT);
        at(3, Certainty.NOTHING, Absence.TARGET_SILENT, seen(SERIES, Finding.CLEAR), seen("b", Finding.HOLDS));
        assertThat(state).isSameAs(before);
        assertThat(happened).hasSize(1);
    }

    @Test
    void forCountsNoTimeOfWhichNothingIsKnown() {
        machine = machine(3000, 0, WhenMissing.AUTO, 0);
        holds(1);
        holds(2);
        // The pipeline was away from 3 to 99: nobody knows whether the condition held.
        holds(100);
        assertThat(happened).hasSize(1);
        holds(101);
        assertThat(happened).last().isEqualTo("101 PENDING>FIRING FOR_ELAPSED");
    }

    @Test
    void b14_theAlertsUpToTheLimitStayAndTheOthersAreCounted() {
        machine = machine(0, 0, WhenMissing.AUTO, 2);
        at(1, Certainty.COMPLETE, Absence.UNKNOWN, seen("a", Finding.HOLDS), seen("b", Finding.HOLDS));
        at(
                2,
                Certainty.COMPLETE,
                Absence.UNKNOWN,
                seen("a", Finding.HOLDS),
                seen("b", Finding.HOLDS),
                seen("c", Finding.HOLDS),
                seen("d", Finding.HOLDS));
        assertThat(happened).hasSize(2);
        assertThat(state.instances()).hasSize(2);
        assertThat(state.cut()).isEqualTo(2);
        at(
                3,
                Certainty.COMPLETE,
                Absence.UNKNOWN,
                seen("a", Finding.CLEAR),
                seen("b", Finding.HOLDS),
                seen("c", Finding.HOLDS));
        assertThat(happened).hasSize(4);
        assertThat(state.cut()).isZero();
    }

    @Test
    void aLabelThatFollowsTheValueEndsOneAlertAndBeginsAnother() {
        Observation warning = new Observation(SERIES, new TreeMap<>(Map.of("severity", "warning")), 1, Finding.HOLDS);
        Observation critical = new Observation(SERIES, new TreeMap<>(Map.of("severity", "critical")), 9, Finding.HOLDS);
        at(1, Certainty.COMPLETE, Absence.UNKNOWN, warning);
        at(2, Certainty.COMPLETE, Absence.UNKNOWN, critical);
        assertThat(happened)
                .containsExactlyInAnyOrder(
                        "1 INACTIVE>FIRING THRESHOLD_CROSSED",
                        "2 FIRING>INACTIVE RECOVERED_ON_FRESH_DATA",
                        "2 INACTIVE>FIRING THRESHOLD_CROSSED");
    }

    @Test
    void twoSeriesThatEndInOneLabelSetAreAnError() {
        Observation one = new Observation("a", new TreeMap<>(Map.of("alertname", "A")), 1, Finding.HOLDS);
        Observation other = new Observation("b", new TreeMap<>(Map.of("alertname", "A")), 2, Finding.HOLDS);
        assertThatThrownBy(() -> at(1, Certainty.COMPLETE, Absence.UNKNOWN, one, other))
                .isInstanceOf(AlertMachine.DuplicateLabelsException.class)
                .hasMessageContaining("same labelset");
    }

    @Test
    void aRuleThatFailsSaysSoOnceAndLeavesItsAlertsAsTheyAre() {
        holds(1);
        Observation failure = new Observation("error", new TreeMap<>(Map.of("alertname", "Failing")), 1, Finding.HOLDS);
        take(2, machine.failed(state, failure, 2000));
        take(3, machine.failed(state, failure, 3000));
        assertThat(state.instances()).hasSize(2);
        holds(4);
        assertThat(happened)
                .containsExactly(
                        "1 INACTIVE>FIRING THRESHOLD_CROSSED",
                        "2 INACTIVE>ERROR EVALUATION_FAILED",
                        "4 ERROR>INACTIVE EVALUATION_RESTORED");
    }

    @Test
    void aRemovedRuleTakesItsAlertsWithIt() {
        holds(1);
        take(2, machine.removed(state, 2000));
        assertThat(happened).last().isEqualTo("2 FIRING>INACTIVE RULE_REMOVED");
        assertThat(state).isEqualTo(RuleState.NONE);
    }

    @Test
    void eachKindOfConditionGivesItsOwnReasons() {
        Map<Condition, List<String>> words = Map.of(
                Condition.THRESHOLD, List.of("THRESHOLD_CROSSED", "RECOVERED_ON_FRESH_DATA"),
                Condition.SPIKE, List.of("SPIKE", "RECOVERED_ON_FRESH_DATA"),
                Condition.OUTAGE, List.of("SERIES_MISSING", "SERIES_RETURNED"),
                Condition.STALLED, List.of("PIPELINE_STALLED", "PIPELINE_RESUMED"),
                Condition.LIMIT, List.of("LIMIT_REACHED", "RECOVERED_ON_FRESH_DATA"));
        words.forEach((condition, reasons) -> {
            happened.clear();
            state = RuleState.NONE;
            machine = new AlertMachine("rule", AlertPolicy.immediate(condition));
            holds(1);
            clear(2);
            assertThat(happened)
                    .containsExactly("1 INACTIVE>FIRING " + reasons.get(0), "2 FIRING>INACTIVE " + reasons.get(1));
        });
        assertThat(words.keySet()).containsExactlyInAnyOrder(Condition.values());
    }

    @Test
    void transitionsOfTheSameHistoryHaveTheSameIdsAndOthersDoNot() {
        Step<RuleState, Transition> one = machine.next(
                RuleState.NONE, List.of(seen("a", Finding.HOLDS)), Certainty.COMPLETE, i -> Absence.UNKNOWN, 1000);
        Step<RuleState, Transition> again = machine.next(
                RuleState.NONE, List.of(seen("a", Finding.HOLDS)), Certainty.COMPLETE, i -> Absence.UNKNOWN, 1000);
        Step<RuleState, Transition> later = machine.next(
                RuleState.NONE, List.of(seen("a", Finding.HOLDS)), Certainty.COMPLETE, i -> Absence.UNKNOWN, 2000);
        assertThat(one.events()).isEqualTo(again.events());
        assertThat(one.events().getFirst().id())
                .hasSize(64)
                .isNotEqualTo(later.events().getFirst().id());
    }
}
