package io.tocsin.promql.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LabelPatternTest {

    @Property(tries = 5000)
    void shortcutsAgreeWithTheEngine(@ForAll("patterns") String pattern, @ForAll("texts") String text) {
        Pattern engine = Pattern.compile("^(?s:" + pattern + ")$");
        LabelPattern ours = LabelPattern.compile(pattern);
        assertThat(ours.matches(text)).isEqualTo(engine.matcher(text).find());
        // The second answer may come from memory.
        assertThat(ours.matches(text)).isEqualTo(engine.matcher(text).find());
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of(
                        "a", "b", "ab", ".*", ".+", "|", "\\.", ".", "a?", "(a|b)", "[ab]", "\n", "", "a.*b", "(?i:A)")
                .list()
                .ofMaxSize(5)
                .map(parts -> String.join("", parts))
                .filter(LabelPatternTest::compiles);
    }

    private static boolean compiles(String pattern) {
        try {
            Pattern.compile(pattern);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", ".", "\n", "A", "ab")
                .list()
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
    }

    @Test
    void literalsAreListed() {
        assertThat(LabelPattern.compile("a|b\\.c").literals()).containsExactly("a", "b.c");
        assertThat(LabelPattern.compile("(?:a|b)").literals()).containsExactly("a", "b");
        assertThat(LabelPattern.compile("a.*").literals()).isNull();
        assertThat(LabelPattern.compile("a.*").prefix()).isEqualTo("a");
    }

    @Test
    void matchesTheWholeTextOverLines() {
        LabelMatcher matcher = new LabelMatcher(LabelMatcher.Type.RE, "l", "a.+");
        assertThat(List.of("a", "ab", "xab", "a\nb").stream().filter(matcher::matches))
                .containsExactly("ab", "a\nb");
    }

    @Test
    void aBrokenExpressionIsRefusedAsItWasWritten() {
        assertThatThrownBy(() -> LabelPattern.compile("a("))
                .isInstanceOf(PatternSyntaxException.class)
                .hasMessageContaining("`a(`");
    }
}
