package io.tocsin.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final Attempts attempts = new Attempts();

    @Test
    void fiveAreFreeThenEachWaitIsTwiceTheOneBefore() {
        for (int i = 0; i < 4; i++) {
            attempts.failed("ada", START);
        }
        assertThat(attempts.wait("ada", START)).isZero();
        attempts.failed("ada", START);
        assertThat(attempts.wait("ada", START)).isEqualTo(Duration.ofSeconds(5));
        assertThat(attempts.wait("bob", START)).isZero();
        attempts.failed("ada", START.plusSeconds(5));
        assertThat(attempts.wait("ada", START.plusSeconds(5))).isEqualTo(Duration.ofSeconds(10));
        for (int i = 0; i < 30; i++) {
            attempts.failed("ada", START.plusSeconds(5));
        }
        assertThat(attempts.wait("ada", START.plusSeconds(5))).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void successAndTimeForgive() {
        for (int i = 0; i < 6; i++) {
            attempts.failed("ada", START);
            attempts.failed("bob", START);
        }
        attempts.succeeded("ada");
        assertThat(attempts.wait("ada", START)).isZero();
        attempts.failed("bob", START.plusSeconds(3_600));
        assertThat(attempts.wait("bob", START.plusSeconds(3_600))).isZero();
    }
}
