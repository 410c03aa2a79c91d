package io.tocsin.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFileTest {

    private static final String HASH = Token.hash("secret");
    private static final String FILE = """
            tokens:
              - name: shop
                sha256: %s
                scopes: [metrics, traces]
                expires: 2027-01-31T00:00:00Z
            """.formatted(HASH);
    private static final Instant NOW = Instant.parse("2027-01-30T23:59:59Z");

    @Test
    void aFileIsItsTokens() {
        assertThat(TokenFile.read("tokens.yaml", FILE))
                .containsExactly(new Token(
                        "shop", HASH, Set.of(Scope.METRICS, Scope.TRACES), Instant.parse("2027-01-31T00:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            scopes: [metrics, traces] | scopes: [metric] | tokens.yaml:4:14: unknown scope "metric"
            name: shop | naem: shop | tokens.yaml:2:5: unknown key "naem"
            expires: 2027-01-31T00:00:00Z | expires: tomorrow | tokens.yaml:5:14: expected a time
            tokens: | token: | tokens.yaml:1:1: expected a list under "tokens"
            - name: shop | - name: "" | tokens.yaml:2:11: the name is empty
            scopes: [metrics, traces] | scopes: metrics | tokens.yaml:4:13: expected a list of scopes
            name: shop | name: [ | tokens.yaml:
            """)
    void aMistakeIsNamedWithItsPlace(String right, String wrong, String message) {
        assertThatThrownBy(() -> TokenFile.read("tokens.yaml", FILE.replace(right, wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aTokenInPlaceOfItsHashIsNotRepeatedInTheMessage() {
        assertThatThrownBy(() -> TokenFile.read("tokens.yaml", FILE.replace(HASH, "my-plain-token")))
                .hasMessageStartingWith("tokens.yaml:3:13:")
                .hasMessageNotContaining("my-plain-token");
    }

    @Test
    void onlyTheTokenItselfWithItsScopeWithinItsTimeIsKnown() {
        List<Token> tokens = TokenFile.read("tokens.yaml", FILE);
        assertThat(Token.check(tokens, "secret", Scope.METRICS, NOW)).isEqualTo(new Token.Verdict.Known("shop"));
        assertThat(Token.check(tokens, "secret", Scope.LOGS, NOW)).isEqualTo(new Token.Verdict.OutOfScope("shop"));
        assertThat(Token.check(tokens, "secret", Scope.METRICS, NOW.plusSeconds(1)))
                .isEqualTo(new Token.Verdict.Expired("shop"));
        assertThat(Token.check(tokens, HASH, Scope.METRICS, NOW)).isEqualTo(new Token.Verdict.Unknown());
        assertThat(Token.check(tokens, null, Scope.METRICS, NOW)).isEqualTo(new Token.Verdict.Unknown());
    }
}
