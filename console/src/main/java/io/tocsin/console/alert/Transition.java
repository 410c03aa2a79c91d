package io.tocsin.console.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of state of an alert.
 *
 * @param id the same when it is read again
 * @param from state before
 * @param to state after
 * @param reason its name in the contract
 * @param at logical time of the tick
 * @param value of the expression; null when it is not a number
 * @param evidence what the data were like, in words; empty when they were complete
 */
public record Transition(
        String id,
        State from,
        State to,
        String reason,
        Instant at,
        @Nullable Double value,
        String evidence) {

    public Transition(
            String id, State from, State to, String reason, Instant at, @Nullable Double value, String evidence) {
        this.id = id;
        this.from = from;
        this.to = to;
        this.reason = reason;
        this.at = at;
        this.value = value;
        this.evidence = evidence;
    }

    /** Why, as a sentence. */
    public String why() {
        return Reasons.words(reason);
    }
}
