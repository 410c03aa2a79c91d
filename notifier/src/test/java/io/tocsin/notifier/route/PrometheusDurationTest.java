package io.tocsin.notifier.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusDurationTest {

    @ParameterizedTest
    @CsvSource({"0,PT0S", "0s,PT0S", "30s,PT30S", "1h30m,PT1H30M", "500ms,PT0.5S", "2w,P14D", "1y,P365D", "1d,P1D"})
    void readsPrometheusUnits(String text, Duration expected) {
        assertThat(PrometheusDuration.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "1.5h", "-5m", "5m1h", "5 m", "m", "5x", "99999999999h"})
    void refusesEverythingElse(String text) {
        assertThat(PrometheusDuration.parse(text)).isEmpty();
    }
}
