package io.tocsin.selfheal.playbook.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.selfheal.playbook.Check;
import io.tocsin.selfheal.playbook.Effect;
import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Limits;
import io.tocsin.selfheal.playbook.Mode;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Step.OnFailure;
import io.tocsin.selfheal.playbook.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people write, and what they are told where they were wrong. */
class ReadersTest {

    private static final String WHOLE = """
            playbooks:
              - name: restart
                description: It is down.
                mode: auto
                match:
                  alertname: [Down]
                  element: shop*
                  severity: critical
                  labels: {team: web*}
                allow_external: true
                after: 1m30s
                diagnose:
                  - {http: 'http://h:{{target.port}}/', expect: down, timeout: 2s}
                  - {promql: 'up{job="{{target.name}}"} == 0', expect: clear}
                steps:
                  - name: restart
                    effect: restart
                    command: [svc, restart, '{{target.name}}']
                    timeout: 30s
                    attempts: 2
                    idempotent: true
                    on_failure: rollback
                    done: {http: 'http://h:{{target.port}}/'}
                rollback:
                  - {name: back, effect: rollback, command: [svc, back]}
                verify: {root_alert: recovered, evaluations: 3, interval: 5s, within: 1m}
                escalate: page
                schedule: {days: [mon, fri], from: '08:00', to: '18:00', zone: Europe/Berlin}
                limits: {restarts_per_hour: 2, backoff: 2m, healthy_fraction: 75%}
            """;

    @Test
    void aWholePlaybookIsRead() {
        Reading<List<Playbook>> reading = read(WHOLE);
        assertThat(reading.problems()).isEmpty();
        Playbook playbook = reading.value().getFirst();
        assertThat(playbook.mode()).isEqualTo(Mode.AUTO);
        assertThat(playbook.after()).isEqualTo(Duration.ofSeconds(90));
        assertThat(playbook.diagnose())
                .extracting(Check::text)
                .containsExactly(
                        "http http://h:{{target.port}}/ is down", "promql up{job=\"{{target.name}}\"} == 0 is clear");
        assertThat(playbook.steps().getFirst().onFailure()).isEqualTo(OnFailure.ROLLBACK);
        assertThat(playbook.steps().getFirst().done()).isPresent();
        assertThat(playbook.rollback().getFirst().effect()).isEqualTo(Effect.ROLLBACK);
        assertThat(playbook.verify().evaluations()).isEqualTo(3);
        assertThat(playbook.limits().healthyFraction()).contains(0.75);
        assertThat(playbook.schedule().orElseThrow().open(Instant.parse("2026-03-02T07:00:00Z")))
                .isTrue();
        assertThat(playbook.schedule().orElseThrow().open(Instant.parse("2026-03-02T17:00:00Z")))
                .isFalse();
    }

    @Test
    void theVersionChangesWithTheText() {
        assertThat(read(WHOLE).value().getFirst().version())
                .isEqualTo(read(WHOLE).value().getFirst().version())
                .isNotEqualTo(read(WHOLE + "# changed\n").value().getFirst().version());
    }

    @Test
    void withoutAModeItOnlyObservesAndIsolationWaitsForFiveMinutesOfProof() {
        Playbook playbook = read(WHOLE.replace("    mode: auto\n", "")
                        .replace("    after: 1m30s\n", "")
                        .replace("effect: restart", "effect: isolate"))
                .value()
                .getFirst();
        assertThat(playbook.mode()).isEqualTo(Mode.OBSERVE);
        assertThat(playbook.after()).isEqualTo(Duration.ofMinutes(5));
    }

    /** What is written wrong, and what is said of it. */
    private record Wrong(String right, String wrong, String problem) {}

    @ParameterizedTest
    @MethodSource
    void aMistakeIsShownWhereItIs(Wrong mistake) {
        assertThat(WHOLE).contains(mistake.right());
        Reading<List<Playbook>> reading = read(WHOLE.replace(mistake.right(), mistake.wrong()));
        assertThat(reading.problems()).extracting(Problem::toString).containsExactly(mistake.problem());
        assertThat(reading.value()).isEmpty();
    }

