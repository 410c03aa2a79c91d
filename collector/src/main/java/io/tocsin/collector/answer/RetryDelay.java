package io.tocsin.collector.answer;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** When a refused request may come again: at least the time asked for, spread so that senders do not come back as one. */
public final class RetryDelay {

    private RetryDelay() {}

    /** Between one and two times {@code atLeast}. */
    public static Duration jittered(Duration atLeast, RandomGenerator random) {
        return atLeast.plusNanos(random.nextLong(Math.max(1, atLeast.toNanos())));
    }

    /** In whole seconds, rounded up, as {@code Retry-After} says it (RFC 9110, section 10.2.3). */
    public static String header(Duration delay) {
        return Long.toString(Math.max(1, delay.plusNanos(999_999_999).toSeconds()));
    }
}
