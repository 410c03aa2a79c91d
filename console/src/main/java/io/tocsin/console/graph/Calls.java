package io.tocsin.console.graph;

import java.time.Duration;
import java.time.Instant;

/**
 * Calls from one service to another in one window.
 *
 * @param between which services
 * @param at end of the window
 * @param window its length
 * @param calls how many
 * @param errors how many failed, as the side saw it that saw more
 * @param unanswered how many of which the callee told nothing
 * @param seconds that they took together
 * @param virtual whether the callee is known from its callers alone, such as a database
 */
public record Calls(
        Between between,
        Instant at,
        Duration window,
        long calls,
        long errors,
        long unanswered,
        double seconds,
        boolean virtual) {

    /** A pair of services of one environment. */
    public record Between(String environment, String caller, String callee) {}
}