    static List<Wrong> aMistakeIsShownWhereItIs() {
        return List.of(
                new Wrong(
                        "    steps:\n", "    stepz:\n", "p.yaml:15:5: unknown key \"stepz\", did you mean \"steps\"?"),
                new Wrong("mode: auto", "mode: atuo", "p.yaml:4:11: unknown mode \"atuo\", did you mean \"auto\"?"),
                new Wrong(
                        "  - name: restart\n    description",
                        "  - nme: x\n    name: restart\n    description",
                        "p.yaml:2:5: unknown key \"nme\", did you mean \"name\"?"),
                new Wrong(
                        "after: 1m30s",
                        "after: soon",
                        "p.yaml:11:12: after: expected a duration such as 500ms, 30s, 5m, 1h, found \"soon\""),
                new Wrong(
                        "allow_external: true",
                        "allow_external: yes",
                        "p.yaml:10:21: allow_external: expected true or false, found \"yes\""),
                new Wrong(
                        "[svc, restart, '{{target.name}}']",
                        "[svc, restart, '{{target.nme}}']",
                        "p.yaml:18:18: unknown placeholder \"target.nme\", did you mean \"target.name\"?"),
                new Wrong(
                        "[svc, restart, '{{target.name}}']",
                        "[svc, restart, '{{alert.name}}']",
                        "p.yaml:18:18: unknown placeholder \"alert.name\", expected one of target.domain, target.element,"
                                + " target.name, target.port, target.service"),
                new Wrong(
                        "[svc, restart, '{{target.name}}']",
                        "svc restart",
                        "p.yaml:18:18: command: expected a list, found \"svc restart\""),
                new Wrong(
                        "attempts: 2\n        idempotent: true",
                        "attempts: 2\n        idempotent: false",
                        "p.yaml:16:9: a step is tried 1 to 5 times, and more than once only when it is idempotent"),
                new Wrong(
                        "timeout: 30s",
                        "timeout: 11m",
                        "p.yaml:16:9: a step's timeout is more than 0 and at most 10 minutes"),
                new Wrong(
                        "evaluations: 3", "evaluations: 1", "p.yaml:26:13: verification needs at least 2 evaluations"),
                new Wrong(
                        "root_alert: recovered",
                        "root_alert: gone",
                        "p.yaml:26:26: root_alert: expected \"recovered\", found \"gone\""),
                new Wrong(
                        "{http: 'http://h:{{target.port}}/', expect: down, timeout: 2s}",
                        "{promql: up}",
                        "p.yaml:13:7: mode auto needs a check that is independent of the telemetry: http or command"),
                new Wrong("'up{job=\"{{target.name}}\"} == 0'", "'up{'", "p.yaml:14:18: promql: bad expression"),
                new Wrong(
                        "'http://h:{{target.port}}/', expect: down",
                        "'h:1', expect: down",
                        "p.yaml:13:16: http: expected an address that begins with http:// or https://"),
                new Wrong("[mon, fri]", "[mon, fry]", "p.yaml:28:22: unknown day \"fry\", did you mean \"fri\"?"),
                new Wrong("'08:00'", "'8'", "p.yaml:28:40: from: expected a time such as \"08:30\""),
                new Wrong(
                        "Europe/Berlin",
                        "Europe/Berlim",
                        "p.yaml:28:68: unknown zone \"Europe/Berlim\", did you mean \"Europe/Berlin\"?"),
                new Wrong(
                        "restarts_per_hour: 2",
                        "restarts_per_hour: 4",
                        "p.yaml:29:33: restarts_per_hour: a playbook can only tighten limits: expected at most 3, found 4"),
                new Wrong(
                        "healthy_fraction: 75%",
                        "healthy_fraction: 50%",
                        "p.yaml:29:67: healthy_fraction: a playbook can only tighten limits: expected at least 51%, found 50%"),
                new Wrong(
                        "backoff: 2m",
                        "backoff: 10s",
                        "p.yaml:29:45: backoff: a playbook can only tighten limits: expected at least 60s, found 10s"),
                new Wrong(
                        "    escalate: page\n",
                        "    escalate: page\n    escalate: more\n",
                        "p.yaml:28:5: key \"escalate\" is given twice"));
    }

    @Test
    void aPlaybookThatMatchesEverythingIsRefused() {
        String everything = WHOLE.replace("      alertname: [Down]\n", "")
                .replace("      element: shop*\n", "")
                .replace("      labels: {team: web*}\n", "");
        assertThat(said(read(everything)))
                .containsExactly("p.yaml:6:7: a match needs an alertname, an element or a label");
    }

    @Test
    void whatIsNotYamlIsShownWhereItBreaks() {
        assertThat(said(read("playbooks: [\n"))).singleElement().asString().startsWith("p.yaml:2:1: not YAML: ");
        assertThat(said(read("- a\n"))).containsExactly("p.yaml:1:1: expected playbooks (a mapping), found a list");
    }

