package io.tocsin.rulesengine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleLintTest {

    private static List<String> warnings(String fields) {
        RuleFiles read = RuleFileParser.parse(
                "f", "groups:\n- name: g\n  interval: 1m\n  rules:\n  - alert: A\n" + fields.indent(4));
        assertThat(read.errors()).isEmpty();
        return read.warnings().stream().map(Problem::toString).toList();
    }

    @Test
    void warnsOfALabelThatTheExpressionDoesNotYield() {
        assertThat(warnings("expr: sum by (job) (x)\nannotations: {s: 'on {{ $labels.instance }} {{ $labels.job }}'}"))
                .containsExactly(
                        "f:7:36: warning: unknown label in template: the expression yields no label 'instance',"
                                + " used in annotation 's'; expected one of job");
        assertThat(warnings("expr: x > on(job) y\nannotations: {s: '{{ .Labels.pod }}'}"))
                .hasSize(1);
        assertThat(warnings("expr: x\nlabels: {sev: page}\nannotations: {s: '{{ $labels.sev }}'}"))
                .isEmpty();
        assertThat(warnings("expr: sum(x)\nlabels: {sev: page}\nannotations: {s: '{{ $labels.sev }}'}"))
                .singleElement()
                .asString()
                .endsWith("it is a label of the rule, which templates do not see");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "sum without (pod) (x)",
                "sum by (instance) (x) > 1",
                "x > on(job) group_left(instance) y",
                "label_replace(sum(x), \"instance\", \"$1\", \"a\", \"b\")",
                "count_values(\"instance\", x)",
                "absent(x{instance=\"a\"})",
                "topk(3, x)",
                "sum(x) or y",
                "x and on(job) sum by (job) (y)",
                "sum by (job, instance) (x) / ignoring(job) group_left sum by (instance) (y)"
            })
    void acceptsALabelThatTheExpressionMayYield(String expression) {
        assertThat(warnings("expr: '" + expression + "'\nannotations: {s: '{{ $labels.instance }}'}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(x)",
                "vector(1)",
                "absent(x{job=\"a\"})",
                "sum without (instance) (x)",
                "histogram_quantile(0.9, sum by (le) (x))",
                "sum(x) or sum(y)",
                "x * on(job) y",
                "count by (job) (x) > 0"
            })
    void knowsExpressionsThatCannotYieldALabel(String expression) {
        assertThat(warnings("expr: '" + expression + "'\nannotations: {s: '{{ $labels.instance }}'}"))
                .singleElement()
                .asString()
                .contains("unknown label in template");
    }

    @Test
    void warnsOfAForThatOneEventCannotReach() {
        assertThat(warnings("expr: changes(x[1m]) > 0\nfor: 5m"))
                .containsExactly(
                        "f:7:5: warning: unreachable 'for' after one event: the expression holds for 1m then, shorter than 5m");
        assertThat(warnings("expr: hour() == 3\nfor: 2h")).hasSize(1);
        assertThat(warnings("expr: changes(x[10m]) > 0\nfor: 5m")).isEmpty();
        assertThat(warnings("expr: changes(x[1m]) == 0\nfor: 5m")).isEmpty();
    }

    @Test
    void warnsOfALabelThatChangesWithTheValue() {
        assertThat(warnings("expr: x\nfor: 5m\nlabels: {v: '{{ $value }}'}"))
                .containsExactly(
                        "f:8:17: warning: unreachable 'for': label 'v' takes the value, so each new value is a new"
                                + " alert that waits from the start; use an annotation");
        assertThat(warnings("expr: x\nlabels: {v: '{{ .Value }}'}"))
                .singleElement()
                .asString()
                .contains("cardinality risk");
    }

    @Test
    void warnsOfCardinality() {
        assertThat(warnings("expr: sum by (user_id) (x)"))
                .singleElement()
                .asString()
                .contains("grouping by 'user_id'");
        assertThat(warnings("expr: 'count({__name__=~\".+\"})'"))
                .singleElement()
                .asString()
                .contains("every series");
    }

    @Test
    void warnsOfAnAlertThatIsAlwaysOrNeverActive() {
        assertThat(warnings("expr: x > bool 1")).singleElement().asString().contains("always active");
        assertThat(warnings("expr: vector(0) > 1")).singleElement().asString().contains("never be active");
        assertThat(warnings("expr: vector(1)")).isEmpty();
    }

    @Test
    void warnsOfAForBelowTheInterval() {
        assertThat(warnings("expr: x\nfor: 10s"))
                .singleElement()
                .asString()
                .contains("shorter than the group's interval");
    }
}
