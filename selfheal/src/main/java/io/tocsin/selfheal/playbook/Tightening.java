package io.tocsin.selfheal.playbook;

import java.time.Duration;
import java.util.Optional;

/**
 * The limits that a playbook wants stricter; see {@link Limits} for each. A laxer value is refused where the file is
 * read, and has no effect here.
 */
public record Tightening(
        Optional<Integer> restartsPerHour,
        Optional<Duration> backoff,
        Optional<Integer> failuresBeforeBreak,
        Optional<Double> healthyFraction,
        Optional<Duration> deployGrace,
        Optional<Duration> newestSample,
        Optional<Duration> oldestAlert,
        Optional<Duration> approvalWait,
        Optional<Integer> approvers) {

    /** Nothing stricter. */
    public static final Tightening NONE = new Tightening(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
}
