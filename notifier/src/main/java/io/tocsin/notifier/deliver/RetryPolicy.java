package io.tocsin.notifier.deliver;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a failed delivery is tried again: exponential backoff with full jitter (Brooker, "Exponential Backoff And
 * Jitter"), never before the receiver's own {@code Retry-After}, never after the deadline.
 *
 * @param base upper bound of the first wait
 * @param cap upper bound of every wait that the receiver did not ask for
 */
public record RetryPolicy(Duration base, Duration cap) {

    /** What holds unless somebody says otherwise. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(1));

    /**
     * The time of the next try.
     *
     * @param attempt number of the try that failed, from 1
     * @return empty when it would be after the deadline: the notice is given up
     */
    public Optional<Instant> next(
            int attempt, Optional<Duration> retryAfter, Instant now, Instant deadline, RandomGenerator random) {
        int doublings = Math.min(attempt - 1, 30);
        long bound = Math.min(cap.toMillis(), base.toMillis() << Math.min(doublings, 20));
        Duration jitter = Duration.ofMillis(random.nextLong(bound + 1));
        Duration wait = retryAfter.filter(asked -> asked.compareTo(jitter) > 0).orElse(jitter);
        return Optional.of(now.plus(wait)).filter(next -> next.isBefore(deadline));
    }
}
