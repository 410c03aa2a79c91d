package io.tocsin.promql.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoFloatTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "-0.0, -0, -0",
        "1, 1, 1",
        "100000, 100000, 100000",
        "1000000, 1000000, 1e+06",
        "1234567.5, 1234567.5, 1.2345675e+06",
        "0.0001, 0.0001, 0.0001",
        "0.00001, 0.00001, 1e-05",
        "-1.5e-7, -0.00000015, -1.5e-07",
        "1e21, 1000000000000000000000, 1e+21",
        "NaN, NaN, NaN",
        "Infinity, +Inf, +Inf",
        "-Infinity, -Inf, -Inf",
    })
    void printsAsGoDoes(double value, String plain, String general) {
        assertThat(GoFloat.format(value)).isEqualTo(plain);
        assertThat(GoFloat.formatG(value)).isEqualTo(general);
    }

    @ParameterizedTest
    @CsvSource({"0.0256, 2, 0.026", "100000, 2, 1e+05", "10, 2, 10", "5, 2, 5", "0.00001234, 2, 1.2e-05"})
    void roundsToSignificantDigits(double value, int digits, String text) {
        assertThat(GoFloat.formatG(value, digits)).isEqualTo(text);
    }

    @Property
    void digitsReadBackToTheSameValue(@ForAll double value) {
        assertThat(Double.parseDouble(GoFloat.format(value))).isEqualTo(value);
        assertThat(Double.parseDouble(GoFloat.formatG(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"4.9E-324, 5e-324", "1.7976931348623157E308, 1.7976931348623157e+308"})
    void extremesHaveTheFewestDigits(double value, String text) {
        assertThat(GoFloat.formatG(value)).isEqualTo(text);
    }
}
