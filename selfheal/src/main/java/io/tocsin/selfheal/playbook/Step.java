package io.tocsin.selfheal.playbook;

import java.time.Duration;
import java.util.Optional;

/**
 * One change.
 *
 * @param name unique in its playbook
 * @param effect what kind of change it is
 * @param action what is done
 * @param timeout at most 10 minutes; the action is stopped then
 * @param attempts how often it is tried, from 1 to 5; more than 1 only when {@code idempotent}
 * @param idempotent running it twice is the same as running it once
 * @param onFailure what a failure means for the rest of the run
 * @param done tells whether the effect is there already; asked before a step is repeated after a crash, instead of
 *     what the action itself can see
 */
public record Step(
        String name,
        Effect effect,
        Action action,
        Duration timeout,
        int attempts,
        boolean idempotent,
        OnFailure onFailure,
        Optional<Check> done) {

    /** The longest that one step may take. */
    public static final Duration LONGEST = Duration.ofMinutes(10);

    private static final int MOST_ATTEMPTS = 5;

    /** What a failed step means for the run. */
    public enum OnFailure {
        /** Undo with the playbook's rollback steps, then page. */
        ROLLBACK,
        /** Page. */
        ESCALATE,
        /** Go on with the next step; verification decides. */
        CONTINUE
    }

    public Step {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a step needs a name");
        }
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a step's timeout is more than 0 and at most 10 minutes");
        }
        if (attempts < 1 || attempts > MOST_ATTEMPTS || (attempts > 1 && !idempotent)) {
            throw new IllegalArgumentException(
                    "a step is tried 1 to " + MOST_ATTEMPTS + " times, and more than once only when it is idempotent");
        }
    }

    /** Whether it can be found out if its effect is there. */
    public boolean observable() {
        return done.isPresent() || action.observable();
    }

    /** Exactly what will be done to a target. */
    public String text(Target target) {
        return name + ": " + action.text(target);
    }
}
