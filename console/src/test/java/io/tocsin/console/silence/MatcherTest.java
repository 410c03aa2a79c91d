package io.tocsin.console.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MatcherTest {

    @Test
    void isWrittenOneALine() {
        assertThat(Matcher.parse("""
                service_name="checkout"
                  code=~5..

                host!=db-1,
                team !~ "a|b"
                """))
                .containsExactly(
                        new Matcher("service_name", "checkout", false, true),
                        new Matcher("code", "5..", true, true),
                        new Matcher("host", "db-1", false, false),
                        new Matcher("team", "a|b", true, false));
    }

    @Test
    void aBackslashThatIsNoEscapeStays() {
        assertThat(Matcher.parse("path=~\"/v\\d+\"")).containsExactly(new Matcher("path", "/v\\d+", true, true));
    }

    @Test
    void saysWhichLineIsNone() {
        assertThatThrownBy(() -> Matcher.parse("a=b\nfoo bar"))
                .hasMessageStartingWith("Line 2: found foo bar, expected a label, one of = != =~ !~, and a value");
        assertThatThrownBy(() -> Matcher.parse("1a=b")).hasMessageStartingWith("Line 1");
    }

    @Property
    void isReadAsItIsWritten(@ForAll String value, @ForAll boolean regex, @ForAll boolean equal) {
        // A line ends at what Java calls the end of a line.
        String line = value.replaceAll("[\\r\\u0085\\u2028\\u2029]", "");
        Matcher matcher = new Matcher("label", line, regex, equal);
        assertThat(Matcher.parse(matcher.text())).containsExactly(matcher);
    }
}
