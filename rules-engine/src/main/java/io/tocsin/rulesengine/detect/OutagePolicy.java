package io.tocsin.rulesengine.detect;

/**
 * When a series counts as missing. Durations are milliseconds.
 *
 * @param missingIntervals how many intervals of its learned cadence it may be absent; 0 where {@code missingForMs} says
 * @param missingForMs how long it may be absent; 0 where {@code missingIntervals} says; both 0: absence is no outage
 * @param zeroForMs how long it may say zero after it said something else; 0 for as long as it likes
 * @param forgetAfterMs how long an absent series is expected back
 * @param intervalMs how often the rule is evaluated
 */
public record OutagePolicy(
        double missingIntervals, long missingForMs, long zeroForMs, long forgetAfterMs, long intervalMs) {

    public OutagePolicy {
        if (missingIntervals < 0 || missingForMs < 0 || zeroForMs < 0 || forgetAfterMs <= 0 || intervalMs <= 0) {
            throw new IllegalArgumentException("durations are not negative, an interval is more than 0");
        }
    }

    boolean watchesAbsence() {
        return missingIntervals > 0 || missingForMs > 0;
    }

    long toleratedMs(long cadenceMs) {
        return missingForMs > 0 ? missingForMs : Math.round(missingIntervals * Math.max(cadenceMs, intervalMs));
    }
}
