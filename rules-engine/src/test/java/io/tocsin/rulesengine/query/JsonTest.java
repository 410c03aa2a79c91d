package io.tocsin.rulesengine.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.Sample;
import io.tocsin.promql.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0e+00",
        "-0.0, -0, -0e+00",
        "1, 1, 1e+00",
        "-12.5, -12.5, -1.25e+01",
        "1e-6, 0.000001, 1e-06",
        "1e-7, 1e-07, 1e-07",
        "9.5e20, 950000000000000000000, 9.5e+20",
        "1e21, 1e+21, 1e+21",
        "4.9e-324, 5e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308, 1.7976931348623157e+308",
        "NaN, NaN, NaN",
        "Infinity, +Inf, +Inf",
        "-Infinity, -Inf, -Inf"
    })
    void writesNumbersAsGoDoes(double value, String number, String exponent) {
        assertThat(Json.number(value)).isEqualTo(number);
        assertThat(Json.exponent(value)).isEqualTo(exponent);
    }

    @Test
    void writesTimesInSecondsWithoutExponents() {
        Value value = new Value.VectorValue(List.of(
                new Sample(Labels.of("a", "\"é\n"), 1_699_999_990_500L, 1, null),
                new Sample(Labels.EMPTY, -1_001, Double.NaN, null)));
        byte[] body = Gate.json(200, out -> {
                    out.writeName("data");
                    Json.write(value, out);
                })
                .body();

        assertThat(new String(body, StandardCharsets.UTF_8))
                .isEqualTo("{\"data\":{\"resultType\":\"vector\",\"result\":["
                        + "{\"metric\":{\"a\":\"\\\"é\\n\"},\"value\":[1699999990.500,\"1\"]},"
                        + "{\"metric\":{},\"value\":[-1.001,\"NaN\"]}]}}");
    }
}
