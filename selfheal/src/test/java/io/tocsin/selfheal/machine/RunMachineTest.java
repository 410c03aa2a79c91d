package io.tocsin.selfheal.machine;

import static io.tocsin.selfheal.machine.Input.BEGIN;
import static io.tocsin.selfheal.machine.Input.CLEAR;
import static io.tocsin.selfheal.machine.Input.EFFECT_ABSENT;
import static io.tocsin.selfheal.machine.Input.EFFECT_SEEN;
import static io.tocsin.selfheal.machine.Input.EFFECT_UNKNOWN;
import static io.tocsin.selfheal.machine.Input.FROZEN;
import static io.tocsin.selfheal.machine.Input.INTERRUPTED;
import static io.tocsin.selfheal.machine.Input.LAPSED;
import static io.tocsin.selfheal.machine.Input.NOT_CLEAR;
import static io.tocsin.selfheal.machine.Input.OBJECTED;
import static io.tocsin.selfheal.machine.Input.STEP_FAILED;
import static io.tocsin.selfheal.machine.Input.STEP_SUCCEEDED;
import static io.tocsin.selfheal.machine.RunState.ACTING;
import static io.tocsin.selfheal.machine.RunState.ESCALATED;
import static io.tocsin.selfheal.machine.RunState.OBSERVING;
import static io.tocsin.selfheal.machine.RunState.READY;
import static io.tocsin.selfheal.machine.RunState.UNDOING;
import static io.tocsin.selfheal.machine.RunState.UNDO_READY;
import static io.tocsin.selfheal.machine.RunState.VERIFIED;
import static io.tocsin.selfheal.machine.RunState.VERIFYING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.selfheal.Playbooks;
import io.tocsin.selfheal.playbook.Effect;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Step;
import io.tocsin.selfheal.playbook.Step.OnFailure;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunMachineTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private static final Map<RunState, Set<Input>> LEGAL = Map.of(
            READY, EnumSet.of(BEGIN, FROZEN, LAPSED),
            ACTING, EnumSet.of(STEP_SUCCEEDED, STEP_FAILED, INTERRUPTED, OBJECTED),
            OBSERVING, EnumSet.of(EFFECT_SEEN, EFFECT_ABSENT, EFFECT_UNKNOWN, FROZEN),
            VERIFYING, EnumSet.of(CLEAR, NOT_CLEAR),
            UNDO_READY, EnumSet.of(BEGIN, FROZEN),
            UNDOING, EnumSet.of(STEP_SUCCEEDED, STEP_FAILED, INTERRUPTED),
            VERIFIED, Set.of(),
            ESCALATED, Set.of());

    private final RunMachine simple = new RunMachine(Playbooks.restart());

    @ParameterizedTest
    @EnumSource
    void everyStateKnowsItsInputsAndRefusesAllOthers(RunState state) {
        assertThat(RunMachine.inputsOf(state)).isEqualTo(LEGAL.get(state));
        for (Input input : EnumSet.complementOf(EnumSet.copyOf(allOrNone(LEGAL.get(state))))) {
            assertThatThrownBy(
                            () -> machineWithRollback(OnFailure.ROLLBACK).next(Progress.START.to(state), input, START))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(input + " cannot happen in " + state);
        }
    }

    private static EnumSet<Input> allOrNone(Set<Input> inputs) {
        return inputs.isEmpty() ? EnumSet.noneOf(Input.class) : EnumSet.copyOf(inputs);
    }

    @Test
    void aStepThatWorksIsVerifiedByTwoClearEvaluationsInARow() {
        Run run = new Run(simple).on(BEGIN, ACTING).on(STEP_SUCCEEDED, VERIFYING);
        assertThat(run.progress.verifyDeadline()).contains(START.plusSeconds(60));
        run.at(10).on(CLEAR, VERIFYING).at(20).on(NOT_CLEAR, VERIFYING).at(30).on(CLEAR, VERIFYING);
        run.at(40).on(CLEAR, VERIFIED);
        assertThat(run.progress.failure()).isEmpty();
    }

    @Test
    void whatIsFoundClearAtTheDeadlineComesTooLate() {
        Run late = new Run(simple).on(BEGIN, ACTING).on(STEP_SUCCEEDED, VERIFYING);
        late.at(50).on(CLEAR, VERIFYING).at(60).on(CLEAR, ESCALATED);
        assertThat(late.progress.failure()).contains("not verified by the deadline");
        Run inTime = new Run(simple).on(BEGIN, ACTING).on(STEP_SUCCEEDED, VERIFYING);
        inTime.at(50).on(CLEAR, VERIFYING).at(59).on(CLEAR, VERIFIED);
    }

    @Test
    void whatIsNotClearAtTheDeadlineIsNotVerified() {
        Run run = new Run(simple).on(BEGIN, ACTING).on(STEP_SUCCEEDED, VERIFYING);
        run.at(59).on(NOT_CLEAR, VERIFYING).at(60).on(NOT_CLEAR, ESCALATED);
    }

    @Test
    void verificationLooksAtOnceThenAfterEachIntervalAndAtItsDeadline() {
        Run run = new Run(simple).on(BEGIN, ACTING).on(STEP_SUCCEEDED, VERIFYING);
        assertThat(simple.evaluationDue(run.progress, START)).isTrue();
        run.at(55).on(CLEAR, VERIFYING);
        assertThat(simple.evaluationDue(run.progress, START.plusSeconds(56))).isFalse();
        assertThat(simple.evaluationDue(run.progress, START.plusSeconds(60))).isTrue();
        Run early = new Run(simple).on(BEGIN, ACTING).on(STEP_SUCCEEDED, VERIFYING);
        early.at(5).on(NOT_CLEAR, VERIFYING);
        assertThat(simple.evaluationDue(early.progress, START.plusSeconds(14))).isFalse();
        assertThat(simple.evaluationDue(early.progress, START.plusSeconds(15))).isTrue();
    }

    @Test
    void aFailedStepIsTriedAgainAsOftenAsItMayBe() {
        RunMachine machine = machine(Playbooks.step("a", Effect.RESTART, 2, true, OnFailure.ESCALATE));
        Run run = new Run(machine).on(BEGIN, ACTING).on(STEP_FAILED, READY).on(BEGIN, ACTING);
        run.on(STEP_FAILED, ESCALATED);
        assertThat(run.progress.failure()).contains("step a failed");
    }

    @Test
    void aFailedStepThatMayFailGoesOnWithTheNextAndVerificationDecides() {
        RunMachine machine = machine(
                Playbooks.step("a", Effect.CHANGE, 1, false, OnFailure.CONTINUE),
                Playbooks.step("b", Effect.CHANGE, 1, false, OnFailure.CONTINUE));
        Run run = new Run(machine).on(BEGIN, ACTING).on(STEP_FAILED, READY);
        assertThat(machine.step(run.progress).name()).isEqualTo("b");
        run.on(BEGIN, ACTING).on(STEP_FAILED, VERIFYING);
    }

    @Test
    void aFailedStepIsUndoneStepByStepAndAlwaysEndsEscalated() {
        RunMachine machine = machineWithRollback(OnFailure.ROLLBACK);
        Run run = new Run(machine).on(BEGIN, ACTING).on(STEP_FAILED, UNDO_READY).on(BEGIN, UNDOING);
        assertThat(machine.step(run.progress).name()).isEqualTo("undo a");
        run.on(STEP_SUCCEEDED, UNDO_READY).on(BEGIN, UNDOING).on(STEP_SUCCEEDED, ESCALATED);
        assertThat(run.progress.failure()).contains("step a failed");
    }

    @Test
    void whatIsNotVerifiedIsUndone() {
        Run run = new Run(machineWithRollback(OnFailure.ESCALATE))
                .on(BEGIN, ACTING)
                .on(STEP_SUCCEEDED, VERIFYING);
        run.at(60).on(NOT_CLEAR, UNDO_READY).on(BEGIN, UNDOING).on(STEP_FAILED, ESCALATED);
        assertThat(run.progress.failure()).contains("not verified by the deadline");
    }

    @Test
    void anInterruptedStepIsLookedAtBeforeAnythingIsRepeated() {
        new Run(simple).on(BEGIN, ACTING).on(INTERRUPTED, OBSERVING).on(EFFECT_SEEN, VERIFYING);
        Run absent =
                new Run(simple).on(BEGIN, ACTING).on(INTERRUPTED, OBSERVING).on(EFFECT_ABSENT, READY);
        assertThat(absent.progress.step()).isZero();
    }

    @Test
    void anInterruptedStepOfUnknownEffectIsRepeatedOnlyWhenThatIsHarmless() {
        new Run(simple).on(BEGIN, ACTING).on(INTERRUPTED, OBSERVING).on(EFFECT_UNKNOWN, VERIFYING);
        RunMachine harmless = machine(Playbooks.step("a", Effect.RESTART, 2, true, OnFailure.ESCALATE));
        Run run = new Run(harmless).on(BEGIN, ACTING).on(INTERRUPTED, OBSERVING).on(EFFECT_UNKNOWN, READY);
        run.on(BEGIN, ACTING).on(INTERRUPTED, OBSERVING).on(EFFECT_UNKNOWN, VERIFYING);
    }

    @Test
    void anInterruptedRollbackIsRepeatedOnlyWhenThatIsHarmless() {
        new Run(machineWithRollback(OnFailure.ROLLBACK))
                .on(BEGIN, ACTING)
                .on(STEP_FAILED, UNDO_READY)
                .on(BEGIN, UNDOING)
                .on(INTERRUPTED, ESCALATED);
        Step harmless = Playbooks.step("undo", Effect.CHANGE, 2, true, OnFailure.ESCALATE);
        Step step = Playbooks.step("a", Effect.CHANGE, 1, false, OnFailure.ROLLBACK);
        new Run(new RunMachine(Playbooks.steps(List.of(step), List.of(harmless))))
                .on(BEGIN, ACTING)
                .on(STEP_FAILED, UNDO_READY)
                .on(BEGIN, UNDOING)
                .on(INTERRUPTED, UNDO_READY)
                .on(BEGIN, UNDOING)
                .on(INTERRUPTED, ESCALATED);
    }

    @Test
    void theKillSwitchEndsARepairBeforeItsNextStep() {
        new Run(simple).on(FROZEN, ESCALATED);
        new Run(simple).on(BEGIN, ACTING).on(INTERRUPTED, OBSERVING).on(FROZEN, ESCALATED);
        Run undo = new Run(machineWithRollback(OnFailure.ROLLBACK))
                .on(BEGIN, ACTING)
                .on(STEP_FAILED, UNDO_READY);
        undo.on(FROZEN, ESCALATED);
        assertThat(undo.progress.failure()).contains("step a failed");
    }

    @Test
    void onlyVerifiedAndEscalatedAreAnEnd() {
        assertThat(Stream.of(RunState.values()).filter(RunState::ended)).containsExactly(VERIFIED, ESCALATED);
    }

    @Test
    void whatEndsARepairFromOutsideIsItsFailureUnlessItHadOne() {
        Progress ended = Progress.START.escalated("the playbook changed");
        assertThat(ended.state()).isEqualTo(ESCALATED);
        assertThat(ended.failure()).contains("the playbook changed");
        assertThat(ended.escalated("later").failure()).contains("the playbook changed");
    }

    /** Whatever happens, in whatever order: it ends, and nothing is verified without two clear evaluations. */
    @Property(tries = 2000)
    void everyRepairEnds(@ForAll List<Input> inputs, @ForAll OnFailure onFailure) {
        RunMachine machine = machineWithRollback(onFailure);
        Progress progress = Progress.START;
        Instant now = START;
        List<Input> all = Stream.concat(
                        inputs.stream(),
                        Stream.generate(() -> List.of(NOT_CLEAR, INTERRUPTED, EFFECT_UNKNOWN, BEGIN))
                                .limit(30)
                                .flatMap(List::stream))
                .toList();
        int clear = 0;
        for (Input input : all) {
            if (RunMachine.inputsOf(progress.state()).contains(input)) {
                now = now.plusSeconds(7);
                progress = machine.next(progress, input, now);
                clear = input == CLEAR ? clear + 1 : 0;
            }
            if (progress.state().ended()) {
                break;
            }
        }
        assertThat(progress.state().ended()).isTrue();
        assertThat(progress.state() != VERIFIED || clear >= 2).isTrue();
        assertThat(progress.state() != ESCALATED || progress.failure().isPresent())
                .isTrue();
    }

    private static RunMachine machine(Step... steps) {
        return new RunMachine(Playbooks.steps(List.of(steps), List.of()));
    }

    private static RunMachine machineWithRollback(OnFailure onFailure) {
        Playbook playbook = Playbooks.steps(
                List.of(Playbooks.step("a", Effect.CHANGE, 1, false, onFailure)),
                List.of(Playbooks.step("undo a", Effect.CHANGE), Playbooks.step("undo b", Effect.CHANGE)));
        return new RunMachine(playbook);
    }

    /** A repair that a test carries on. */
    private static final class Run {
        private final RunMachine machine;
        private Progress progress = Progress.START;
        private Instant now = START;

        Run(RunMachine machine) {
            this.machine = machine;
        }

        Run at(int second) {
            now = START.plusSeconds(second);
            return this;
        }

        Run on(Input input, RunState expected) {
            progress = machine.next(progress, input, now);
            assertThat(progress.state()).as("after " + input).isEqualTo(expected);
            return this;
        }
    }
}
