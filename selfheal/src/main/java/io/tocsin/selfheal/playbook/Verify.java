package io.tocsin.selfheal.playbook;

import java.time.Duration;
import java.util.List;

/**
 * How a run knows that it worked: everything clear, several evaluations in a row, before the deadline.
 *
 * @param checks what must hold
 * @param rootAlertRecovered the incident's root alert must have recovered too
 * @param evaluations how many in a row, at least 2
 * @param interval time between evaluations
 * @param within the deadline, counted from the last step; at most 2 hours
 */
public record Verify(
        List<Check> checks, boolean rootAlertRecovered, int evaluations, Duration interval, Duration within) {

    /** One clear evaluation may be luck. */
    public static final int LEAST_EVALUATIONS = 2;

    private static final Duration LONGEST = Duration.ofHours(2);

    public Verify {
        checks = List.copyOf(checks);
        if (checks.isEmpty() && !rootAlertRecovered) {
            throw new IllegalArgumentException("verification needs a check or root_alert: recovered");
        }
        if (evaluations < LEAST_EVALUATIONS) {
            throw new IllegalArgumentException("verification needs at least 2 evaluations");
        }
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("the interval must be longer than zero");
        }
        if (within.compareTo(LONGEST) > 0 || within.compareTo(interval.multipliedBy(evaluations - 1L)) < 0) {
            throw new IllegalArgumentException("the deadline is at most 2 h and leaves room for all evaluations");
        }
    }
}
