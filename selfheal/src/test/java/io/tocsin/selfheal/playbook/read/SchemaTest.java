package io.tocsin.selfheal.playbook.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Limits;
import io.tocsin.selfheal.playbook.files.PlaybookSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published schema and the reader say the same of a playbook. */
class SchemaTest {

    private static final String GOOD = """
            playbooks:
              - name: restart
                description: it hangs
                mode: auto
                match: {alertname: [Down, Slow], element: 'shop*', severity: critical, labels: {team: a}}
                allow_external: true
                after: 1m30s
                diagnose:
                  - {http: 'http://127.0.0.1:80/health', expect: down, timeout: 2s}
                  - {promql: up, expect: clear}
                steps:
                  - name: restart
                    effect: restart
                    command: [/bin/restart, '{{target.name}}', 5]
                    timeout: 30s
                    attempts: 2
                    idempotent: true
                    on_failure: rollback
                    done: {command: [/bin/check]}
                rollback:
                  - {name: back, effect: rollback, command: [/bin/back]}
                verify: {root_alert: recovered, checks: [{command: [/bin/check]}], evaluations: 3, interval: 5s, within: 2m}
                escalate: page
                schedule: {days: [mon, fri], from: '08:00', to: '18:00', zone: Europe/Berlin}
                limits: {restarts_per_hour: 2, backoff: 2m, failures_before_break: 1, healthy_fraction: 60%,
                  deploy_grace: 20m, newest_sample: 60s, oldest_alert: 5m, approval_wait: 10m, approvers: 2}
            """;

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(PlaybookSchema.text());

    private boolean schemaAccepts(String yaml) {
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return schema.validate(JsonMapper.shared().writeValueAsString(loaded), InputFormat.JSON)
                .isEmpty();
    }

    private static List<Problem> problems(String yaml) {
        PlaybookContext context =
                PlaybookContext.of(Inventory.EMPTY, expression -> Optional.empty(), Limits.DEFAULT);
        return PlaybookReader.read("p.yaml", yaml, context).problems();
    }

    /** Each is the good playbook with one text in place of another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mode: auto -> mode: observe",
                "mode: auto -> mode: approve",
                "attempts: 2 -> attempts: 1",
                "evaluations: 3 -> evaluations: 2",
                "root_alert: recovered,  -> ",
                "done: {command: [/bin/check]} -> on_failure: continue",
                "after: 1m30s -> after: 500ms"
            })
    void bothAccept(String change) {
        String yaml = changed(change).replace("on_failure: rollback\n                on_failure", "on_failure");
        if (change.contains("continue")) {
            yaml = changed("on_failure: rollback -> on_failure: continue");
        }
        assertThat(problems(yaml)).isEmpty();
        assertThat(schemaAccepts(yaml)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: restart -> nam: restart",
                "mode: auto -> mode: automatic",
                "effect: restart -> effect: reboot",
                "allow_external: true -> allow_external: maybe",
                "after: 1m30s -> after: soon",
                "attempts: 2 -> attempts: 9",
                "idempotent: true -> idempotent: false",
                "on_failure: rollback -> on_failure: panic",
                "command: [/bin/back] -> command: []",
                "evaluations: 3 -> evaluations: 1",
                "root_alert: recovered -> root_alert: fine",
                "expect: clear -> expect: up",
                "expect: down -> expect: holds",
                "http: 'http://127.0.0.1:80/health' -> http: 'ftp://127.0.0.1/health'",
                "healthy_fraction: 60% -> healthy_fraction: 0.6",
                "failures_before_break: 1 -> failures_before_break: 0",
                "from: '08:00' -> from: 'morning'",
                "{http: 'http://127.0.0.1:80/health', expect: down, timeout: 2s} -> {promql: down}",
                "alertname: [Down, Slow], element: 'shop*', severity: critical, labels: {team: a} -> severity: critical"
            })
    void bothRefuse(String change) {
        String yaml = changed(change);
        assertThat(yaml).isNotEqualTo(GOOD);
        assertThat(problems(yaml)).isNotEmpty();
        assertThat(schemaAccepts(yaml)).isFalse();
    }

    private static String changed(String change) {
        String[] parts = change.split(" -> ", -1);
        return change.isEmpty() ? GOOD : GOOD.replace(parts[0], parts[1]);
    }

    /** A key that nobody can mean makes the reader list those that it knows: they are the schema's. */
    @ParameterizedTest
    @CsvSource({
        "name: restart, playbook",
        "alertname: [Down Slow], match",
        "effect: restart, step",
        "root_alert: recovered, verify",
        "zone: Europe/Berlin, schedule",
        "approvers: 2, limits"
    })
    void bothKnowTheSameKeys(String beside, String definition) {
        String separator = beside.startsWith("name") || beside.startsWith("effect") ? "\n" : ", ";
        String anchor = beside.equals("alertname: [Down Slow]") ? "match: {" : beside;
        String alien = "qqqqqqqqqqqqqqqqqqqq: 1";
        String yaml = anchor.equals("match: {")
                ? GOOD.replace(anchor, anchor + alien + ", ")
                : separator.equals("\n")
                        ? GOOD.replaceFirst(
                                Pattern.quote(anchor) + "\n( *)(\\S)",
                                anchor + "\n$1" + alien + "\n$1$2")
                        : GOOD.replace(anchor, anchor + separator + alien);
        Matcher known = problems(yaml).stream()
                .map(problem -> Pattern.compile("expected one of (.*)").matcher(problem.message()))
                .filter(Matcher::find)
                .findFirst()
                .orElseThrow();
        Set<String> reader = new TreeSet<>(Arrays.asList(known.group(1).split(", ")));
        JsonNode properties = JsonMapper.shared()
                .readTree(PlaybookSchema.text())
                .path("$defs")
                .path(definition)
                .path("properties");
        assertThat(new TreeSet<>(properties.propertyNames())).isEqualTo(reader);
    }
}
