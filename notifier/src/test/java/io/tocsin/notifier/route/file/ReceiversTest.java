package io.tocsin.notifier.route.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.route.receiver.EmailOptions;
import io.tocsin.notifier.route.receiver.EmailOptions.HostPort;
import io.tocsin.notifier.route.receiver.HttpOptions.Authentication;
import io.tocsin.notifier.route.receiver.HttpOptions.Proxy;
import io.tocsin.notifier.route.receiver.JiraOptions;
import io.tocsin.notifier.route.receiver.Kind;
import io.tocsin.notifier.route.receiver.MsTeamsV2Options;
import io.tocsin.notifier.route.receiver.OpsGenieOptions;
import io.tocsin.notifier.route.receiver.PagerDutyOptions;
import io.tocsin.notifier.route.receiver.PushoverOptions;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import io.tocsin.notifier.route.receiver.SlackOptions;
import io.tocsin.notifier.route.receiver.Source;
import io.tocsin.notifier.route.receiver.TelegramOptions;
import io.tocsin.notifier.route.receiver.TemplateTree;
import io.tocsin.notifier.route.receiver.TlsOptions;
import io.tocsin.notifier.route.receiver.WebhookOptions;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiversTest {

    /** The least that each kind needs. */
    private static final Map<Kind, String> LEAST = Map.ofEntries(
            Map.entry(Kind.WEBHOOK, "url: http://hooks.example/x"),
            Map.entry(Kind.EMAIL, "to: a@example.org, from: b@example.org, smarthost: 'mail:25'"),
            Map.entry(Kind.PAGERDUTY, "routing_key: hidden"),
            Map.entry(Kind.OPSGENIE, "api_key: hidden"),
            Map.entry(Kind.WECHAT, "api_secret: hidden, corp_id: corporation"),
            Map.entry(Kind.SLACK, "api_url: 'https://hooks.example/hidden'"),
            Map.entry(Kind.VICTOROPS, "api_key: hidden, routing_key: team"),
            Map.entry(Kind.PUSHOVER, "token: hidden, user_key: hidden"),
            Map.entry(Kind.SNS, "topic_arn: 'arn:aws:sns:eu-west-1:1:x', sigv4: {access_key: a, secret_key: hidden}"),
            Map.entry(Kind.TELEGRAM, "bot_token: hidden, chat_id: -7"),
            Map.entry(Kind.DISCORD, "webhook_url: 'https://discord.example/hidden'"),
            Map.entry(Kind.WEBEX, "room_id: r, http_config: {authorization: {credentials: hidden}}"),
            Map.entry(Kind.MSTEAMS, "webhook_url: 'https://teams.example/hidden'"),
            Map.entry(Kind.MSTEAMSV2, "webhook_url: 'https://teams.example/hidden'"),
            Map.entry(Kind.JIRA, "api_url: 'https://jira.example/rest/api/2', project: OPS, issue_type: Bug"),
            Map.entry(Kind.ROCKETCHAT, "token: hidden, token_id: hidden"),
            Map.entry(Kind.MATTERMOST, "webhook_url: 'https://mattermost.example/hidden'"),
            Map.entry(Kind.INCIDENTIO, "url: 'https://api.incident.example/x', alert_source_token: hidden"),
            Map.entry(Kind.DINGTALK, "webhook_url: 'https://dingtalk.example/hidden'"),
            Map.entry(Kind.FEISHU, "webhook_url: 'https://feishu.example/hidden'"),
            Map.entry(Kind.WECOM, "webhook_url: 'https://wecom.example/hidden'"),
            Map.entry(Kind.KAFKA, "topic: notices, bootstrap_servers: 'kafka:9092'"),
            Map.entry(Kind.COMMAND, "command: [/bin/true]"));

    @Test
    void readsEveryKindWithItsDefaultsAndShowsNoSecret() {
        assertThat(LEAST).hasSameSizeAs(Kind.values());
        LEAST.forEach((kind, entry) -> {
            AlertmanagerFile.Result result = result("", kind, entry);
            assertThat(result.problems()).as("%s", kind).isEmpty();
            assertThat(result.withoutEffect()).isEmpty();
            Routing routing = result.routing().orElseThrow();
            ReceiverOptions way = routing.integrations("a").get(kind.word() + "[0]");
            assertThat(way.kind()).isEqualTo(kind);
            assertThat(way.toString()).doesNotContain("hidden");
            assertThat(routing.original()).doesNotContain("hidden");
        });
    }

    @Test
    void withoutWhatItNeedsAKindIsRefusedAtItsEntry() {
        for (Kind kind : Kind.values()) {
            assertThat(result("", kind, "").problems())
                    .as("%s", kind)
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.line()).isEqualTo(6));
        }
    }

    @Test
    void aKeyThatIsNoneIsRefusedWithTheNearestOne() {
        LEAST.forEach((kind, entry) -> assertThat(
                        result("", kind, entry + ", send_resolvd: true").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .isEqualTo("\"send_resolvd\" is not a key of " + kind.key()
                                + "; did you mean \"send_resolved\"?")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WEBHOOK    | 'url: http://a, url_file: b'                                 | at most one of url and url_file
            WEBHOOK    | 'url: http://a, timeout: 1d'                                 | not a duration of timeout
            WEBHOOK    | 'url: http://a, send_resolved: ''true'''                     | the quoted text 'true'
            EMAIL      | 'to: a, from: b, smarthost: mail'                            | which is host:port
            EMAIL      | 'to: a, from: b, smarthost: ''m:1'', headers: {x-a: 1, X-A: 2}' | given twice
            EMAIL      | 'to: a, from: b, smarthost: ''m:1'', threading: {enabled: true}' | thread_by_date must be none or daily
            EMAIL      | 'to: a, from: b, smarthost: ''m:1'', headers: {references: x}, threading: {enabled: true, thread_by_date: none}' | set by threading
            EMAIL      | 'to: a, from: b, smarthost: ''m:1'', tls_config: {cert: x}'  | a certificate without a key
            SLACK      | 'api_url: http://a, app_token: x'                            | at most one of api_url
            SLACK      | 'api_url: http://a, update_message: true'                    | webhooks cannot change messages
            SLACK      | 'app_token: x, http_config: {authorization: {credentials: y}}' | cannot have authorization
            SLACK      | 'api_url: http://a, fields: [{title: x}]'                    | value is missing in a field
            SLACK      | 'api_url: http://a, actions: [{type: button, text: x}]'      | one of url and name
            SLACK      | 'api_url: http://a, actions: [{type: button, text: x, name: y, confirm: {}}]' | text is missing in a confirmation
            OPSGENIE   | 'api_key: x, responders: [{type: team}]'                     | one of id, name and username
            OPSGENIE   | 'api_key: x, responders: [{name: y, type: tem}]'             | did you mean "team"?
            OPSGENIE   | 'api_key: x, api_key_file: y'                                | at most one of api_key
            PUSHOVER   | 'token: x, user_key: y, html: true, monospace: true'         | at most one of html and monospace
            PUSHOVER   | 'token: x, user_key: y, retry: 5'                            | not a duration of retry
            VICTOROPS  | 'api_key: x, routing_key: y, custom_fields: {entity_id: z}'  | always sent
            SNS        | 'topic_arn: x, phone_number: y'                              | exactly one of
            SNS        | 'topic_arn: x, sigv4: {access_key: y}'                       | go together
            SNS        | 'topic_arn: x, sigv4: {external_id: y}'                      | without role_arn
            TELEGRAM   | 'bot_token: x, chat_id: abc'                                 | whole number
            TELEGRAM   | 'bot_token: x, chat_id: 1, chat_id_file: y'                  | at most one of chat_id
            TELEGRAM   | 'bot_token: x, chat_id: 1, parse_mode: Markdwn'                 | did you mean "Markdown"?
            WECHAT     | 'api_secret: x, corp_id: y, message_type: html'              | one of markdown, text
            JIRA       | 'api_url: http://a, project: x, issue_type: y, api_type: server' | one of auto, cloud, datacenter
            WEBEX      | 'room_id: x'                                                 | must have authorization
            INCIDENTIO | 'url: http://a, http_config: {}'                             | alert_source_token
            INCIDENTIO | 'url: http://a, alert_source_token: x, http_config: {authorization: {}}' | at most one of
            DISCORD    | 'webhook_url: discord'                                       | must begin with http
            MATTERMOST | 'webhook_url: http://a, fields: [{title: x}]'                | value is missing in a field
            """)
    void refusesWhatAlertmanagerRefuses(Kind kind, String entry, String message) {
        assertThat(result("", kind, entry).problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            basic_auth: {username: x}, bearer_token: y                  | at most one of basic_auth
            bearer_token: x, bearer_token_file: y                       | at most one of bearer_token
            authorization: {type: Basic}                                | written as basic_auth
            basic_auth: {password: x, password_file: y}                 | at most one of password
            basic_auth: {password_ref: x}                               | needs a secret manager
            oauth2: {token_url: 'http://a'}                             | must have a client_id
            oauth2: {client_id: x}                                      | must have a token_url
            tls_config: {min_version: TLS14}                            | TLS10, TLS11, TLS12 or TLS13
            tls_config: {ca: x, ca_file: y}                             | at most one of ca
            no_proxy: x                                                 | no effect without proxy_url
            proxy_from_environment: true, proxy_url: 'http://a'         | may not be given beside
            proxy_connect_header: {X: [y]}                              | no effect without proxy_url
            http_headers: {authorization: {values: [x]}}                | cannot be set
            http_headers: {X: {value: [x]}}                             | did you mean "values"?
            """)
    void refusesHttpOptionsThatContradict(String http, String message) {
        assertThat(result("", Kind.WEBHOOK, "url: http://a, http_config: {" + http + "}")
                        .problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains(message));
    }

    @Test
    void takesFromTheGlobalSectionWhatAnEntryDoesNotSay() {
        Map<String, ReceiverOptions> ways = read("""
                global:
                  smtp_smarthost: '[::1]:587'
                  smtp_from: tocsin@example.org
                  smtp_auth_username: me
                  smtp_auth_password_file: password
                  smtp_require_tls: false
                  slack_app_token: token
                  opsgenie_api_url: https://opsgenie.example
                  opsgenie_api_key: key
                  telegram_bot_token_file: /run/token
                  http_config: {proxy_url: 'http://proxy:3128'}
                route: {receiver: a}
                receivers:
                  - name: a
                    email_configs: [{to: a@example.org}]
                    slack_configs: [null, {api_url: 'http://own'}]
                    opsgenie_configs: [{}]
                    telegram_configs: [{chat_id: 1}]
                    msteamsv2_configs: [{webhook_url: 'http://teams', http_config: {follow_redirects: false}}]
                """);

        EmailOptions email = (EmailOptions) ways.get("email[0]");
        assertThat(email.smarthost()).isEqualTo(new HostPort("::1", "587"));
        assertThat(email.from()).isEqualTo("tocsin@example.org");
        assertThat(email.hello()).isEqualTo("localhost");
        assertThat(email.authentication().password()).contains(new Source.File(Path.of("/etc/tocsin/password")));
        assertThat(email.requireTls()).isFalse();
        assertThat(email.headers()).containsEntry("To", "a@example.org").containsKey("Subject");
        SlackOptions slack = (SlackOptions) ways.get("slack[0]");
        assertThat(slack.apiUrl()).isEqualTo(Source.inline("https://slack.com/api/chat.postMessage"));
        assertThat(slack.http().authentication()).contains(new Authentication.Scheme("Bearer", Source.inline("token")));
        SlackOptions own = (SlackOptions) ways.get("slack[1]");
        assertThat(own.apiUrl()).isEqualTo(Source.inline("http://own"));
        assertThat(own.http().authentication()).isEmpty();
        assertThat(((OpsGenieOptions) ways.get("opsgenie[0]")).apiUrl())
                .isEqualTo(URI.create("https://opsgenie.example/"));
        assertThat(((TelegramOptions) ways.get("telegram[0]")).botToken())
                .isEqualTo(new Source.File(Path.of("/run/token")));
        MsTeamsV2Options teams = (MsTeamsV2Options) ways.get("msteamsv2[0]");
        assertThat(teams.http().followRedirects()).isFalse();
        assertThat(teams.http().proxy()).isInstanceOf(Proxy.Via.class);
    }

    @Test
    void readsHttpOptionsInFull() {
        WebhookOptions webhook = (WebhookOptions) only(Kind.WEBHOOK, """
                url: 'http://alert_receiver:8080/{{ .GroupLabels.team }}'
                timeout: 1.5s
                max_alerts: 3
                payload: {text: '{{ .Status }}', n: 1, on: [true, null, 1.5]}
                http_config:
                  enable_http2: no
                  tls_config: {ca_file: ca.pem, cert_file: c.pem, key: k, min_version: TLS12, insecure_skip_verify: true}
                  http_headers: {x-team: {values: [a], files: [b]}}
                  oauth2:
                    client_id: me
                    client_secret: s
                    token_url: https://id.example/token
                    scopes: [x]
                    endpoint_params: {audience: y}
                """);

        assertThat(webhook.url()).isEqualTo(Source.inline("http://alert_receiver:8080/{{ .GroupLabels.team }}"));
        assertThat(webhook.timeout()).contains(Duration.ofMillis(1500));
        assertThat(webhook.maxAlerts()).isEqualTo(3);
        assertThat(webhook.payload())
                .contains(new TemplateTree.Fields(Map.of(
                        "text",
                        new TemplateTree.Text("{{ .Status }}"),
                        "n",
                        new TemplateTree.Numeral(BigDecimal.ONE),
                        "on",
                        new TemplateTree.Items(List.of(
                                new TemplateTree.Flag(true),
                                new TemplateTree.Nothing(),
                                new TemplateTree.Numeral(new BigDecimal("1.5")))))));
        assertThat(webhook.http().http2()).isFalse();
        TlsOptions tls = webhook.http().tls();
        assertThat(tls.ca()).contains(new Source.File(Path.of("/etc/tocsin/ca.pem")));
        assertThat(tls.client()).isPresent();
        assertThat(tls.minVersion()).contains(TlsOptions.Version.TLS12);
        assertThat(tls.insecureSkipVerify()).isTrue();
        assertThat(webhook.http().headers())
                .containsEntry("X-Team", List.of(Source.inline("a"), new Source.File(Path.of("/etc/tocsin/b"))));
        assertThat(webhook.http().authentication().orElseThrow())
                .isInstanceOfSatisfying(Authentication.OAuth2.class, oauth -> {
                    assertThat(oauth.clientId()).isEqualTo("me");
                    assertThat(oauth.scopes()).containsExactly("x");
                    assertThat(oauth.endpointParams()).containsEntry("audience", "y");
                });
    }

    @Test
    void emptyTextsStayEmptyAndAbsentOnesAreTheDefaultTemplates() {
        SlackOptions slack = (SlackOptions) only(Kind.SLACK, "api_url: http://a\ntitle: ''\ntext:\n");

        assertThat(slack.attachment().title()).isEmpty();
        assertThat(slack.attachment().text()).isEmpty();
        assertThat(slack.attachment().pretext()).isEqualTo("{{ template \"slack.default.pretext\" . }}");
        assertThat(slack.sendResolved()).isFalse();
        assertThat(slack.attachment().mrkdwnIn()).containsExactly("fallback", "pretext", "text");
    }

    @Test
    void readsTheRestOfWhatPagersTake() {
        PagerDutyOptions pager = (PagerDutyOptions) only(Kind.PAGERDUTY, """
                service_key: s
                details: {firing: mine, nested: {a: 1}}
                images: [{src: x, alt: y}]
                class: db
                """);
        assertThat(pager.key()).isEqualTo(new PagerDutyOptions.Key.Service(Source.inline("s")));
        assertThat(pager.details())
                .containsEntry("firing", new TemplateTree.Text("mine"))
                .containsKey("num_firing");
        assertThat(pager.source()).isEqualTo(pager.client());
        assertThat(pager.eventClass()).isEqualTo("db");

        PushoverOptions pushover = (PushoverOptions) only(Kind.PUSHOVER, "token: t\nuser_key: u\nttl: 2h\nhtml: true");
        assertThat(pushover.retry()).isEqualTo(Duration.ofMinutes(1));
        assertThat(pushover.ttl()).isEqualTo(Duration.ofHours(2));
        assertThat(pushover.format()).isEqualTo(PushoverOptions.Format.HTML);

        JiraOptions jira = (JiraOptions) only(Kind.JIRA, """
                api_url: https://x.atlassian.net/rest/api/2
                project: OPS
                issue_type: Bug
                summary: {template: mine, enable_update: false}
                reopen_duration: 30d
                fields: {customfield_1: {value: red}}
                """);
        assertThat(jira.summary()).isEqualTo(new JiraOptions.Field("mine", false));
        assertThat(jira.reopenDuration()).isEqualTo(Duration.ofDays(30));
        assertThat(jira.fields()).containsKey("customfield_1");
    }

    private static ReceiverOptions only(Kind kind, String entry) {
        String text = "route: {receiver: a}\nreceivers:\n- name: a\n  " + kind.key() + ":\n    -\n" + entry.indent(6);
        AlertmanagerFile.Result result = AlertmanagerFile.read(Path.of("/etc/tocsin/alertmanager.yml"), text);
        assertThat(result.problems()).isEmpty();
        return Optional.ofNullable(
                        result.routing().orElseThrow().integrations("a").get(kind.word() + "[0]"))
                .orElseThrow();
    }

    private static Map<String, ReceiverOptions> read(String text) {
        AlertmanagerFile.Result result = AlertmanagerFile.read(Path.of("/etc/tocsin/alertmanager.yml"), text);
        assertThat(result.problems()).isEmpty();
        return result.routing().orElseThrow().integrations("a");
    }

    private static AlertmanagerFile.Result result(String global, Kind kind, String entry) {
        return AlertmanagerFile.read(Path.of("/etc/tocsin/alertmanager.yml"), """
                global: {%s}
                route: {receiver: a}
                receivers:
                - name: a
                  %s:
                  - {%s}
                """.formatted(global, kind.key(), entry));
    }
}
