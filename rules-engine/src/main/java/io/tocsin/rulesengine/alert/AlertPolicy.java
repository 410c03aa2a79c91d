package io.tocsin.rulesengine.alert;

import java.util.Objects;

/**
 * What a rule asks of its alert instances. Durations are milliseconds.
 *
 * @param forMs how long the condition must hold before it fires
 * @param keepFiringForMs how long it must be clear before it recovers
 * @param forgetAfterMs how long an alert without data stays active, more than 0
 * @param limit how many instances the rule may have; 0 for any number
 * @param intervalMs how often the rule is evaluated, more than 0
 */
public record AlertPolicy(
        Condition condition,
        long forMs,
        long keepFiringForMs,
        WhenMissing whenMissing,
        long forgetAfterMs,
        int limit,
        long intervalMs) {

    /** How long an alert whose target is silent stays active where the rule does not say: 24 h. */
    public static final long FORGET_AFTER_MS = 24 * 3600 * 1000L;

    public AlertPolicy {
        Objects.requireNonNull(condition);
        Objects.requireNonNull(whenMissing);
        if (forMs < 0 || keepFiringForMs < 0 || forgetAfterMs <= 0 || limit < 0 || intervalMs <= 0) {
            throw new IllegalArgumentException("durations and limits are not negative");
        }
    }

    /** Fires at once and recovers at once, so that it does not matter how often it is evaluated. */
    public static AlertPolicy immediate(Condition condition) {
        return new AlertPolicy(condition, 0, 0, WhenMissing.AUTO, FORGET_AFTER_MS, 0, 1);
    }
}
