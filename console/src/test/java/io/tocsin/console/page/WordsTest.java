package io.tocsin.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void lengthsAreSaidInTheirTwoLargestUnits() {
        assertThat(Words.length(Duration.ofSeconds(45))).isEqualTo("45 s");
        assertThat(Words.length(Duration.ofSeconds(725))).isEqualTo("12 min");
        assertThat(Words.length(Duration.ofMinutes(185))).isEqualTo("3 h 5 min");
        assertThat(Words.length(Duration.ofHours(52))).isEqualTo("2 d 4 h");
        assertThat(Words.length(Duration.ofSeconds(-3))).isEqualTo("0 s");
    }

    @Test
    void numbersHaveFourDigitsAtMost() {
        assertThat(Words.number(3)).isEqualTo("3");
        assertThat(Words.number(0.25)).isEqualTo("0.25");
        assertThat(Words.number(1.23456)).isEqualTo("1.235");
    }

    @Test
    void anIdCannotLeaveItsPlaceInAnAddress() {
        assertThat(Words.incident("../a b?c")).isEqualTo("/incidents/..%2Fa%20b%3Fc");
    }
}
