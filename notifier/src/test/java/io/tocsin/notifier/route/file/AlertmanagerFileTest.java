package io.tocsin.notifier.route.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.SharedData;
import io.tocsin.notifier.route.Convergence;
import io.tocsin.notifier.route.Route.Target;
import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.route.receiver.HttpOptions.Authentication;
import io.tocsin.notifier.route.receiver.Secret;
import io.tocsin.notifier.route.receiver.Source;
import io.tocsin.notifier.route.receiver.WebhookOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AlertmanagerFileTest {

    private static final String GOOD = """
            global:
              resolve_timeout: 3m
              http_config:
                authorization: {credentials: hidden}
            route:
              receiver: everybody
              group_by: [alertname]
              group_wait: 10s
              routes:
                - matchers: [severity="page", team=~"db|api"]
                  receiver: pager
                  continue: true
                  group_by: ['...']
                  repeat_interval: 1h
                  convergence: suppress
                - match: {team: db}
                  match_re: {service: ^(foo|bar)$}
                  routes:
                    - match: {severity: page}
                      receiver: pager
            receivers:
              - name: everybody
                webhook_configs:
                  - url: http://127.0.0.1:8080/hook?key=hidden
              - name: pager
                webhook_configs:
                  - url_file: secrets/url
                    send_resolved: false
                    max_alerts: 7
                    timeout: 3s
                    signing_secrets: [whsec_hidden]
                    http_config:
                      follow_redirects: false
                      basic_auth: {username: me, password: hidden}
            """;

    @Test
    void readsRoutesWithWhatTheyInherit() {
        Routing routing = read(GOOD).routing().orElseThrow();

        assertThat(routing.resolveTimeout()).isEqualTo(Duration.ofMinutes(3));
        List<Target> targets =
                routing.root().targets(Map.of("alertname", "Slow", "severity", "page", "team", "db", "service", "foo"));
        assertThat(targets).hasSize(2);
        Target all = targets.get(0);
        assertThat(all.groupKey())
                .isEqualTo("{}/{severity=\"page\",team=~\"db|api\"}:"
                        + "{alertname=\"Slow\", service=\"foo\", severity=\"page\", team=\"db\"}");
        assertThat(all.options().groupWait()).isEqualTo(Duration.ofSeconds(10));
        assertThat(all.options().repeatInterval()).isEqualTo(Duration.ofHours(1));
        assertThat(all.options().groupInterval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(all.options().convergence()).isEqualTo(Convergence.SUPPRESS);
        Target nested = targets.get(1);
        assertThat(nested.receiver()).isEqualTo("pager");
        assertThat(nested.groupKey())
                .isEqualTo("{}/{service=~\"^(foo|bar)$\",team=\"db\"}/{severity=\"page\"}:{alertname=\"Slow\"}");
        assertThat(nested.options().convergence()).isEqualTo(Convergence.ANNOTATE);
    }

    @Test
    void whatNoChildTakesStaysWithTheParent() {
        Routing routing = read(GOOD).routing().orElseThrow();

        assertThat(routing.root().targets(Map.of("alertname", "Slow")))
                .extracting(Target::receiver)
                .containsExactly("everybody");
        assertThat(routing.root().targets(Map.of("team", "db", "service", "bar")))
                .extracting(Target::receiver)
                .containsExactly("everybody");
    }

    @Test
    void readsWebhooksWithTheirSecrets() {
        Routing routing = read(GOOD).routing().orElseThrow();

        WebhookOptions plain =
                (WebhookOptions) routing.integrations("everybody").get("webhook[0]");
        assertThat(plain.sendResolved()).isTrue();
        assertThat(plain.http().authentication())
                .contains(new Authentication.Scheme("Bearer", new Source.Inline(new Secret("hidden"))));
        WebhookOptions pager = (WebhookOptions) routing.integrations("pager").get("webhook[0]");
        assertThat(pager.sendResolved()).isFalse();
        assertThat(pager.maxAlerts()).isEqualTo(7);
        assertThat(pager.timeout()).contains(Duration.ofSeconds(3));
        assertThat(pager.url()).isEqualTo(new Source.File(Path.of("/etc/tocsin/secrets/url")));
        assertThat(pager.signingSecrets()).hasSize(1);
        assertThat(pager.http().followRedirects()).isFalse();
        assertThat(pager.http().authentication().orElseThrow()).isInstanceOf(Authentication.Basic.class);
    }

    @Test
    void neverShowsASecret() {
        Routing routing = read(GOOD).routing().orElseThrow();

        assertThat(routing.original()).doesNotContain("hidden").contains("receiver: pager");
        assertThat(routing.receivers().toString()).doesNotContain("hidden");
    }

    @Test
    void namesEveryProblemInOneRunWithItsPlaceAndTheNearestName() {
        AlertmanagerFile.Result result = read("""
                route:
                  reciever: everybody
                  group_interval: 0s
                  group_by: [a, b, a]
                  routes:
                    - receiver: evrybody
                      matchers: ['severity=page', 'team db']
                      group_wait: 10 seconds
                      convergence: supress
                receivers:
                  - name: everybody
                    slack_configs:
                      - channel: '#x'
                    webhook_configs:
                      - url: ftp://somewhere
                        send_resolved: maybe
                  - name: everybody
                """);

        assertThat(result.routing()).isEmpty();
        assertThat(result.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "/etc/tocsin/alertmanager.yml:2:3: \"reciever\" is not a key of the root route;"
                                + " did you mean \"receiver\"?",
                        "/etc/tocsin/alertmanager.yml:2:3: the root route must name a default receiver",
                        "/etc/tocsin/alertmanager.yml:3:19: group_interval must be more than zero",
                        "/etc/tocsin/alertmanager.yml:4:20: \"a\" is given twice in group_by",
                        "/etc/tocsin/alertmanager.yml:6:17: receiver \"evrybody\" is not defined;"
                                + " did you mean \"everybody\"?",
                        "/etc/tocsin/alertmanager.yml:7:41: not a matcher: team db: found 'd', expected one of =, !=, =~, !~",
                        "/etc/tocsin/alertmanager.yml:8:19: \"10 seconds\" is not a duration of group_wait"
                                + " (such as 30s, 5m, 1h30m)",
                        "/etc/tocsin/alertmanager.yml:9:20: \"supress\" is not a value of convergence,"
                                + " which is annotate or suppress; did you mean \"suppress\"?",
                        "/etc/tocsin/alertmanager.yml:13:9: one of api_url, api_url_file, app_token and"
                                + " app_token_file must be given in slack_configs, or slack_api_url or"
                                + " slack_app_token in global",
                        "/etc/tocsin/alertmanager.yml:15:14: url is not an address: it must begin with http:// or https://",
                        "/etc/tocsin/alertmanager.yml:16:24: \"maybe\" is not a value of send_resolved,"
                                + " which is true or false",
                        "/etc/tocsin/alertmanager.yml:17:11: receiver \"everybody\" is defined twice");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                      | the file is empty
            'route: ['                                              | not YAML
            '[]'                                                    | expected the configuration as a mapping
            'receivers: [{name: a}]'                                | route is missing
            'route: {receiver: a, continue: true}'                  | no siblings
            'route: {receiver: a, matchers: [a=b]}'                 | takes every alert
            'route: {receiver: a, group_by: [a, ...]}'              | stands alone
            'route: {receiver: [a]}'                                | expected plain text
            'route: {receiver: a, receiver: b}'                     | given twice
            'route: {receiver: a, routes: {}}'                      | expected a list
            'inhibit_rules: [{source_match_re: {a: }}]'             | no regular expression
            'inhibit_rules: [{equal: [""]}]'                        | must not be empty
            'inhibit_rules: [{source_match: {a-b: c}}]'             | is not a label name
            'inhibit_rules: [{sources: []}]'                        | not a key of an inhibition rule
            'global: {smtp_smarthost: "a:b:1"}'                     | which is host:port
            'global: {pagerduty_url: x}'                            | pagerduty_url is not an address
            'global: {resolve_timeout: 5}'                          | not a duration
            'global: {slak_api_url: x}'                             | did you mean "slack_api_url"?
            'tracing: {}'                                           | endpoint is missing
            'event_recorder: {file_outputs: [{}]}'                  | path is missing
            'route: {receiver: a, routes: [null]}'                  | a route is empty
            'receivers: [{name: a, webhook_configs: [{}]}]'         | one of url and url_file
            'receivers: [{name: a, webhook_configs: [{url: "http://a/{{ .x "}]}]' | url is not a template
            'receivers: [{name: a, webhook_configs: [{url: "http://a", max_alerts: -1}]}]' | whole number
            """)
    void refusesWhatCannotWork(String text, String message) {
        AlertmanagerFile.Result result = read(text);

        assertThat(result.routing()).isEmpty();
        assertThat(result.problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains(message));
    }

    @Test
    void anchorsAndMergedMappingsAreWhatTheyStandFor() {
        Routing routing = read("""
                route:
                  receiver: a
                  routes:
                    - &page {receiver: b, matchers: [severity=page], group_wait: 1s}
                    - <<: *page
                      matchers: [team=db]
                receivers: [{name: a}, {name: b}]
                """).routing().orElseThrow();

        Target merged = routing.root().targets(Map.of("team", "db")).getFirst();
        assertThat(merged.receiver()).isEqualTo("b");
        assertThat(merged.options().groupWait()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aliasesThatNeverEndAreRefused() {
        assertThat(read("route: &r {receiver: a, routes: [*r]}").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("contains itself"));
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 8; i++) {
            String alias = "*a" + (i - 1);
            bomb.append(
                    "a" + i + ": &a" + i + " [" + String.join(", ", java.util.Collections.nCopies(10, alias)) + "]\n");
        }
        assertThat(read(bomb.toString()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("aliases make this file more than"));
    }

    @Test
    void secretsAreTakenOutWhereverTheyStand() {
        Routing routing = read("""
                global:
                  smtp_auth_password: |
                    hidden
                    hidden too
                  http_config:
                    proxy_url: http://hidden@proxy
                    proxy_connect_header: {X-Key: [hidden]}
                  slack_api_url: &url http://hidden
                route: {receiver: a}
                receivers:
                  - name: a
                    slack_configs: [{api_url: *url, channel: shown}]
                """).routing().orElseThrow();

        assertThat(routing.original())
                .doesNotContain("hidden")
                .contains("channel: shown")
                .contains("slack_api_url: &url http://<secret>")
                .contains("receiver: a");
        assertThat(read(routing.original()).problems()).isEmpty();
    }

    @Test
    void secretsOfLongFilesAreTakenOut() {
        StringBuilder text = new StringBuilder("route: {receiver: r0}\nreceivers:\n");
        for (int i = 0; i < 500; i++) {
            text.append(
                    "  - {name: r%d, opsgenie_configs: [{api_key: hidden%d, priority: shown}]} # é\n".formatted(i, i));
        }
        String original = read(text.toString()).routing().orElseThrow().original();

        assertThat(original).doesNotContain("hidden").contains("name: r499");
        assertThat(original.split("priority: shown", -1)).hasSize(501);
    }

    @Test
    void routesPassTheirLabelsOnAndKeepTheirIntervalsToThemselves() {
        AlertmanagerFile.Result result = read("""
                route:
                  receiver: a
                  labels: {owner: x, tier: "1"}
                  routes:
                    - matchers: [a=b]
                      labels: {tier: "2"}
                      mute_time_intervals: [night]
                      routes: [{matchers: [c=d]}]
                mute_time_intervals: [{name: night, time_intervals: [{months: [may]}]}]
                receivers: [{name: a}]
                """);
        Routing routing = result.routing().orElseThrow();

        Target child = routing.root().targets(Map.of("a", "b")).getFirst();
        assertThat(child.options().labels()).isEqualTo(Map.of("owner", "x", "tier", "2"));
        assertThat(child.options().muteTimeIntervals()).containsExactly("night");
        Target grandchild = routing.root().targets(Map.of("a", "b", "c", "d")).getFirst();
        assertThat(grandchild.options().labels()).isEqualTo(Map.of("owner", "x", "tier", "2"));
        assertThat(grandchild.options().muteTimeIntervals()).isEmpty();
        assertThat(result.withoutEffect()).hasSize(2);
    }

    @TestFactory
    List<DynamicTest> agreesWithAlertmanagerOnWholeFiles() throws IOException {
        Path directory = SharedData.path("alertmanager");
        JsonNode expected = JsonMapper.shared().readTree(Files.readString(directory.resolve("EXPECTED.json")));
        List<DynamicTest> tests = new ArrayList<>();
        expected.get("files")
                .properties()
                .forEach(file -> tests.add(DynamicTest.dynamicTest(file.getKey(), () -> {
                    Path path = directory.resolve(file.getKey());
                    agrees(AlertmanagerFile.read(path, Files.readString(path)), file.getValue());
                })));
        return tests;
    }

    @TestFactory
    List<DynamicTest> agreesWithAlertmanagerOnSmallCases() throws IOException {
        JsonNode cases = JsonMapper.shared()
                .readTree(Files.readString(SharedData.path("alertmanager/inline-config-cases.json")));
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode test : cases.get("cases")) {
            tests.add(DynamicTest.dynamicTest(
                    test.get("case").asString(),
                    () -> agrees(read(test.get("config").asString()), test)));
        }
        return tests;
    }

    private static void agrees(AlertmanagerFile.Result result, JsonNode expected) {
        boolean ok = expected.get("ok").asBoolean();
        assertThat(result.routing().isPresent()).as("%s", result.problems()).isEqualTo(ok);
        assertThat(result.problems().isEmpty()).isEqualTo(ok);
        assertThat(result.problems())
                .allSatisfy(problem -> assertThat(problem.toString()).matches("(?s).+:\\d+:\\d+: .+"));
        if (expected.has("error_contains")) {
            assertThat(result.problems().toString())
                    .contains(expected.get("error_contains").asString());
        }
    }

    private static AlertmanagerFile.Result read(String text) {
        return AlertmanagerFile.read(Path.of("/etc/tocsin/alertmanager.yml"), text);
    }
}
