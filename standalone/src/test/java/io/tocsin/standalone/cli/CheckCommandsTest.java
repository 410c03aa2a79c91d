package io.tocsin.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands {@code promql} and {@code rules}: what they print, and their exit codes. */
class CheckCommandsTest {
    @TempDir
    Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void reset() {
        out = new StringWriter();
        err = new StringWriter();
    }

    private int promql(String... arguments) {
        return run(new PromqlCommand(), arguments);
    }

    private int rules(String... arguments) {
        return run(new RulesCommand(), arguments);
    }

    private int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }

    @Test
    void parsesAnExpression() {
        assertThat(promql("parse", "sum( rate(x[5m]) )")).isZero();
        assertThat(out.toString().lines()).containsExactly("vector: sum(rate(x[5m]))", "1 passed, 0 failed");
    }

    @Test
    void parsesAFileLineByLine() throws IOException {
        String file = file("e.txt", "up\n\n# comment\nsum(\nrate(x)\n");
        assertThat(promql("parse", "--file", file)).isEqualTo(1);
        assertThat(out.toString().lines().toList())
                .hasSize(3)
                .endsWith("1 passed, 2 failed")
                .first()
                .asString()
                .startsWith(file + ":4:5: 1:5: parse error: unclosed left parenthesis");
    }

    @Test
    void printsJsonWhenAsked() throws IOException {
        assertThat(promql("parse", "-o", "json", "up")).isZero();
        assertThat(out.toString()).contains("\"type\" : \"vector\"").contains("\"failed\" : 0");
        reset();
        String file = file("r.yml", "groups: [{name: g, rules: [{record: r, expr: 'sum('}]}]");
        assertThat(rules("check", "-o", "json", file)).isEqualTo(1);
        assertThat(out.toString()).contains("\"severity\" : \"error\"").contains("\"column\" : 51");
    }

    @Test
    void formatsAndExplains() {
        assertThat(promql("format", "sum(rate(x[5m]))by(job)")).isZero();
        assertThat(out.toString()).startsWith("sum by (job)");
        reset();
        assertThat(promql("explain", "sum by (job) (rate(x[5m])) > 1")).isZero();
        assertThat(out.toString()).contains("leaf 0:").contains("condition:");
        reset();
        assertThat(promql("explain", "sum(")).isEqualTo(1);
        assertThat(out.toString()).contains("parse error");
    }

    @Test
    void runsEngineTests() throws IOException {
        String script =
                file("a.test", "load 1m\n  x 1 2\n\neval instant at 1m x\n  x 2\n\neval instant at 1m x\n  x 3\n");
        assertThat(promql("test", script)).isEqualTo(1);
        assertThat(out.toString().lines().toList()).endsWith(script + ": 1 passed, 1 failed", "1 passed, 1 failed");
    }

    @Test
    void checksFilesAndFolders() throws IOException {
        String good = file("rules/a.yml", "groups: [{name: g, rules: [{record: r, expr: 'rate(x[1h] offset 5m)'}]}]");
        String bad = file("rules/sub/b.yaml", "groups:\n- name: g\n  ruels: []\n");
        file("rules/notes.txt", "not a rule file");
        assertThat(rules("check", folder.resolve("rules").toString())).isEqualTo(1);
        assertThat(out.toString().lines().toList())
                .containsExactly(
                        good + ": 1 rules, 0 errors, 0 warnings, reads back 1h5m",
                        bad + ":3:3: field ruels not found in group; did you mean 'rules'?",
                        bad + ": 0 rules, 1 errors, 0 warnings",
                        "1 passed, 1 failed");
        reset();
        assertThat(rules("check", good)).isZero();
        assertThat(rules("check", folder.resolve("absent.yml").toString())).isEqualTo(1);
    }

    @Test
    void runsUnitTestsOfRules() throws IOException {
        file("r.yml", "groups: [{name: g, rules: [{record: r, expr: 'x * 2'}]}]");
        String tests = file("t.yml", """
                rule_files: [r.yml]
                tests:
                  - name: good
                    input_series: [{series: x, values: '3'}]
                    promql_expr_test: [{expr: r, eval_time: 0, exp_samples: [{labels: r, value: 6}]}]
                  - name: bad
                    promql_expr_test: [{expr: r, eval_time: 0, exp_samples: [{labels: r, value: 6}]}]
                """);
        assertThat(rules("test", tests)).isEqualTo(1);
        assertThat(out.toString().lines().toList())
                .startsWith(tests + ": FAILED", "  bad:")
                .endsWith("1 passed, 1 failed");
        reset();
        assertThat(rules("test", tests, "--run", "^good$")).isZero();
        assertThat(out.toString().lines().toList()).containsExactly(tests + ": SUCCESS", "1 passed, 0 failed");
    }

    @Test
    void tellsWrongUsageByItsExitCode() throws IOException {
        assertThat(promql()).isEqualTo(2);
        assertThat(promql("parse")).isEqualTo(2);
        assertThat(promql("parse", "--file", folder.resolve("absent").toString()))
                .isEqualTo(2);
        assertThat(promql("parse", "-o", "xml", "up")).isEqualTo(2);
        assertThat(rules("check")).isEqualTo(2);
        assertThat(rules("test", file("t.yml", "tests: []"), "--run", "(")).isEqualTo(2);
    }
}
