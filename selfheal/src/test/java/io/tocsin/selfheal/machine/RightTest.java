package io.tocsin.selfheal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RightTest {

    private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");
    private static final long S = Duration.ofSeconds(1).toNanos();

    private final Right held = Right.none(0, TIME)
            .leased(Optional.of(7L), 10 * S, Duration.ofSeconds(30))
            .read(false, 10 * S, TIME);

    @Test
    void itEndsAThirdBeforeTheLease() {
        assertThat(held.token(30 * S - 1)).contains(7L);
        assertThat(held.token(30 * S)).isEmpty();
    }

    @Test
    void onlyTheTokenThatIsHeldMayAct() {
        assertThat(held.mayAct(7, 11 * S)).isTrue();
        assertThat(held.mayAct(6, 11 * S)).isFalse();
        assertThat(held.leased(Optional.empty(), 11 * S, Duration.ofSeconds(30)).mayAct(7, 11 * S))
                .isFalse();
    }

    @Test
    void anUnreadKillSwitchIsAPulledOne() {
        assertThat(Right.none(0, TIME)
                        .leased(Optional.of(7L), 0, Duration.ofSeconds(30))
                        .mayAct(7, 0))
                .isFalse();
        assertThat(held.mayAct(7, 14 * S - 1)).isTrue();
        assertThat(held.mayAct(7, 14 * S)).isFalse();
        assertThat(held.read(true, 11 * S, TIME).mayAct(7, 11 * S)).isFalse();
    }

    @Test
    void timeIsTheDatabasesCarriedOn() {
        assertThat(held.now(13 * S)).isEqualTo(TIME.plusSeconds(3));
    }
}
