package io.tocsin.notifier.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.gotemplate.GoTime;
import io.tocsin.gotemplate.TemplateException;
import io.tocsin.notifier.template.NoticeData.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticeTemplatesTest {

    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    private static final NoticeTemplates DEFAULTS = NoticeTemplates.defaults();

    static NoticeData notice() {
        return new NoticeData(
                "on-call.eu",
                "firing",
                List.of(alert("firing", "Down", "a"), alert("resolved", "Slow", "b")),
                "NEW_FIRING",
                new TreeMap<>(Map.of("service", "cart")),
                "http://tocsin:9090");
    }

    private static Alert alert(String status, String name, String instance) {
        return new Alert(
                status,
                new TreeMap<>(Map.of("alertname", name, "service", "cart", "instance", instance, "env", "prod")),
                new TreeMap<>(Map.of("summary", name + " <now> & then", "incident_id", "inc-1")),
                START,
                status.equals("firing") ? GoTime.ZERO : START.plusSeconds(90),
                "http://engine/graph?g0.expr=up",
                "0123456789abcdef");
    }

    private static String text(String template) throws TemplateException {
        return DEFAULTS.text(template, notice(), START.plusSeconds(60));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            {{ .Receiver }} ~ on-call\\.eu
            {{ .Status | toUpper }} {{ "A" | toLower }} ~ FIRING a
            {{ len .Alerts }} {{ len .Alerts.Firing }} {{ len .Alerts.Resolved }} ~ 2 1 1
            {{ .GroupLabels }} ~ service=cart
            {{ .CommonLabels }} ~ env=prod, service=cart
            {{ .CommonLabels.Remove (stringSlice "env") }} ~ service=cart
            {{ .CommonLabels.Remove .GroupLabels.Names }} ~ env=prod
            {{ .CommonAnnotations.incident_id }} {{ .CommonAnnotations.absent }} ~ inc-1
            {{ (index .Alerts 0).Labels.Names }} ~ [alertname env instance service]
            {{ (index .Alerts 0).Labels.Values.Join "/" }} ~ Down/prod/a/cart
            {{ range .GroupLabels.SortedPairs }}{{ .Name }}:{{ .Value }}{{ end }} ~ service:cart
            {{ title "hello WORLD" }}{{ trimSpace "  x " }} ~ Hello Worldx
            {{ stringSlice "a" "b" | join "-" }} ~ a-b
            {{ match "^on-" .Receiver }} ~ true
            {{ reReplaceAll "(o)n-" "${1}ff-" "on-call" }} ~ off-call
            {{ urlUnescape "a%20b+c" }} ~ a b c
            {{ safeHtml "<b>" }}{{ safeUrl "x:y" }} ~ <b>x:y
            {{ (index .Alerts 0).StartsAt | date "2006-01-02 15:04" }} ~ 2026-11-24 10:00
            {{ (index .Alerts 0).StartsAt | tz "Europe/Berlin" | date "15:04 MST" }} ~ 11:00 CET
            {{ since (index .Alerts 0).StartsAt }} ~ 1m0s
            {{ humanizeDuration 3661 }} ~ 1h 1m 1s
            {{ (index .Alerts 1).EndsAt.Sub (index .Alerts 1).StartsAt }} ~ 1m30s
            {{ toJson .GroupLabels }} ~ {"service":"cart"}
            {{ toJson (index .Alerts 0).Annotations.summary }} ~ "Down \\u003cnow\\u003e \\u0026 then"
            {{ (dict "a" 1).a }}{{ len (append (list 1 2) 3) }} ~ 13
            {{ base64encode "a?b" | base64decode }} ~ a?b
            """)
    void saysWhatAlertmanagersTemplatesSay(String template, String text) throws TemplateException {
        assertThat(text(template).strip()).isEqualTo(text);
    }

    @Test
    void everyDefaultTemplateRenders() throws TemplateException {
        for (String name : DEFAULTS.names()) {
            if (name.contains(".default.")) {
                // Alertmanager's details hand it a list of alerts.
                String dot = name.equals("pagerduty.default.instances") ? ".Alerts.Firing" : ".";
                String call = "{{ template \"" + name + "\" " + dot + " }}";
                assertThat(text(call)).as(name).doesNotContain("<no value>");
                assertThat(DEFAULTS.html(call, notice(), START)).as(name).doesNotContain("ZgotmplZ");
            }
        }
        assertThat(text("{{ template \"__subject\" . }}")).isEqualTo("[FIRING 1] cart · prod");
        assertThat(text("{{ template \"slack.default.titlelink\" . }}"))
                .isEqualTo("http://tocsin:9090/incidents/inc-1");
    }

    @Test
    void everyDefaultOfAlertmanagerHasItsNameHere() {
        assertThat(DEFAULTS.names())
                .contains(
                        "__alertmanager",
                        "__alertmanagerURL",
                        "__subject",
                        "__description",
                        "__text_alert_list",
                        "__text_alert_list_markdown",
                        "slack.default.title",
                        "slack.default.color",
                        "email.default.subject",
                        "email.default.html",
                        "pagerduty.default.instances",
                        "opsgenie.default.message",
                        "wechat.default.to_user",
                        "victorops.default.state_message",
                        "pushover.default.message",
                        "sns.default.subject",
                        "telegram.default.message",
                        "discord.default.title",
                        "webex.default.message",
                        "msteams.default.summary",
                        "msteamsv2.default.text",
                        "jira.default.priority",
                        "rocketchat.default.alias",
                        "mattermost.default.fallback");
    }

    @Test
    void whatAnAlertSaysCannotChangeThePage() throws TemplateException {
        String page = DEFAULTS.html("{{ template \"email.default.html\" . }}", notice(), START);
        assertThat(page)
                .contains("Down &lt;now&gt; &amp; then")
                .contains("<a href=\"http://tocsin:9090/incidents/inc-1\">")
                .doesNotContain("<now>");
    }

    @Test
    void aUsersTemplateReplacesADefaultAndItsUsersFollow() throws TemplateException {
        NoticeTemplates own = DEFAULTS.with("own.tmpl", "{{ define \"__subject\" }}mine: {{ .Status }}{{ end }}");
        assertThat(own.text("{{ template \"slack.default.title\" . }}", notice(), START))
                .isEqualTo("mine: firing");
    }

    @Test
    void aTemplateThatNeverEndsIsStopped() {
        String endless = "{{ define \"x\" }}{{ template \"x\" . }}{{ end }}{{ template \"x\" . }}";
        assertThatThrownBy(() -> text(endless)).hasMessageContaining("exceeded maximum template depth");
        String long_ = "{{ range 100000000 }}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx{{ end }}";
        assertThatThrownBy(() -> text(long_)).isInstanceOf(TemplateException.Execution.class);
    }
}
