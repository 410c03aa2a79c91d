package io.tocsin.notifier.group;

import io.tocsin.notifier.group.Alert.Condition;
import java.util.Optional;

/**
 * An alert of a group with what holds it.
 *
 * @param alert the alert
 * @param hold why it creates no notice, if so
 */
public record Candidate(Alert alert, Optional<Hold> hold) {

    /** An alert that nothing holds. */
    public static Candidate free(Alert alert) {
        return new Candidate(alert, Optional.empty());
    }

    String fingerprint() {
        return alert.fingerprint();
    }

    boolean is(Condition condition) {
        return alert.condition() == condition;
    }

    boolean freely(Condition condition) {
        return hold.isEmpty() && is(condition);
    }

    /** Held with its whole group, while the clock says so. */
    boolean heldForATime() {
        return hold.filter(Hold.Timed.class::isInstance).isPresent();
    }

    /** A burning symptom: no notice of its own, but a line in its root's. */
    boolean listed() {
        return hold.filter(Hold.Explained.class::isInstance).isPresent() && !is(Condition.RESOLVED);
    }
}
