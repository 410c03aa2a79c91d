package io.tocsin.console.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatchedTest {

    @Test
    void aComparisonWithANumberIsItsOtherSideAndAThreshold() {
        assertThat(Watched.of("rate(errors_total[1m]) > 0.5")).isEqualTo(new Watched("rate(errors_total[1m])", "0.5"));
        assertThat(Watched.of("(10 <= up)")).isEqualTo(new Watched("up", "10"));
        assertThat(Watched.of("up < -1")).isEqualTo(new Watched("up", "-1"));
    }

    @Test
    void anythingElseIsItself() {
        assertThat(Watched.of("a > 1 and b > 2")).isEqualTo(new Watched("a > 1 and b > 2", ""));
        assertThat(Watched.of("a > b")).isEqualTo(new Watched("a > b", ""));
        assertThat(Watched.of("vector(1)")).isEqualTo(new Watched("vector(1)", ""));
    }

    @Test
    void whatIsNoPromqlIsNotDrawn() {
        assertThat(Watched.of("rate(")).isEqualTo(new Watched("", ""));
        assertThat(Watched.of("")).isEqualTo(new Watched("", ""));
    }
}
