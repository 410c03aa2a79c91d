package io.tocsin.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final Sessions sessions =
            new Sessions(new SecureRandom(), Duration.ofMinutes(60), Duration.ofMinutes(150), 2);

    @Test
    void lastsWhileItIsUsedAndNotTooLong() {
        String token = sessions.begin("ada", Role.ADMIN, true, START);
        assertThat(sessions.find(token, START.plusSeconds(3_000))).isPresent();
        assertThat(sessions.find(token, START.plusSeconds(6_000))).isPresent();
        assertThat(sessions.find(token, START.plusSeconds(8_900))).isPresent();
        assertThat(sessions.find(token, START.plusSeconds(9_000)))
                .as("150 minutes after it began")
                .isEmpty();
    }

    @Test
    void endsWhenItIsNotUsed() {
        String token = sessions.begin("ada", Role.ADMIN, true, START);
        assertThat(sessions.find(token, START.plusSeconds(3_600))).isEmpty();
        assertThat(sessions.find(token, START.plusSeconds(1)))
                .as("it does not come back")
                .isEmpty();
    }

    @Test
    void endsWhenSomebodySignsOut() {
        String token = sessions.begin("ada", Role.ADMIN, true, START);
        sessions.end(token);
        assertThat(sessions.find(token, START)).isEmpty();
        assertThat(sessions.find("", START)).isEmpty();
    }

    @Test
    void theOneUsedLongestAgoGivesWay() {
        String first = sessions.begin("ada", Role.ADMIN, true, START);
        String second = sessions.begin("bob", Role.VIEWER, true, START);
        assertThat(sessions.find(first, START.plusSeconds(1))).isPresent();
        String third = sessions.begin("cyd", Role.VIEWER, true, START.plusSeconds(2));
        assertThat(sessions.find(second, START.plusSeconds(3))).isEmpty();
        assertThat(sessions.find(first, START.plusSeconds(3))).isPresent();
        assertThat(sessions.find(third, START.plusSeconds(3)).orElseThrow().name())
                .isEqualTo("cyd");
    }
}