    @Test
    void anInventoryIsRead() {
        Reading<Inventory> reading = InventoryReader.read("t.yaml", """
                targets:
                  - name: shop-1
                    service: shop
                    domain: a
                    stateful: true
                    probe: 'http://{{target.host}}/'
                    variables: {host: h1}
                  - {name: cart, protected: true}
                maintenance:
                  - {service: shop, from: '2026-01-01T00:00:00Z', until: '2026-01-01T01:00:00Z'}
                """);
        assertThat(reading.problems()).isEmpty();
        Target shop = reading.value().named("shop-1").orElseThrow();
        assertThat(shop.element()).isEqualTo("shop");
        assertThat(shop.stateful()).isTrue();
        assertThat(shop.probe().orElseThrow().fill(shop)).isEqualTo("http://h1/");
        assertThat(reading.value().named("cart").orElseThrow().isProtected()).isTrue();
        assertThat(reading.value().inMaintenance("shop", Instant.parse("2026-01-01T00:00:00Z")))
                .isTrue();
        assertThat(reading.value().inMaintenance("shop", Instant.parse("2026-01-01T01:00:00Z")))
                .isFalse();
    }

    @Test
    void mistakesInAnInventoryAreShownWhereTheyAre() {
        Reading<Inventory> reading = InventoryReader.read("t.yaml", """
                targets:
                  - {service: shop}
                  - {name: a, statefull: true}
                  - {name: b, probe: 'http://{{target.prt}}/', variables: {port: 1}}
                  - {name: b}
                  - {name: c, variables: {service: x}}
                maintenance:
                  - {service: shop, from: '2026-01-01T01:00:00Z', until: '2026-01-01T00:00:00Z'}
                  - {service: shop, from: today, until: '2026-01-01T00:00:00Z'}
                """);
        assertThat(said(reading))
                .containsExactly(
                        "t.yaml:2:5: \"name\" is missing",
                        "t.yaml:3:15: unknown key \"statefull\", did you mean \"stateful\"?",
                        "t.yaml:4:22: unknown placeholder \"prt\", did you mean \"port\"?",
                        "t.yaml:5:12: target \"b\" is there already",
                        "t.yaml:6:26: variables: \"service\" is a key of the target itself",
                        "t.yaml:8:58: until: maintenance ends after it begins",
                        "t.yaml:9:27: from: expected a time such as 2026-01-31T18:00:00Z, found \"today\"");
        assertThat(reading.value().targets()).isEmpty();
    }

    @Test
    void theOperatorsLimitsAreReadAndTheRestStays() {
        Reading<Limits> reading = OperatorLimitsReader.read("l.yaml", """
                limits:
                  restarts_per_hour: 5
                  backoff: [10s, 1m]
                  hourly_fraction: 20%
                  approvers: 2
                """);
        assertThat(reading.problems()).isEmpty();
        Limits d = Limits.DEFAULT;
        assertThat(reading.value())
                .isEqualTo(new Limits(
                        5,
                        List.of(Duration.ofSeconds(10), Duration.ofMinutes(1)),
                        d.failuresBeforeBreak(),
                        0.2,
                        d.hourlyFloor(),
                        d.healthyFraction(),
                        d.deployGrace(),
                        d.newestSample(),
                        d.oldestAlert(),
                        d.approvalWait(),
                        2));
        assertThat(OperatorLimitsReader.read("l.yaml", "").value()).isEqualTo(d);
    }

    @Test
    void mistakesInTheOperatorsLimitsAreShownWhereTheyAre() {
        Reading<Limits> reading = OperatorLimitsReader.read("l.yaml", """
                limits:
                  restart_per_hour: 5
                  backoff: [1m, 10s]
                  failures_before_break: 0
                  hourly_fraction: 0.2
                more: 1
                """);
        assertThat(said(reading))
                .containsExactly(
                        "l.yaml:2:3: unknown key \"restart_per_hour\", did you mean \"restarts_per_hour\"?",
                        "l.yaml:3:12: backoff: expected durations that do not get shorter",
                        "l.yaml:4:26: failures_before_break: expected at least 1",
                        "l.yaml:5:20: hourly_fraction: expected a percentage such as 60%, found \"0.2\"",
                        "l.yaml:6:1: unknown key \"more\", expected one of limits");
        assertThat(reading.value()).isEqualTo(Limits.DEFAULT);
    }

    private static List<String> said(Reading<?> reading) {
        return reading.problems().stream().map(Problem::toString).toList();
    }

    private static Reading<List<Playbook>> read(String text) {
        PlaybookContext context = new PlaybookContext(
                Set.of("name", "element", "service", "domain", "port"),
                expression -> expression.equals("up{") ? Optional.of("bad expression") : Optional.empty(),
                Limits.DEFAULT);
        return PlaybookReader.read("p.yaml", text, context);
    }
}
