package io.tocsin.selfheal.playbook.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.selfheal.playbook.Effect;
import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Limits;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people write for a step, and what they are told where they were wrong. */
class ActionReaderTest {

    /** One line of a step, below its name, and what is said of it. */
    private record Wrong(String line, String problem) {}

    @ParameterizedTest
    @MethodSource
    void aMistakeIsShownWhereItIs(Wrong mistake) {
        assertThat(read(mistake.line()).problems())
                .extracting(Problem::toString)
                .containsExactly("p.yaml:" + mistake.problem());
    }

    static List<Wrong> aMistakeIsShownWhereItIs() {
        String at = "at: 'http://h:1'";
        return List.of(
                new Wrong(
                        "effect: restart",
                        "3:3: a step has one of command, supervisor, haproxy, container, systemd, webhook, kubernetes, kafka"),
                new Wrong("supervisor: restart", "4:15: expected supervisor (a mapping), found \"restart\""),
                new Wrong(
                        "supervisor: {restart: shop, stop: shop, " + at + "}",
                        "4:15: expected one of restart, start, stop, with what it is done to"),
                new Wrong(
                        "supervisor: {restart: 'a b', " + at + "}",
                        "4:25: restart: expected the name of a process, or group:process, found \"a b\""),
                new Wrong("supervisor: {restart: shop}", "4:15: \"at\" is missing"),
                new Wrong(
                        "supervisor: {restart: shop, at: 'tcp://h:1'}",
                        "4:35: at: expected http://host:port, https://host:port or unix:/path, found \"tcp://h:1\""),
                new Wrong(
                        "supervisor: {restart: shop, " + at + ", username: u}",
                        "4:15: username and password_file are given both or not at all"),
                new Wrong(
                        "supervisor: {restart: '{{target.nme}}', " + at + "}",
                        "4:25: unknown placeholder \"target.nme\", did you mean \"target.name\"?"),
                new Wrong("haproxy: {drain: s1, at: 'unix:/s'}", "4:20: drain: expected backend/server, found \"s1\""),
                new Wrong("haproxy: {weight: b/s, at: 'unix:/s'}", "4:12: weight needs percent, and nothing else does"),
                new Wrong("haproxy: {weight: b/s, percent: 101, at: 'unix:/s'}", "4:12: percent is between 0 and 100"),
                new Wrong(
                        "haproxy: {ready: b/s, until_idle: true, at: 'unix:/s'}",
                        "4:12: until_idle is for drain and maint"),
                new Wrong(
                        "container: {restart: 'a/b', " + at + "}",
                        "4:24: restart: expected the name or id of a container, found \"a/b\""),
                new Wrong("container: {stop: a, grace: 11m, " + at + "}", "4:14: grace is at most 10 minutes"),
                new Wrong(
                        "systemd: {restart: 'shop; reboot', host: h, user: u, key_file: k, known_hosts: n}",
                        "4:22: restart: expected the name of a unit such as shop.service, found \"shop; reboot\""),
                new Wrong(
                        "systemd: {restart: shop.service, host: '-oProxyCommand=x', user: u, key_file: k, known_hosts: n}",
                        "4:42: host: expected a host name or an IP address, found \"-oProxyCommand=x\""),
                new Wrong(
                        "systemd: {restart: shop.service, host: h, user: u, key_file: k}",
                        "4:12: \"known_hosts\" is missing"),
                new Wrong(
                        "kubernetes: {restart: shop, namespace: n}",
                        "4:25: restart: expected kind/name such as deployment/shop"),
                new Wrong(
                        "kubernetes: {restart: deploment/shop, namespace: n}",
                        "4:25: unknown restart \"deploment\", did you mean \"deployment\"?"),
                new Wrong(
                        "kubernetes: {rollback: statefulset/shop, namespace: n}",
                        "4:26: rollback is not for a statefulset"),
                new Wrong("kubernetes: {restart: deployment/shop}", "4:15: \"namespace\" is missing"),
                new Wrong(
                        "kubernetes: {scale: deployment/shop, namespace: n}",
                        "4:23: scale needs replicas, and nothing else does"),
                new Wrong(
                        "kubernetes: {cordon: node/N1}",
                        "4:24: cordon: expected a name of small letters, digits, dashes and dots, found \"N1\""),
                new Wrong("webhook: {post: 'http://h/'}", "3:3: \"effect\" is missing"),
                new Wrong(
                        "webhook: {post: 'ftp://h/'}",
                        "4:19: post: expected an address that begins with http:// or https://, found \"ftp://h/\""),
                new Wrong(
                        "webhook: {post: 'http://h/', state: 'http://h/'}",
                        "4:12: state says where to look and shows what is seen there: both or none"),
                new Wrong(
                        "webhook: {post: 'http://h/', state: 'http://h/', shows: {on: 'false'}}",
                        "4:59: shows: expected a JSON Pointer such as /enabled, found \"on\""),
                new Wrong(
                        "kafka: {send: tocsin.incidents, value: v, at: 'h:1'}",
                        "4:17: send: expected the name of a topic that is not Tocsin's or Kafka's own, found"
                                + " \"tocsin.incidents\""),
                new Wrong(
                        "kafka: {send: t, value: v, at: h}",
                        "4:34: at: expected host:port, more of them separated by commas, found \"h\""),
                new Wrong("command: []", "4:12: a command needs at least one argument"));
    }

