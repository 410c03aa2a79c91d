package io.tocsin.selfheal.heal;

import io.tocsin.selfheal.action.Executors;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Outcome;
import io.tocsin.selfheal.action.Sight;
import io.tocsin.selfheal.diagnose.Answer;
import io.tocsin.selfheal.diagnose.Diagnosis;
import io.tocsin.selfheal.machine.Aside.Found;
import io.tocsin.selfheal.machine.Input;
import io.tocsin.selfheal.machine.RunState;
import io.tocsin.selfheal.playbook.Step;
import io.tocsin.selfheal.playbook.Target;
import io.tocsin.selfheal.store.Run;
import io.tocsin.selfheal.store.StepBegins;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;

/**
 * What runs beside for a step: carrying it out, and after an interruption finding out how far it came.
 *
 * @param clock of the times at which steps were begun
 */
record StepWork(Jdbi jdbi, Diagnosis diagnosis, Executors executors, InstantSource clock) {

    /** @param run as it was written down when the step began */
    Found carryOut(Run run, Step step, Target target, long token, BooleanSupplier allowed) throws InterruptedException {
        boolean repeated = run.progress().attempt() > 1;
        Outcome outcome = executors.act(step.action(), target, order(run, step, token, repeated, allowed));
        Input input = switch (outcome.end()) {
            case DONE, ALREADY_DONE -> Input.STEP_SUCCEEDED;
            case REFUSED, ABSENT, UNREACHABLE, NO_EFFECT, FAILED, TIMED_OUT -> Input.STEP_FAILED;
            case STOPPED -> Input.INTERRUPTED;
        };
        String end = outcome.end() == Outcome.End.DONE ? "" : " " + outcome.end();
        String detail = outcome.detail().isEmpty() ? "" : ": " + outcome.detail();
        return new Found(input, step.name() + end + detail);
    }

    Found effect(Run run, Step step, Target target, long token) throws InterruptedException {
        if (step.done().isPresent()) {
            Answer answer = diagnosis.ask(step.done().get(), target);
            Input input = switch (answer.holds()) {
                case YES -> Input.EFFECT_SEEN;
                case NO -> Input.EFFECT_ABSENT;
                case UNKNOWN -> Input.EFFECT_UNKNOWN;
            };
            return new Found(input, answer.found());
        }
        Sight sight = executors.see(step.action(), target, order(run, step, token, true, () -> true));
        Input input = switch (sight.shown()) {
            case THERE -> Input.EFFECT_SEEN;
            case NOT_YET, FAILED -> Input.EFFECT_ABSENT;
            case UNTOLD -> Input.EFFECT_UNKNOWN;
        };
        return new Found(input, sight.found());
    }

    private Order order(Run run, Step step, long token, boolean repeated, BooleanSupplier allowed) {
        Instant begunAt = jdbi.withHandle(handle -> StepBegins.of(handle, run));
        String undo = run.progress().state() == RunState.UNDOING ? "/undo/" : "/";
        String id = run.id() + undo + run.progress().step();
        return Order.of(id, token, begunAt, clock.instant(), repeated, step.timeout(), allowed);
    }
}
