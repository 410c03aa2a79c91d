package io.tocsin.selfheal.machine;

import io.tocsin.selfheal.playbook.Effect;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Step;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * All legal moves of a repair, in one table. An input that a state does not list is a broken invariant.
 *
 * @param playbook the plan that is carried out
 */
public record RunMachine(Playbook playbook) {

    /** One move: what the repair is after an input. */
    @FunctionalInterface
    private interface Move {
        Progress from(RunMachine machine, Progress progress, Instant now);
    }

    private static final Map<RunState, Map<Input, Move>> TABLE = table();

    private static Map<RunState, Map<Input, Move>> table() {
        Map<RunState, Map<Input, Move>> table = new EnumMap<>(RunState.class);
        table.put(
                RunState.READY,
                Map.of(
                        Input.BEGIN, (m, p, now) -> m.begun(p, RunState.ACTING),
                        Input.LAPSED,
                                (m, p, now) -> p.failed("not begun in time").to(RunState.ESCALATED),
                        Input.FROZEN,
                                (m, p, now) ->
                                        p.failed("frozen before the next step").to(RunState.ESCALATED)));
        table.put(
                RunState.ACTING,
                Map.of(
                        Input.STEP_SUCCEEDED, RunMachine::stepDone,
                        Input.STEP_FAILED, RunMachine::stepFailed,
                        Input.OBJECTED, RunMachine::objected,
                        Input.INTERRUPTED, (m, p, now) -> p.to(RunState.OBSERVING)));
        table.put(
                RunState.OBSERVING,
                Map.of(
                        Input.EFFECT_SEEN,
                        RunMachine::stepDone,
                        Input.EFFECT_ABSENT,
                        (m, p, now) -> p.to(RunState.READY),
                        Input.EFFECT_UNKNOWN,
                        RunMachine::effectUnknown,
                        Input.FROZEN,
                        (m, p, now) ->
                                p.failed("frozen after an interrupted step").to(RunState.ESCALATED)));
        table.put(
                RunState.VERIFYING,
                Map.of(
                        Input.CLEAR, RunMachine::clear,
                        Input.NOT_CLEAR, RunMachine::notClear));
        table.put(
                RunState.UNDO_READY,
                Map.of(
                        Input.BEGIN, (m, p, now) -> m.begun(p, RunState.UNDOING),
                        Input.FROZEN,
                                (m, p, now) ->
                                        p.failed("frozen before the rollback").to(RunState.ESCALATED)));
        table.put(
                RunState.UNDOING,
                Map.of(
                        Input.STEP_SUCCEEDED, RunMachine::undone,
                        Input.STEP_FAILED,
                                (m, p, now) -> p.failed("the rollback failed").to(RunState.ESCALATED),
                        Input.INTERRUPTED, RunMachine::undoInterrupted));
        table.put(RunState.VERIFIED, Map.of());
        table.put(RunState.ESCALATED, Map.of());
        return table;
    }

    /**
     * The repair after an input.
     *
     * @throws IllegalStateException when the state does not know the input
     */
    public Progress next(Progress progress, Input input, Instant now) {
        Move move = TABLE.getOrDefault(progress.state(), Map.of()).get(input);
        if (move == null) {
            throw new IllegalStateException(input + " cannot happen in " + progress.state());
        }
        return move.from(this, progress, now);
    }

    /** The inputs that a state knows. */
    public static Set<Input> inputsOf(RunState state) {
        return TABLE.getOrDefault(state, Map.of()).keySet();
    }

    /** The step that is next or under way. */
    public Step step(Progress progress) {
        return switch (progress.state()) {
            case READY, ACTING, OBSERVING -> playbook.steps().get(progress.step());
            case UNDO_READY, UNDOING -> playbook.rollback().get(progress.step());
            case VERIFYING, VERIFIED, ESCALATED -> throw new IllegalStateException("no step in " + progress.state());
        };
    }

    private Progress begun(Progress progress, RunState next) {
        return progress.begun(next, step(progress).effect() == Effect.RESTART);
    }

    /** What was done so far is undone where a failure of the step would undo it. */
    private Progress objected(Progress progress, Instant now) {
        Progress stopped =
                progress.failed("a guard stopped step " + step(progress).name());
        return step(progress).onFailure() == Step.OnFailure.ROLLBACK ? undo(stopped) : stopped.to(RunState.ESCALATED);
    }

    private Progress stepDone(Progress progress, Instant now) {
        int next = progress.step() + 1;
        return next < playbook.steps().size() ? progress.at(RunState.READY, next) : verifying(progress, now);
    }

    private Progress stepFailed(Progress progress, Instant now) {
        Step step = step(progress);
        if (progress.attempt() < step.attempts()) {
            return progress.to(RunState.READY);
        }
        return switch (step.onFailure()) {
            case CONTINUE -> stepDone(progress, now);
            case ROLLBACK -> undo(progress.failed("step " + step.name() + " failed"));
            case ESCALATE -> progress.failed("step " + step.name() + " failed").to(RunState.ESCALATED);
        };
    }

    /** What may be done twice is done again; of anything else, verification tells whether it happened. */
    private Progress effectUnknown(Progress progress, Instant now) {
        Step step = step(progress);
        return step.idempotent() && progress.attempt() < step.attempts()
                ? progress.to(RunState.READY)
                : verifying(progress, now);
    }

    private Progress verifying(Progress progress, Instant now) {
        return progress.verifyingUntil(now.plus(playbook.verify().within()));
    }

    /** What is found clear at the deadline or later comes too late to count. */
    private Progress clear(Progress progress, Instant now) {
        if (expired(progress, now)) {
            return notVerified(progress);
        }
        Progress counted = progress.evaluated(progress.clear() + 1, now);
        return counted.clear() >= playbook.verify().evaluations() ? counted.to(RunState.VERIFIED) : counted;
    }

    private Progress notClear(Progress progress, Instant now) {
        return expired(progress, now) ? notVerified(progress) : progress.evaluated(0, now);
    }

    private static boolean expired(Progress progress, Instant now) {
        return progress.verifyDeadline().filter(now::isBefore).isEmpty();
    }

    private Progress notVerified(Progress progress) {
        return undo(progress.failed("not verified by the deadline"));
    }

    /** Whether verification should look again: an interval after it last looked, and at its deadline. */
    public boolean evaluationDue(Progress progress, Instant now) {
        return expired(progress, now)
                || progress.evaluatedAt()
                        .map(last -> !now.isBefore(last.plus(playbook.verify().interval())))
                        .orElse(true);
    }

    private Progress undo(Progress progress) {
        return playbook.rollback().isEmpty() ? progress.to(RunState.ESCALATED) : progress.at(RunState.UNDO_READY, 0);
    }

    private Progress undone(Progress progress, Instant now) {
        int next = progress.step() + 1;
        return next < playbook.rollback().size()
                ? progress.at(RunState.UNDO_READY, next)
                : progress.to(RunState.ESCALATED);
    }

    private Progress undoInterrupted(Progress progress, Instant now) {
        return step(progress).idempotent()
                        && progress.attempt() < step(progress).attempts()
                ? progress.to(RunState.UNDO_READY)
                : progress.failed("the rollback was interrupted").to(RunState.ESCALATED);
    }
}
