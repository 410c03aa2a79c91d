package io.tocsin.rulesengine.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NoticesTest {

    private static final long DAY_S = 86_400;

    private static Episode episode(long fromSeconds, long untilSeconds) {
        Episode begun = Episode.begun(Map.of("from", Long.toString(fromSeconds)), fromSeconds * 1000, "FOR_ELAPSED", 1);
        return untilSeconds < 0 ? begun : begun.over(untilSeconds * 1000, "RECOVERED_ON_FRESH_DATA");
    }

    private static int notices(Episode... episodes) {
        return Notices.of(Arrays.asList(episodes), 0, DAY_S * 1000);
    }

    @Test
    void tellsThatItBurnsAndThatItIsOver() {
        assertThat(notices()).isZero();
        assertThat(notices(episode(100, 1_000))).isEqualTo(2);
    }

    @Test
    void whatIsOverBeforeTheGroupWaitIsNotTold() {
        assertThat(notices(episode(100, 120))).isZero();
    }

    @Test
    void alertsThatBeginTogetherAreOneNotice() {
        assertThat(notices(episode(100, 1_000), episode(110, 1_000), episode(120, 1_000)))
                .isEqualTo(2);
        assertThat(notices(episode(100, 1_000), episode(500, 1_000)))
                .as("a later one is another")
                .isEqualTo(3);
    }

    @Test
    void whatGoesOnIsRepeatedEveryFourHours() {
        assertThat(notices(episode(100, -1))).isEqualTo(6);
    }

    @Test
    void onlyThoseOfTheSpanCount() {
        assertThat(Notices.of(List.of(episode(100, 5_000)), 4_000_000, 6_000_000))
                .isEqualTo(1);
    }
}
