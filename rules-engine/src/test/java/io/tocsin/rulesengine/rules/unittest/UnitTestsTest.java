package io.tocsin.rulesengine.rules.unittest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnitTestsTest {
    @TempDir
    Path folder;

    private List<UnitTestResult> run(String rules, String tests) throws IOException {
        Files.writeString(folder.resolve("rules.yml"), rules);
        Path file = Files.writeString(folder.resolve("tests.yml"), tests);
        return new UnitTests(null, false).run(file);
    }

    @Test
    void staysPendingUntilForElapses() throws IOException {
        List<UnitTestResult> results = run("""
                groups:
                  - name: g
                    rules:
                      - alert: Down
                        expr: up == 0
                        for: 5m
                """, """
                rule_files: [rules.yml]
                tests:
                  - name: pending, then firing
                    input_series: [{series: 'up{job="a"}', values: '1 0x10'}]
                    alert_rule_test:
                      - {eval_time: 5m, alertname: Down, exp_alerts: []}
                      - {eval_time: 6m, alertname: Down, exp_alerts: [{exp_labels: {job: a}}]}
                    promql_expr_test:
                      - expr: ALERTS
                        eval_time: 2m
                        exp_samples: [{labels: 'ALERTS{alertname="Down",alertstate="pending",job="a"}', value: 1}]
                      - expr: ALERTS_FOR_STATE
                        eval_time: 8m
                        exp_samples: [{labels: 'ALERTS_FOR_STATE{alertname="Down",job="a"}', value: 60}]
                """);
        assertThat(results).allMatch(UnitTestResult::passed, "passed");
    }

    @Test
    void keepsFiringForAsLongAsTheRuleSays() throws IOException {
        List<UnitTestResult> results = run("""
                groups:
                  - name: g
                    rules:
                      - alert: High
                        expr: x > 5
                        keep_firing_for: 2m
                """, """
                rule_files: [rules.yml]
                tests:
                  - input_series: [{series: x, values: '9 1 1 1 1'}]
                    alert_rule_test:
                      - {eval_time: 2m, alertname: High, exp_alerts: [{}]}
                      - {eval_time: 3m, alertname: High, exp_alerts: []}
                """);
        assertThat(results).allMatch(UnitTestResult::passed, "passed");
    }

    @Test
    void staysActiveUntilTheRecoverExpressionHolds() throws IOException {
        List<UnitTestResult> results = run("""
                groups:
                  - name: g
                    rules:
                      - alert: DiskFilling
                        expr: free < 10
                        recover: free > 15
                        labels: {severity: page}
                """, """
                rule_files: [rules.yml]
                tests:
                  - input_series: [{series: 'free{disk="a"}', values: '9 12 12 20 12'}]
                    alert_rule_test:
                      - {eval_time: 2m, alertname: DiskFilling, exp_alerts: [{exp_labels: {disk: a, severity: page}}]}
                      - {eval_time: 3m, alertname: DiskFilling, exp_alerts: []}
                      - {eval_time: 4m, alertname: DiskFilling, exp_alerts: []}
                """);
        assertThat(results).allMatch(UnitTestResult::passed, "passed");
    }

    @Test
    void endsRecordedSeriesThatAreNoLongerYielded() throws IOException {
        List<UnitTestResult> results = run("""
                groups:
                  - name: g
                    rules:
                      - record: big
                        expr: x > 5
                        labels: {size: big}
                """, """
                rule_files: [rules.yml]
                tests:
                  - input_series: [{series: x, values: '9 1 1'}]
                    promql_expr_test:
                      - {expr: big, eval_time: 59s, exp_samples: [{labels: 'big{size="big"}', value: 9}]}
                      - {expr: big, eval_time: 2m, exp_samples: []}
                """);
        assertThat(results).allMatch(UnitTestResult::passed, "passed");
    }

    @Test
    void evaluatesGroupsInTheGivenOrder() throws IOException {
        String rules = """
                groups:
                  - name: second
                    rules: [{record: b, expr: a * 2}]
                  - name: first
                    rules: [{record: a, expr: x}]
                """;
        String tests = """
                rule_files: ['*s.yml']
                %s
                tests:
                  - input_series: [{series: x, values: '1'}]
                    promql_expr_test:
                      - {expr: b, eval_time: 0, exp_samples: [{labels: b, value: 2}]}
                """;
        assertThat(run(
                        rules,
                        tests.formatted("group_eval_order: [first, second]").replace("'*s.yml'", "rules.yml")))
                .allMatch(UnitTestResult::passed, "passed");
        assertThat(run(rules, tests.formatted("").replace("'*s.yml'", "rules.yml")))
                .noneMatch(UnitTestResult::passed);
    }

    @Test
    void findsRuleFilesByPattern() throws IOException {
        String rules = "groups: [{name: g, rules: [{record: a, expr: '1'}]}]";
        String tests = """
                rule_files: ['r*.yml']
                tests:
                  - promql_expr_test: [{expr: a, eval_time: 0, exp_samples: [{labels: a, value: 1}]}]
                """;
        assertThat(run(rules, tests)).singleElement().matches(UnitTestResult::passed, "passed");
    }

    @Test
    void expandsTemplatesWithQueriesAndExternalLabels() throws IOException {
        List<UnitTestResult> results = run("""
                groups:
                  - name: g
                    rules:
                      - alert: A
                        expr: x > 1
                        annotations:
                          text: '{{ $labels.job }} {{ $value | humanize }} {{ $externalLabels.region }} {{ $externalURL }}
                            {{- range query "y" }} {{ .Labels.z }}={{ .Value }}{{ end }}'
                """, """
                rule_files: [rules.yml]
                tests:
                  - external_labels: {region: eu}
                    external_url: http://tocsin.example/x
                    input_series:
                      - {series: 'x{job="api"}', values: '1234'}
                      - {series: 'y{z="q"}', values: '3'}
                    alert_rule_test:
                      - eval_time: 0
                        alertname: A
                        exp_alerts:
                          - exp_labels: {job: api}
                            exp_annotations: {text: 'api 1.234k eu http://tocsin.example/x q=3'}
                """);
        assertThat(results).allMatch(UnitTestResult::passed, "passed");
    }

    @Test
    void runsOnlyTheTestsWhoseNameMatches() throws IOException {
        Path file = Files.writeString(folder.resolve("tests.yml"), """
                tests:
                  - name: wanted one
                  - name: other
                  - {}
                """);
        assertThat(new UnitTests("^want", false).run(file))
                .extracting(UnitTestResult::name)
                .containsExactly("wanted one");
    }

    @Test
    void saysWhatWasExpectedAndWhatCame() throws IOException {
        List<UnitTestResult> results = run("groups: []", """
                rule_files: [rules.yml]
                tests:
                  - name: t
                    input_series: [{series: 'x{a="b"}', values: '1.5'}]
                    promql_expr_test:
                      - {expr: x, eval_time: 0, exp_samples: [{labels: 'x', value: 2}]}
                """);
        assertThat(results.getFirst().failures())
                .singleElement()
                .asString()
                .endsWith("tests.yml:6:9: expr: \"x\", time: 0s\n    exp: x 2\n    got: x{a=\"b\"} 1.5");
    }

    @Test
    void refusesFieldsThatNobodyKnows() throws IOException {
        assertThat(run("groups: []", "tests:\n  - nmae: x\n").getFirst().failures())
                .singleElement()
                .asString()
                .endsWith("tests.yml:2:5: field nmae not found in test; did you mean 'name'?");
    }

    @Test
    void comparesFuzzilyOnlyWhenAsked() throws IOException {
        String tests = """
                fuzzy_compare: %s
                tests:
                  - input_series: [{series: x, values: '2.9999999999999996'}]
                    promql_expr_test: [{expr: x, eval_time: 0, exp_samples: [{labels: x, value: 3}]}]
                """;
        assertThat(run("groups: []", tests.formatted("true"))).allMatch(UnitTestResult::passed);
        assertThat(run("groups: []", tests.formatted("false"))).noneMatch(UnitTestResult::passed);
    }
}
