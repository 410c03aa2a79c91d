package io.tocsin.notifier.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** After the documentation of the older grammar: tolerant about values, strict about names and quotes. */
class ClassicMatcherParserTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            foo=bar                       | {foo="bar"}
            {foo=bar,dings!=bums}         | {foo="bar",dings!="bums"}
            foo = "bar", dings != "bums", | {foo="bar",dings!="bums"}
            foo="a,b"                     | {foo="a,b"}
            foo=~[a-z]{2}b                | {foo=~"[a-z]{2}b"}
            foo==bar                      | {foo="=bar"}
            foo="say \\"hi\\""            | {foo="say \\"hi\\""}
            foo="a\\qb"                   | {foo="a\\\\qb"}
            foo=                          | {foo=""}
            {foo=bar                      | {foo="bar"}
            a:b=c                         | {"a:b"="c"}
            """)
    void readsItsGrammar(String text, String matchers) {
        assertThat(ClassicMatcherParser.parse(text).map(Matcher::text)).contains(matchers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "foo bar", "1foo=bar", "foo=\"bar", "foo=b\"ar", "foo=bar,,", "foo=~(", "ünïcode=x"})
    void refusesTheRest(String text) {
        assertThat(ClassicMatcherParser.parse(text)).isEmpty();
    }
}
