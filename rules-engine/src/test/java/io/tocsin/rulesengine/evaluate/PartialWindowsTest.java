package io.tocsin.rulesengine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartialWindowsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x > 5",
                "x < 5",
                "rate(x[1m]) > 5",
                "(increase(x[1m])) >= 5",
                "5 < rate(x[1m])",
                "max_over_time(x[1m]) > 5",
                "min_over_time(x[1m]) < 5",
                "5 > min_over_time(x[1m])",
                "last_over_time(x[1m]) < 5",
                "abs(x) < 2 * 3",
            })
    void holdsWhateverElseArrives(String condition) throws PromqlParseException {
        assertThat(PartialWindows.hold(PromqlParser.parse(condition))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate(x[1m]) < 5",
                "5 > rate(x[1m])",
                "5 < min_over_time(x[1m])",
                "max_over_time(x[1m]) < 5",
                "avg_over_time(x[1m]) > 5",
                "delta(x[1m]) > 5",
                "rate(x[1m])",
                "2 * rate(x[1m]) > 5",
                "rate(x[1m]) > rate(y[1m])",
                "last_over_time(rate(x[1m])[5m:1m]) > 5",
            })
    void mayBeOtherwiseWhenMoreArrives(String condition) throws PromqlParseException {
        assertThat(PartialWindows.hold(PromqlParser.parse(condition))).isFalse();
    }
}
