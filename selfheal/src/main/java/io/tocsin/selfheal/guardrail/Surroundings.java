package io.tocsin.selfheal.guardrail;

import java.util.Optional;

/**
 * What holds around a decision, right now.
 *
 * @param frozenBy who pulled the kill switch and why; empty when nobody did
 * @param caughtUp whether the log has been read to where it ended at the start
 * @param pipelineProblem what is wrong with Tocsin's own pipeline; empty when nothing is
 * @param silence what is known of silences over the root alert
 * @param confirmation what the playbook's diagnosis found
 */
public record Surroundings(
        Optional<String> frozenBy,
        boolean caughtUp,
        Optional<String> pipelineProblem,
        Silence silence,
        Confirmation confirmation) {

    private static final String NOT_ASKED = "not asked";

    /** Before the world was asked anything. */
    public static Surroundings unasked(Optional<String> frozenBy, boolean caughtUp) {
        return new Surroundings(
                frozenBy,
                caughtUp,
                Optional.of(NOT_ASKED),
                new Silence.Unknown(NOT_ASKED),
                new Confirmation.Unconfirmed("diagnosis", NOT_ASKED));
    }

    /** What is known of silences. */
    public sealed interface Silence {
        /** No silence covers the alert. */
        record None() implements Silence {}

        /** This one does. */
        record Active(String id) implements Silence {}

        /** It cannot be told. */
        record Unknown(String why) implements Silence {}
    }

    /** What the diagnosis found. */
    public sealed interface Confirmation {
        /** Every check holds; {@code independent} of them do not rest on the telemetry that raised the alert. */
        record Confirmed(int independent) implements Confirmation {}

        /** A check does not hold, or could not be made. */
        record Unconfirmed(String check, String found) implements Confirmation {}
    }
}
