package io.tocsin.standalone.heal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that need no instance: what they print, and their exit codes. */
class HealCommandTest {

    @TempDir
    Path folder;

    private StringWriter out = new StringWriter();

    @BeforeEach
    void configuration() throws IOException {
        file("playbooks/restart.yaml", """
                playbooks:
                  - name: restart
                    mode: auto
                    match: {alertname: Down}
                    after: 30s
                    diagnose: [{http: 'http://127.0.0.1:{{target.port}}/', expect: down}]
                    steps: [{name: restart, command: [/bin/restart, '{{target.name}}']}]
                    verify: {root_alert: recovered}
                """);
        file("targets/shop.yaml", """
                targets:
                  - {name: shop-1, service: shop, domain: a, variables: {port: 81}}
                  - {name: shop-2, service: shop, domain: b, variables: {port: 82}}
                  - {name: shop-3, service: shop, domain: c, variables: {port: 83}}
                """);
    }

    private String file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }

    private int run(Object command, String... arguments) {
        out = new StringWriter();
        return new CommandLine(command).setOut(new PrintWriter(out)).execute(arguments);
    }

    private List<String> printed() {
        return out.toString().lines().toList();
    }

    @Test
    void checksPlaybooksAgainstTheInventoryBesideThem() throws IOException {
        String playbooks = folder.resolve("playbooks").toString();
        assertThat(run(new HealCommand(), "check", playbooks)).isZero();
        assertThat(printed()).containsExactly("1 passed, 0 failed");
        String bad = file("playbooks/bad.yaml", "playbooks:\n  - name: bad\n    moed: auto\n");
        assertThat(run(new HealCommand(), "check", playbooks)).isEqualTo(1);
        assertThat(printed())
                .contains(bad + ":3:5: unknown key \"moed\", did you mean \"mode\"?")
                .endsWith("1 passed, 1 failed");
    }

    @Test
    void runsTestsOfPlaybooks() throws IOException {
        String tests = file("tests/restart.yaml", """
                playbooks: ../playbooks/restart.yaml
                targets: ../targets
                tests:
                  - name: a dead replica is restarted after half a minute
                    incident: {element: shop, alertname: Down, age: 10s}
                    health: {shop-1: down}
                    changes:
                      - {at: 60s, frozen: 'ann: a release'}
                    expect:
                      - {at: 0s, decision: wait, reason: TOO_SOON}
                      - {at: 20s, target: shop-1, decision: run, playbook: restart, steps: ['restart: /bin/restart shop-1']}
                      - {at: 60s, decision: wait, reason: FROZEN}
                  - name: another alert has no playbook
                    incident: {element: shop, alertname: Slow}
                    expect: [{decision: none}]
                """);
        assertThat(run(new HealCommand(), "test", tests)).as(out.toString()).isZero();
        assertThat(printed()).containsExactly("2 passed, 0 failed");
    }

    @Test
    void saysWhatAFailedTestGotInstead() throws IOException {
        String tests = file("tests/wrong.yaml", """
                playbooks: ../playbooks/restart.yaml
                targets: ../targets
                tests:
                  - name: at once
                    incident: {element: shop, alertname: Down, age: 10s}
                    expect:
                      - {target: shop-1, decision: run}
                """);
        assertThat(run(new HealCommand(), "test", tests)).isEqualTo(1);
        assertThat(printed())
                .containsExactly(
                        tests + ":7: at once: at 0 s expected RUN on shop-1, got WAIT TOO_SOON"
                                + " (restart acts 30 s after the alert) on shop-1 by restart",
                        "0 passed, 1 failed");
        String typo = file("tests/typo.yaml", """
                playbooks: ../playbooks/restart.yaml
                targets: ../targets
                tests:
                  - name: at once
                    incident: {element: shop, alertname: Down}
                    expect: [{decision: wait, reason: TOO_SOOM}]
                """);
        assertThat(run(new HealCommand(), "test", typo)).isEqualTo(1);
        assertThat(printed().getFirst())
                .isEqualTo(typo + ":6:39: unknown reason \"TOO_SOOM\", did you mean \"TOO_SOON\"?");
    }

    @Test
    void rehearsesRecordedIncidents() throws IOException {
        String open = """
                {"id":"i1","status":"OPEN","revision":"1","atMs":"1000000","rootCauses":[{"element":"shop"}],"members":[\
                {"fingerprint":"f","labels":{"alertname":"%s"},"state":"FIRING","disposition":"ROOT","startsAtMs":"1000000",\
                "element":"shop","source":"tocsin","quality":{"completeness":"COMPLETE","newestSampleAgeMs":"5000"}}]}
                """;
        String closed = "{\"id\":\"i1\",\"status\":\"CLOSED\",\"revision\":\"2\",\"atMs\":\"1060000\"}\n";
        String incidents = file("incidents.jsonl", open.formatted("Down") + closed);
        String playbooks = folder.resolve("playbooks").toString();
        assertThat(run(new HealCommand(), "simulate", "--playbook", playbooks, "--incidents", incidents))
                .isZero();
        assertThat(printed())
                .contains(
                        "1970-01-01T00:16:40Z  i1  wait TOO_SOON  restart on shop-1  restart acts 30 s after the alert",
                        "1970-01-01T00:17:10Z  i1  RUN  restart on shop-1  restart: /bin/restart shop-1")
                .endsWith("incidents 1, repaired 1, repairs 1, left to people 0");
        String other = file("other.jsonl", open.formatted("Slow"));
        assertThat(run(new HealCommand(), "simulate", "--playbook", playbooks, "--incidents", other))
                .isZero();
        assertThat(printed())
                .containsExactly(
                        "1970-01-01T00:16:40Z  i1  nothing  no playbook is for Slow of shop",
                        "incidents 1, repaired 0, repairs 0, left to people 1");
    }

    @Test
    void printsTheSchema() {
        assertThat(run(new HealCommand(), "schema")).isZero();
        assertThat(out.toString()).contains("\"$schema\"").contains("allow_external");
    }

    @Test
    void simulatesFleets() {
        assertThat(run(new ChaosCommand(), "heal", "--runs", "10", "--seed", "3"))
                .isZero();
        assertThat(printed().getLast()).matches("runs 10, actions \\d+, violations 0, unclosed loops 0");
        assertThat(run(new ChaosCommand(), "heal", "--runs", "1", "--seed", "8", "--tell"))
                .isZero();
        assertThat(printed()).hasSizeGreaterThan(10);
        assertThat(run(new ChaosCommand(), "heal", "--runs", "0")).isEqualTo(2);
    }
}
