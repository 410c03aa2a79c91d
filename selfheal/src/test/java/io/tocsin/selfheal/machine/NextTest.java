package io.tocsin.selfheal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.selfheal.Playbooks;
import io.tocsin.selfheal.playbook.Effect;
import io.tocsin.selfheal.playbook.Step.OnFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NextTest {

    private static final Instant DECIDED = Instant.parse("2026-03-01T10:00:00Z");
    private static final Aside IDLE = new Aside.Idle();

    private final RunMachine machine = new RunMachine(
            Playbooks.steps(List.of(Playbooks.step("a", Effect.RESTART, 2, true, OnFailure.ESCALATE)), List.of()));

    private Next next(Progress progress, Aside aside, Optional<String> frozen, Duration later) {
        return Next.of(machine, progress, aside, frozen, DECIDED, DECIDED.plus(later));
    }

    private Progress after(Input... inputs) {
        Progress progress = Progress.START;
        for (Input input : inputs) {
            progress = machine.next(progress, input, DECIDED);
        }
        return progress;
    }

    @Test
    void aDecisionIsActedOnAtOnceOrNotAtAll() {
        assertThat(next(Progress.START, IDLE, Optional.empty(), Next.DECISION_HOLDS))
                .isEqualTo(new Next.Begin());
        assertThat(next(Progress.START, IDLE, Optional.empty(), Next.DECISION_HOLDS.plusMillis(1)))
                .isEqualTo(new Next.Move(Input.LAPSED, "decided at " + DECIDED));
        assertThat(after(Input.LAPSED).state()).isEqualTo(RunState.ESCALATED);
    }

    @Test
    void whatWasBegunIsCarriedOnHoweverLongAgoItWasDecided() {
        Progress again = after(Input.BEGIN, Input.STEP_FAILED);
        assertThat(next(again, IDLE, Optional.empty(), Duration.ofHours(1))).isEqualTo(new Next.Begin());
        assertThat(again.restarts()).isEqualTo(1);
        assertThat(after(Input.BEGIN, Input.STEP_FAILED, Input.BEGIN).restarts())
                .isEqualTo(2);
    }

    @Test
    void nothingBeginsWhileFrozen() {
        assertThat(next(Progress.START, IDLE, Optional.of("ann"), Duration.ZERO))
                .isEqualTo(new Next.Move(Input.FROZEN, "ann"));
        assertThat(next(after(Input.BEGIN, Input.INTERRUPTED), new Aside.Busy(), Optional.of("ann"), Duration.ZERO))
                .isEqualTo(new Next.Stop(Input.FROZEN, "ann"));
    }

    @Test
    void aStepThatNobodyCarriesOutWasInterrupted() {
        Progress acting = after(Input.BEGIN);
        assertThat(next(acting, IDLE, Optional.empty(), Duration.ZERO))
                .isEqualTo(new Next.Move(Input.INTERRUPTED, "nobody knows how far the step came"));
        assertThat(next(acting, new Aside.Busy(), Optional.empty(), Duration.ZERO))
                .isEqualTo(new Next.Nothing());
        assertThat(next(acting, new Aside.Found(Input.STEP_SUCCEEDED, "ok"), Optional.empty(), Duration.ZERO))
                .isEqualTo(new Next.Move(Input.STEP_SUCCEEDED, "ok"));
    }

    @Test
    void anEvaluationThatHangsEndsAtTheDeadline() {
        Progress verifying = after(Input.BEGIN, Input.STEP_SUCCEEDED);
        assertThat(next(verifying, IDLE, Optional.empty(), Duration.ZERO)).isEqualTo(new Next.Evaluate());
        assertThat(next(verifying, new Aside.Busy(), Optional.empty(), Duration.ofSeconds(59)))
                .isEqualTo(new Next.Nothing());
        assertThat(next(verifying, new Aside.Busy(), Optional.empty(), Duration.ofSeconds(60)))
                .isInstanceOf(Next.Stop.class);
    }

    @Test
    void whatAGuardStopsIsUndoneWhereAFailureWouldBe() {
        assertThat(after(Input.BEGIN, Input.OBJECTED).state()).isEqualTo(RunState.ESCALATED);
        RunMachine undoing = new RunMachine(Playbooks.steps(
                List.of(Playbooks.step("a", Effect.CHANGE, 1, false, OnFailure.ROLLBACK)),
                List.of(Playbooks.step("undo", Effect.CHANGE))));
        Progress begun = undoing.next(Progress.START, Input.BEGIN, DECIDED);
        assertThat(undoing.next(begun, Input.OBJECTED, DECIDED).state()).isEqualTo(RunState.UNDO_READY);
    }
}
