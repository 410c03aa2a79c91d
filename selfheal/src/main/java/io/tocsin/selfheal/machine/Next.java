package io.tocsin.selfheal.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is to be done next for a repair, by whoever holds the right to act. */
public sealed interface Next {

    /** A decision is acted on at once or not at all: what it rests on is no longer so. */
    Duration DECISION_HOLDS = Duration.ofSeconds(15);

    /** Write down that the step begins, then carry it out beside. */
    record Begin() implements Next {}

    /** Find out beside what an interrupted step did. */
    record Observe() implements Next {}

    /** Evaluate beside whether everything is clear. */
    record Evaluate() implements Next {}

    /** Write down this move. */
    record Move(Input input, String detail) implements Next {}

    /** Stop what runs beside; once it is dead, write down this move. */
    record Stop(Input input, String detail) implements Next {}

    /** Wait. */
    record Nothing() implements Next {}

    /**
     * What is next.
     *
     * @param frozenBy who pulled the kill switch and why; empty when nobody did
     * @param decidedAt when the guards let it run
     */
    static Next of(
            RunMachine machine,
            Progress progress,
            Aside aside,
            Optional<String> frozenBy,
            Instant decidedAt,
            Instant now) {
        return switch (progress.state()) {
            case READY, UNDO_READY -> begin(progress, frozenBy, decidedAt, now);
            case ACTING, UNDOING -> step(aside);
            case OBSERVING -> observe(machine, progress, aside, frozenBy);
            case VERIFYING -> verify(machine, progress, aside, now);
            case VERIFIED, ESCALATED -> throw new IllegalStateException("an ended repair has no next");
        };
    }

    private static Next begin(Progress progress, Optional<String> frozenBy, Instant decidedAt, Instant now) {
        if (frozenBy.isPresent()) {
            return new Move(Input.FROZEN, frozenBy.get());
        }
        boolean untouched = progress.state() == RunState.READY && progress.step() == 0 && progress.attempt() == 0;
        return untouched && Duration.between(decidedAt, now).compareTo(DECISION_HOLDS) > 0
                ? new Move(Input.LAPSED, "decided at " + decidedAt)
                : new Begin();
    }

    private static Next step(Aside aside) {
        return switch (aside) {
            // Begun by a process that is gone, or under a lease that was lost.
            case Aside.Idle idle -> new Move(Input.INTERRUPTED, "nobody knows how far the step came");
            case Aside.Busy busy -> new Nothing();
            case Aside.Found(Input input, String detail) -> new Move(input, detail);
        };
    }

    /** What an interrupted step did is found out before anything is repeated. */
    private static Next observe(RunMachine machine, Progress progress, Aside aside, Optional<String> frozenBy) {
        if (frozenBy.isPresent()) {
            return new Stop(Input.FROZEN, frozenBy.get());
        }
        if (!machine.step(progress).observable()) {
            return new Move(Input.EFFECT_UNKNOWN, "the step does not say how to see its effect");
        }
        return switch (aside) {
            case Aside.Idle idle -> new Observe();
            case Aside.Busy busy -> new Nothing();
            case Aside.Found(Input input, String detail) -> new Move(input, detail);
        };
    }

    private static Next verify(RunMachine machine, Progress progress, Aside aside, Instant now) {
        return switch (aside) {
            case Aside.Found(Input input, String detail) -> new Move(input, detail);
            case Aside.Busy busy ->
                progress.verifyDeadline().filter(now::isBefore).isEmpty()
                        ? new Stop(Input.NOT_CLEAR, "the evaluation did not end by the deadline")
                        : new Nothing();
            case Aside.Idle idle -> machine.evaluationDue(progress, now) ? new Evaluate() : new Nothing();
        };
    }
}
