package io.tocsin.notifier.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Instant FAR = NOW.plus(Duration.ofDays(9));

    @Property
    void waitsAtMostTheDoubledBaseAndNeverMoreThanTheCap(
            @ForAll @IntRange(min = 1, max = 100) int attempt, @ForAll long seed) {
        Instant next = RetryPolicy.DEFAULT
                .next(attempt, Optional.empty(), NOW, FAR, new Random(seed))
                .orElseThrow();

        long bound = Math.min(60_000, 1_000L << Math.min(attempt - 1, 10));
        assertThat(Duration.between(NOW, next).toMillis()).isBetween(0L, bound);
    }

    @Property
    void neverComesBackBeforeTheReceiverAskedFor(
            @ForAll @IntRange(min = 1, max = 9) int attempt,
            @ForAll @IntRange(min = 0, max = 600) int seconds,
            @ForAll long seed) {
        Instant next = RetryPolicy.DEFAULT
                .next(attempt, Optional.of(Duration.ofSeconds(seconds)), NOW, FAR, new Random(seed))
                .orElseThrow();

        assertThat(next).isAfterOrEqualTo(NOW.plusSeconds(seconds));
    }

    @Test
    void jitterIsFull() {
        Random random = new Random(1);
        long early = 0;
        for (int i = 0; i < 1_000; i++) {
            Instant next = RetryPolicy.DEFAULT
                    .next(7, Optional.empty(), NOW, FAR, random)
                    .orElseThrow();
            early += next.isBefore(NOW.plusSeconds(30)) ? 1 : 0;
        }
        assertThat(early).isBetween(400L, 600L);
    }

    @Test
    void givesUpAtTheDeadline() {
        assertThat(RetryPolicy.DEFAULT.next(
                        1, Optional.of(Duration.ofMinutes(5)), NOW, NOW.plusSeconds(300), new Random(1)))
                .isEmpty();
    }
}
