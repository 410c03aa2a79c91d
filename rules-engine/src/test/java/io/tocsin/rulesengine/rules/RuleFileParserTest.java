package io.tocsin.rulesengine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFileParserTest {

    private static List<String> errors(String text) {
        return RuleFileParser.parse("f", text).errors().stream()
                .map(Problem::toString)
                .toList();
    }

    private static Rule.Alerting alert(String fields) {
        String text = "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: x\n" + fields.indent(4);
        RuleFiles read = RuleFileParser.parse("f", text);
        assertThat(read.errors()).isEmpty();
        return (Rule.Alerting) read.ruleSet().groups().getFirst().rules().getFirst();
    }

    private static List<String> alertErrors(String fields) {
        return errors("groups:\n- name: g\n  rules:\n  - alert: A\n    expr: x\n" + fields.indent(4));
    }

    @Test
    void namesEveryProblemInOneRun() {
        assertThat(errors("""
                        groups:
                          - name: g
                            intervall: 5s
                            rules:
                              - alert: A
                                expr: sum(
                                fro: 5m
                              - record: r
                                expr: 1
                                for: 5 minutes
                                annotations: {a: b}
                              - expr: up
                              - alert: B
                                expr: up
                                labels: {__name__: x}
                                annotations: {summary: '{{ .x '}
                          - name: g
                        extra: 1
                        """))
                .containsExactly(
                        "f:3:5: field intervall not found in group; did you mean 'interval'?",
                        "f:6:19: group \"g\", rule 1, \"A\": could not parse expression: 1:5: parse error: unclosed left parenthesis",
                        "f:7:9: field fro not found in rule; did you mean 'for'?",
                        "f:10:9: group \"g\", rule 2, \"r\": invalid field 'for' in recording rule",
                        "f:11:9: group \"g\", rule 2, \"r\": invalid field 'annotations' in recording rule",
                        "f:12:9: group \"g\", rule 3, \"\": one of 'record' or 'alert' must be set (or 'slo')",
                        "f:15:18: invalid label name: __name__",
                        "f:16:33: group \"g\", rule 4, \"B\": annotation \"summary\": template: __alert_B:1: unclosed action",
                        "f:17:5: groupname: \"g\" is repeated in the same file; first at line 2",
                        "f:18:1: field extra not found in rule file; expected one of groups");
    }

    @Test
    void pointsIntoExpressionsOfEveryStyle() {
        assertThat(errors("groups:\n- name: g\n  rules:\n  - record: r\n    expr: |\n      sum(up)\n        + f(x)\n"))
                .singleElement()
                .asString()
                .startsWith("f:7:11: ");
        assertThat(errors("groups:\n- name: g\n  rules:\n  - record: r\n    expr: >-\n      sum(up)\n      + f(x)\n"))
                .singleElement()
                .asString()
                .startsWith("f:7:9: ");
        assertThat(errors("groups:\n- name: g\n  rules:\n  - record: r\n    expr: 'up{a=''b''} + f(x)'\n"))
                .singleElement()
                .asString()
                .startsWith("f:5:26: ");
        assertThat(errors("groups:\n- name: g\n  rules:\n  - record: r\n    expr: \"up{a=\\\"b\\\"} + f(x)\"\n"))
                .singleElement()
                .asString()
                .startsWith("f:5:26: ");
        assertThat(errors("groups:\n- name: g\n  rules:\n  - record: r\n    expr: up +\n      up + f(x)\n"))
                .singleElement()
                .asString()
                .startsWith("f:6:12: ");
    }

    @Test
    void readsDefaults() {
        Rule.Alerting rule = alert("");
        assertThat(rule.condition()).isEqualTo(new Condition.Threshold(null));
        assertThat(rule.holdFor()).isZero();
        assertThat(rule.keepFiringFor()).isZero();
        assertThat(rule.whenMissing()).isEqualTo(WhenMissing.AUTO);
        assertThat(rule.onIncomplete()).isEqualTo(OnIncomplete.AUTO);
        assertThat(rule.labels()).isEmpty();
        assertThat(rule.position()).isEqualTo(new Position("f", 4, 5));
    }

    @Test
    void readsASpike() {
        assertThat(alert("spike: {}").condition())
                .isEqualTo(new Condition.Spike(
                        Condition.Direction.BOTH,
                        new Condition.Sensitivity.Level(Condition.Grade.MEDIUM),
                        new Condition.Season.Auto(),
                        0));
        assertThat(alert("spike: {direction: up, sensitivity: 1 per 30d, season: 1w, min_change: 20%}")
                        .condition())
                .isEqualTo(new Condition.Spike(
                        Condition.Direction.UP,
                        new Condition.Sensitivity.Budget(1, Duration.ofDays(30)),
                        new Condition.Season.Period(Duration.ofDays(7)),
                        0.2));
    }

    @Test
    void readsAnOutage() {
        assertThat(alert("outage: {missing_for: 3 intervals, zero_for: 2m, forget_after: 1h}")
                        .condition())
                .isEqualTo(new Condition.Outage(
                        new Condition.MissingFor.Intervals(3), Duration.ofMinutes(2), Duration.ofHours(1)));
        assertThat(alert("outage: {missing_for: 5m}").condition())
                .isEqualTo(new Condition.Outage(
                        new Condition.MissingFor.Time(Duration.ofMinutes(5)), null, Duration.ofHours(24)));
        assertThat(alert("outage: {zero_for: 1m}").condition())
                .isEqualTo(new Condition.Outage(null, Duration.ofMinutes(1), Duration.ofHours(24)));
    }

    @Test
    void readsRecoverAndWhatToDoWithoutData() {
        Rule.Alerting rule = alert("recover: y > 2\nwhen_missing: hold\non_incomplete: wait");
        assertThat(rule.condition())
                .isInstanceOfSatisfying(
                        Condition.Threshold.class,
                        threshold -> assertThat(threshold.recover())
                                .isNotNull()
                                .extracting(Expression::text)
                                .isEqualTo("y > 2"));
        assertThat(rule.whenMissing()).isEqualTo(WhenMissing.HOLD);
        assertThat(rule.onIncomplete()).isEqualTo(OnIncomplete.WAIT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "spike: {direction: upp} | f:6:24: expected one of both, down, up for direction, found 'upp'; did you mean 'up'?",
                "spike: {sensitivity: hihg} | f:6:26: group \"g\", rule 1, \"A\": expected low, medium, high or a budget as '1 per 30d' for sensitivity, found 'hihg'; did you mean 'high'?",
                "spike: {season: 5} | f:6:21: group \"g\", rule 1, \"A\": expected auto, none, 1h, 1d or 1w for season, found '5'",
                "spike: {min_change: lots} | f:6:25: group \"g\", rule 1, \"A\": expected a share as 20% or 0.2 for min_change, found 'lots'",
                "spike: up | f:6:12: expected spike with fields, found the text 'up'",
                "spike: {sesitivity: low} | f:6:13: field sesitivity not found in spike; did you mean 'sensitivity'?",
                "outage: {missing_for: 0 intervals} | f:6:27: group \"g\", rule 1, \"A\": expected '3 intervals' or a duration as 5m for missing_for, found '0 intervals'",
                "outage: {zero_for: 5} | f:6:24: not a valid duration for zero_for: '5'; expected a number with a unit, as 90s, 5m or 1h30m",
                "when_missing: resolved | f:6:19: expected one of auto, hold, resolve for when_missing, found 'resolved'; did you mean 'resolve'?",
                "on_incomplete: never | f:6:20: expected one of present, wait for on_incomplete, found 'never'",
                "for: [1m] | f:6:10: expected a text for for, found a list",
                "recover: x + f(y) | f:6:18: group \"g\", rule 1, \"A\": could not parse expression: 1:5: parse error: unknown function with name \"f\"",
            })
    void refusesWhatIsWrongInTheAdditions(String field, String problem) {
        assertThat(alertErrors(field)).containsExactly(problem);
    }

    @Test
    void refusesConditionsThatExcludeEachOther() {
        assertThat(alertErrors("spike: {}\noutage: {}"))
                .containsExactly("f:7:5: group \"g\", rule 1, \"A\": 'outage' and 'spike' exclude each other");
    }

    @Test
    void writesAnObjectiveOutAsBurnRates() {
        RuleFiles read = RuleFileParser.parse("f", """
                groups:
                  - name: slos
                    labels: {team: shop}
                    rules:
                      - slo: checkout
                        objective: 99.9%
                        bad: sum(rate(errors_total[$window]))
                        total: sum(rate(requests_total[$window]))
                        annotations: {summary: burning}
                """);
        assertThat(read.errors()).isEmpty();
        RuleGroup group = read.ruleSet().groups().getFirst();
        assertThat(group.rules())
                .singleElement()
                .isInstanceOfSatisfying(
                        Rule.Objective.class,
                        objective -> assertThat(objective.objective()).isEqualTo(0.999));
        assertThat(group.evaluated()).hasSize(4).first().isInstanceOfSatisfying(Rule.Alerting.class, alert -> {
            assertThat(alert.name()).isEqualTo("checkout");
            assertThat(alert.expression().text())
                    .isEqualTo("((sum(rate(errors_total[1h]))) / (sum(rate(requests_total[1h]))) > 0.0144)"
                            + " and ((sum(rate(errors_total[5m]))) / (sum(rate(requests_total[5m]))) > 0.0144)");
            assertThat(alert.labels())
                    .containsEntry("severity", "page")
                    .containsEntry("slo", "checkout")
                    .containsEntry("window", "1h")
                    .containsEntry("team", "shop");
        });
    }

    @Test
    void refusesAnObjectiveThatMakesNoSense() {
        assertThat(errors("""
                        groups:
                          - name: g
                            rules:
                              - slo: s
                                objective: 100%
                                bad: sum(rate(errors_total[$window])
                                for: 5m
                              - slo: t
                                objective: 0.99
                                bad: errors_total
                                total: x[$window]
                        """))
                .containsExactly(
                        "f:4:9: group \"g\", rule 1, \"s\": field 'total' must be set in slo rule",
                        "f:5:20: group \"g\", rule 1, \"s\": expected a share between 0 and 1 as 99.9% for objective, found '100%'",
                        "f:6:45: group \"g\", rule 1, \"s\": could not parse expression: 1:32: parse error: unclosed left parenthesis",
                        "f:7:9: group \"g\", rule 1, \"s\": invalid field 'for' in slo rule",
                        "f:10:14: group \"g\", rule 2, \"t\": expected $window as the range in bad, as in rate(errors_total[$window])");
    }

    @Test
    void readsResourcesListsAndSeveralDocuments() {
        RuleFiles read = RuleFileParser.parse("f", """
                apiVersion: monitoring.coreos.com/v1
                kind: PrometheusRule
                metadata: {name: a}
                spec: {groups: [{name: one, rules: [{record: a, expr: "1"}]}]}
                ---
                kind: List
                items:
                  - {kind: PrometheusRule, spec: {groups: [{name: two, rules: []}]}}
                  - {kind: ConfigMap, data: {}}
                ---
                groups: [{name: three}]
                """);
        assertThat(read.ruleSet().groups()).extracting(RuleGroup::name).containsExactly("one", "two", "three");
        assertThat(read.problems())
                .extracting(Problem::toString)
                .containsExactly("f:9:12: warning: skipped: kind ConfigMap is not PrometheusRule");
    }

    @Test
    void givesGroupLabelsToRulesUnlessTheySetThem() {
        RuleFiles read = RuleFileParser.parse("f", """
                groups:
                  - name: g
                    interval: 30s
                    query_offset: 1m
                    limit: 7
                    labels: {a: group, b: group}
                    rules:
                      - {record: r, expr: x, labels: {b: rule}}
                """);
        RuleGroup group = read.ruleSet().groups().getFirst();
        assertThat(group.rules().getFirst().labels())
                .containsEntry("a", "group")
                .containsEntry("b", "rule");
        assertThat(group.intervalOr(Duration.ZERO)).isEqualTo(Duration.ofSeconds(30));
        assertThat(group.queryOffsetOr(Duration.ZERO)).isEqualTo(Duration.ofMinutes(1));
        assertThat(group.limit()).isEqualTo(7);
        assertThat(group.key()).isEqualTo("f;g");
    }

    @Test
    void saysWhereYamlIsBroken() {
        assertThat(errors("groups:\n  - name: 'a\n"))
                .singleElement()
                .asString()
                .startsWith("f:")
                .contains("not valid YAML");
        assertThat(errors("groups:\n\t- name: a\n")).singleElement().asString().startsWith("f:2:1: not valid YAML");
        assertThat(errors("- a\n")).containsExactly("f:1:1: expected rule file with fields, found a list");
        assertThat(errors("groups: {a: b}\n")).containsExactly("f:1:9: expected a list for groups, found fields");
    }

    @Test
    void acceptsAnEmptyFile() {
        assertThat(errors("")).isEmpty();
        assertThat(errors("# nothing\n")).isEmpty();
        assertThat(errors("groups:\n")).isEmpty();
    }

    @Test
    void refusesAFieldThatIsSetTwice() {
        assertThat(alertErrors("for: 1m\nfor: 2m")).containsExactly("f:7:5: field for is set more than once in rule");
    }

    @Test
    void reportsAFileThatCannotBeRead() {
        assertThat(RuleFileParser.parse(List.of(Path.of("no/such/file.yml"))).errors())
                .singleElement()
                .asString()
                .startsWith("no/such/file.yml:1:1: cannot be read");
    }

    @Test
    void survivesMappingsThatContainThemselves() {
        assertThat(errors("groups:\n- &g\n  <<: *g\n  name: g\n  rules: [&r {<<: [*r, *r], record: a, expr: '1'}]\n"))
                .isEmpty();
        assertThat(errors("&l\nkind: List\nitems: [*l]\n"))
                .singleElement()
                .asString()
                .endsWith("lists of resources are nested too deep");
        assertThat(errors("groups: &g [*g]\n")).isNotEmpty();
    }

    @Test
    void survivesAliasesThatExplode() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [*a")
                    .append(i - 1)
                    .append(", *a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertThat(errors(bomb.toString())).isNotEmpty();
    }
}
