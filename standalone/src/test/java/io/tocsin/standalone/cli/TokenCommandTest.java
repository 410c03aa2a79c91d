package io.tocsin.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.access.Token;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TokenCommandTest {

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(new TokenCommand()).setOut(new PrintWriter(out));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        assertThat(line.execute(arguments)).isZero();
        return out.toString();
    }

    @Test
    void theHashIsThatOfTheTokenThatIsShown() {
        String out = run("--name", "shop \"one\"", "--scopes", "metrics,traces");
        Matcher token = Pattern.compile("  (tocsin_\\S{43})\n").matcher(out);
        assertThat(token.find()).isTrue();
        assertThat(out)
                .contains("- name: \"shop \\\"one\\\"\"\n    sha256: " + Token.hash(token.group(1))
                        + "\n    scopes: [metrics, traces]");
    }

    @Test
    void noTokenIsMadeTwice() {
        assertThat(run("--name", "a")).isNotEqualTo(run("--name", "a"));
    }
}