    @Test
    void aKeyThatIsNearlyRightIsFound() {
        assertThat(read("supervisr: {restart: shop, at: 'unix:/s'}").problems())
                .extracting(Problem::toString)
                .contains("p.yaml:4:3: unknown key \"supervisr\", did you mean \"supervisor\"?");
        assertThat(read("supervisor: {restat: shop, at: 'unix:/s'}").problems())
                .extracting(Problem::toString)
                .contains("p.yaml:4:16: unknown key \"restat\", did you mean \"restart\"?");
    }

    @Test
    void whatAStepDoesSaysWhichEffectItHas() {
        String drain = "haproxy: {drain: b/s, at: 'unix:/s'}";
        assertThat(step(drain).effect()).isEqualTo(Effect.ISOLATE);
        assertThat(read(drain + "\n  effect: inspect").problems())
                .extracting(Problem::toString)
                .containsExactly("p.yaml:5:11: effect: what this step does is \"isolate\"");
        assertThat(step("haproxy: {weight: b/s, percent: 0, at: 'unix:/s'}").effect())
                .isEqualTo(Effect.ISOLATE);
        assertThat(step("kubernetes: {scale: deployment/a, replicas: 0, namespace: n}")
                        .effect())
                .isEqualTo(Effect.ISOLATE);
        assertThat(step("kubernetes: {rollback: deployment/a, namespace: n}").effect())
                .isEqualTo(Effect.ROLLBACK);
    }

    @Test
    void whatTellsItsEffectMayBeTriedAgainAndWhatDoesNotMayNot() {
        assertThat(step("haproxy: {drain: b/s, at: 'unix:/s'}\n  attempts: 3").idempotent())
                .isTrue();
        assertThat(read("command: [a]\n  attempts: 3").problems())
                .extracting(Problem::message)
                .containsExactly("a step is tried 1 to 5 times, and more than once only when it is idempotent");
        assertThat(step("effect: change\n  webhook: {post: 'http://h/'}").idempotent())
                .isFalse();
    }

    @Test
    void aPlaceholderMayBeTheWholeText() {
        assertThat(step("supervisor: {restart: '{{target.name}}', at: '{{target.domain}}'}")
                        .observable())
                .isTrue();
    }

    private static Step step(String lines) {
        Reading<List<Playbook>> reading = read(lines);
        assertThat(reading.problems()).isEmpty();
        return reading.value().getFirst().steps().getFirst();
    }

    private static Reading<List<Playbook>> read(String lines) {
        PlaybookContext context = PlaybookContext.of(Inventory.EMPTY, expression -> Optional.empty(), Limits.DEFAULT);
        String text = "playbooks: [{name: p, match: {alertname: Down}, verify: {root_alert: recovered},\n"
                + "  steps: [\n  {name: s,\n  " + lines.replace("\n", ",\n") + "}]}]\n";
        return PlaybookReader.read("p.yaml", text, context);
    }
}
