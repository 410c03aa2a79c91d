package io.tocsin.rulesengine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.rulesengine.rules.RuleDiff.Change;
import io.tocsin.rulesengine.rules.RuleDiff.Field;
import io.tocsin.rulesengine.rules.RuleDiff.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleDiffTest {

    private static final String BEFORE = """
            groups:
              - name: g
                rules:
                  - {alert: A, expr: a > 1, for: 1m, annotations: {summary: old}}
                  - {record: "b:sum", expr: sum(b)}
                  - {alert: C, expr: c > 1, labels: {severity: page}}
            """;

    private static List<Change> diff(String after) {
        return RuleDiff.between(
                RuleFileParser.parse("f.yaml", BEFORE).ruleSet(),
                RuleFileParser.parse("f.yaml", after).ruleSet());
    }

    @Test
    void theSameIsNoChangeHoweverItIsWritten() {
        assertThat(diff(BEFORE.replace("for: 1m", "for: 60s"))).isEmpty();
    }

    @Test
    void eachFieldThatChangesIsNamed() {
        assertThat(diff(BEFORE.replace("a > 1, for: 1m", "a > 2").replace("old", "new")))
                .containsExactly(new Change(
                        Kind.CHANGED,
                        "f.yaml;g/A",
                        List.of(
                                new Field("annotation summary", "old", "new"),
                                new Field("expr", "a > 1", "a > 2"),
                                new Field("for", "1m", ""))));
    }

    @Test
    void rulesComeAndGo() {
        assertThat(diff(BEFORE.replace("alert: C", "alert: D")))
                .containsExactly(
                        new Change(Kind.REMOVED, "f.yaml;g/C", List.of()),
                        new Change(Kind.ADDED, "f.yaml;g/D", List.of()));
    }

    @Test
    void theIntervalOfAGroupConcernsItsRules() {
        assertThat(diff(BEFORE.replace("name: g", "name: g\n    interval: 5s")))
                .extracting(Change::rule)
                .containsExactly("f.yaml;g/A", "f.yaml;g/b:sum", "f.yaml;g/C");
    }
}
