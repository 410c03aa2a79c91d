package io.tocsin.selfheal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Waits for a condition, looking again and again until a deadline. */
final class Until {

    private static final Duration DEADLINE = Duration.ofSeconds(40);

    private Until() {}

    /** The value once it satisfies the condition; fails with the last value after the deadline. */
    static <T> T value(Callable<T> source, Predicate<T> condition) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        T value = source.call();
        while (!condition.test(value) && System.nanoTime() < end) {
            Thread.sleep(20);
            value = source.call();
        }
        assertThat(value).matches(condition, "what was waited for");
        return value;
    }
}
