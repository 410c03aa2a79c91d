package io.tocsin.rulesengine.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapedNameTest {

    @ParameterizedTest
    @CsvSource({
        "job, job",
        "U__http_2e_route, http.route",
        "U__a__b, a_b",
        "U___1f600_, 😀",
        "U__a_zz_, U__a_zz_",
        "U__a_2e, U__a_2e",
        "U__a_d800_, U__a_d800_",
        "U__a_110000_, U__a_110000_"
    })
    void decodesWhatIsWellEscapedAndLeavesTheRest(String escaped, String name) {
        assertThat(EscapedName.decode(escaped)).isEqualTo(name);
    }
}
