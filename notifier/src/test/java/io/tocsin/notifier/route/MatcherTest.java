package io.tocsin.notifier.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.notifier.SharedData;
import io.tocsin.notifier.route.Matcher.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MatcherTest {

    @Test
    void aMissingLabelCountsAsEmpty() {
        assertThat(new Matcher("team", Operator.EQUAL, "").matches(Map.of())).isTrue();
        assertThat(new Matcher("team", Operator.NOT_EQUAL, "db").matches(Map.of()))
                .isTrue();
        assertThat(new Matcher("team", Operator.MATCHES, ".+").matches(Map.of()))
                .isFalse();
        assertThat(new Matcher("team", Operator.NOT_MATCHES, ".+").matches(Map.of()))
                .isTrue();
    }

    @Test
    void expressionsAreAnchored() {
        Matcher matcher = new Matcher("service", Operator.MATCHES, "api|web");

        assertThat(matcher.matches(Map.of("service", "api"))).isTrue();
        assertThat(matcher.matches(Map.of("service", "api2"))).isFalse();
        assertThat(matcher.matches(Map.of("service", "my-web"))).isFalse();
    }

    @Test
    void expressionsSpanLines() {
        assertThat(new Matcher("text", Operator.MATCHES, "a.b").matches(Map.of("text", "a\nb")))
                .isTrue();
    }

    @Test
    void allMustHold() {
        List<Matcher> matchers = MatcherParser.parse("severity=page,team=db");

        assertThat(Matcher.all(matchers, Map.of("severity", "page", "team", "db")))
                .isTrue();
        assertThat(Matcher.all(matchers, Map.of("severity", "page"))).isFalse();
        assertThat(Matcher.all(matchers, Map.of("team", "db"))).isFalse();
    }

    @Test
    void isWrittenAsAlertmanagerWritesIt() {
        assertThat(Matcher.text(MatcherParser.parse("{a=b, \"c d\"=~\"x\\\"y\"}")))
                .isEqualTo("{a=\"b\",\"c d\"=~\"x\\\"y\"}");
    }

    @Test
    void aBadExpressionIsRefusedAtItsPlace() {
        assertThatThrownBy(() -> MatcherParser.parse("a=b,service=~\"(\""))
                .isInstanceOf(MatcherParser.SyntaxException.class)
                .hasMessageContaining("not a regular expression")
                .extracting(e -> ((MatcherParser.SyntaxException) e).offset())
                .isEqualTo(4);
    }

    @TestFactory
    List<DynamicTest> agreesWithAlertmanagersGrammar() throws IOException {
        JsonNode cases =
                JsonMapper.shared().readTree(Files.readString(SharedData.path("alertmanager/matcher-cases.json")));
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode test : cases.get("matchers")) {
            tests.add(DynamicTest.dynamicTest(test.get("name").asString(), () -> agrees(test)));
        }
        assertThat(tests).hasSizeGreaterThan(20);
        return tests;
    }

    private static void agrees(JsonNode test) {
        // The span of the expected error, 7:17, says that this input has byte escapes.
        String input = test.get("name").asString().equals("invalid unicode")
                ? test.get("input").asString().replace("\\u00", "\\x")
                : test.get("input").asString();
        if (!test.has("matchers")) {
            assertThatThrownBy(() -> MatcherParser.parse(input)).isInstanceOf(MatcherParser.SyntaxException.class);
            return;
        }
        List<List<String>> parsed = MatcherParser.parse(input).stream()
                .map(matcher -> List.of(matcher.name(), matcher.operator().sign(), matcher.value()))
                .toList();
        List<List<String>> expected = new ArrayList<>();
        for (JsonNode matcher : test.get("matchers")) {
            expected.add(List.of(
                    matcher.get(0).asString(),
                    matcher.get(1).asString(),
                    matcher.get(2).asString()));
        }
        assertThat(parsed).isEqualTo(expected);
    }
}
