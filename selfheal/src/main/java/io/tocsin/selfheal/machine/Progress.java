package io.tocsin.selfheal.machine;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a repair has come.
 *
 * @param state where it stands
 * @param step index of the current or next step, of the rollback steps while undoing
 * @param attempt how often the current step has been begun
 * @param restarts restarts that were begun
 * @param clear evaluations found clear in a row
 * @param evaluatedAt when verification last looked; empty before it did
 * @param verifyDeadline when verification gives up; set when it begins
 * @param failure why it is not going well; empty while it is
 */
public record Progress(
        RunState state,
        int step,
        int attempt,
        int restarts,
        int clear,
        Optional<Instant> evaluatedAt,
        Optional<Instant> verifyDeadline,
        Optional<String> failure) {

    /** Before the first step. */
    public static final Progress START =
            new Progress(RunState.READY, 0, 0, 0, 0, Optional.empty(), Optional.empty(), Optional.empty());

    Progress to(RunState next) {
        return new Progress(next, step, attempt, restarts, clear, evaluatedAt, verifyDeadline, failure);
    }

    Progress at(RunState next, int nextStep) {
        return new Progress(next, nextStep, 0, restarts, 0, evaluatedAt, verifyDeadline, failure);
    }

    Progress begun(RunState next, boolean restart) {
        int begun = restarts + (restart ? 1 : 0);
        return new Progress(next, step, attempt + 1, begun, clear, evaluatedAt, verifyDeadline, failure);
    }

    Progress verifyingUntil(Instant deadline) {
        return new Progress(RunState.VERIFYING, step, 0, restarts, 0, Optional.empty(), Optional.of(deadline), failure);
    }

    Progress evaluated(int inARow, Instant now) {
        return new Progress(state, step, attempt, restarts, inARow, Optional.of(now), verifyDeadline, failure);
    }

    /** The same, ended for a reason that lies outside its playbook. */
    public Progress escalated(String why) {
        return failed(why).to(RunState.ESCALATED);
    }

    Progress failed(String why) {
        return new Progress(
                state, step, attempt, restarts, clear, evaluatedAt, verifyDeadline, Optional.of(failure.orElse(why)));
    }
}
