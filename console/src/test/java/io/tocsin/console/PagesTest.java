package io.tocsin.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.AlertState;
import io.tocsin.contracts.v1.Door;
import io.tocsin.contracts.v1.RuleFile;
import io.tocsin.contracts.v1.RuleSetVersion;
import io.tocsin.contracts.v1.TickDone;
import io.tocsin.contracts.v1.TransitionReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Each page in a real browser, beside modules that say what the test wants. */
class PagesTest {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path data;

    private static Surroundings around;
    private static Browsing browsing;
    private Page page;

    @BeforeAll
    static void start() throws IOException {
        browsing = Browsing.start();
        around = new Surroundings(data);
    }

    @AfterAll
    static void stop() {
        if (around != null) {
            around.close();
        }
        if (browsing != null) {
            browsing.close();
        }
    }

    @BeforeEach
    void open() {
        browsing.complaints().clear();
        page = browsing.page();
    }

    @AfterEach
    void nothingWasComplainedAbout() {
        page.close();
        assertThat(browsing.complaints()).isEmpty();
    }

    @Test
    void alertsSayWhyAndChangeWhileOneLooks() {
        around.engine().says("/api/v1/alerts", """
                {"status":"success","data":{"alerts":[
                 {"labels":{"alertname":"HighErrorRate","service_name":"checkout","severity":"page"},"annotations":{},
                  "state":"firing","tocsinState":"firing","activeAt":"2026-01-01T00:00:00Z","value":"9.1e-01"},
                 {"labels":{"alertname":"DiskFilling","host":"db-1"},"annotations":{"summary":"db-1 fills"},
                  "state":"pending","tocsinState":"pending","activeAt":"%s","value":"1e-01"}]}}""".formatted(Instant.now()));
        around.publish(Surroundings.transition(
                        "HighErrorRate",
                        "checkout",
                        AlertState.INACTIVE,
                        AlertState.PENDING,
                        TransitionReason.THRESHOLD_CROSSED,
                        120)
                .build());
        around.publish(Surroundings.transition(
                        "HighErrorRate",
                        "checkout",
                        AlertState.PENDING,
                        AlertState.FIRING,
                        TransitionReason.FOR_ELAPSED,
                        60)
                .build());
        page.navigate(around.address("/alerts"));
        var row = page.locator("tbody tr", new Page.LocatorOptions().setHasText("checkout"));
        assertThat(row).containsText("the condition has held for as long as the rule asks");
        assertThat(row).containsText("0.91");
        assertThat(page.getByText("Pending 1")).isVisible();

        page.keyboard().press("/");
        assertThat(page.locator("input[type=search]")).isFocused();
        page.locator("input[type=search]").blur();
        around.publish(Surroundings.transition(
                        "ServiceDown",
                        "payments",
                        AlertState.INACTIVE,
                        AlertState.NO_DATA,
                        TransitionReason.TARGET_SILENT,
                        1)
                .build());
        assertThat(page.locator("tbody")).containsText("the target has fallen silent");
        Browsing.inspect(page, "console-alerts");

        row.getByRole(AriaRole.LINK).first().click();
        assertThat(page.locator("h1")).containsText("HighErrorRate");
        assertThat(page.locator(".log").first()).containsText("THRESHOLD_CROSSED");
        assertThat(page.getByText("The notifier does not know this alert.")).isVisible();
        Browsing.accessible(page);
        page.keyboard().press("u");
        assertThat(page).hasURL(around.address("/alerts"));
    }

    @Test
    void anAlertSaysWhatHoldsItsNotices() {
        graph();
        var transition = Surroundings.transition(
                "Held", "ledger", AlertState.INACTIVE, AlertState.FIRING, TransitionReason.SPIKE, 5);
        around.publish(transition.build());
        around.notifier().says("/api/tocsin/why/" + transition.getFingerprint(), """
                {"alert":{},"condition":"FIRING","incident":"","groups":[],"notices":[],
                 "routes":[{"groupKey":"{}","receiver":"on-call","held":{"fingerprint":"x","reason":"SILENCED","by":["s-1"]}}],
                 "decisions":[{"receiver":"on-call","integration":"webhook[0]","reason":"ALL_HELD","times":3,
                               "lastAt":"2026-01-01T00:00:00Z"}]}""");
        page.navigate(around.address("/alerts"));
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Held").setExact(true))
                .click();
        assertThat(page.locator("#told ~ ul")).containsText("silenced");
        assertThat(page.getByText("all held")).isVisible();
        assertThat(page.locator("figure.plot[data-drawn='2'] canvas")).isVisible();
        assertThat(page.locator("figure.plot")).hasAttribute("data-plot", "rate(errors_total[1m])");
        assertThat(page.locator("figure.plot")).hasAttribute("data-threshold", "0.5");
        Browsing.inspect(page, "console-alert");

        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("silence it"))
                .click();
        assertThat(page.locator("textarea")).hasValue("alertname=\"Held\"\nservice_name=\"ledger\"\nseverity=\"page\"");
    }

    @Test
    void rulesShowTheirHealth() {
        around.engine().says("/api/v1/rules", """
                {"status":"success","data":{"groups":[{"name":"shop","file":"shop.yaml","interval":5,"evaluationTime":0.0012,
                 "lastEvaluation":"%1$s","limit":0,"rules":[
                 {"name":"HighErrorRate","query":"rate(errors_total[1m]) > 0.5","type":"alerting","state":"firing","duration":60,
                  "keepFiringFor":0,"health":"ok","evaluationTime":0.0004,"lastEvaluation":"%1$s","labels":{"severity":"page"},
                  "annotations":{},"alerts":[{"labels":{"alertname":"HighErrorRate"},"state":"firing","value":"1"}]},
                 {"name":"job:errors:rate1m","query":"sum by (job) (rate(errors_total[1m]))","type":"recording","health":"err",
                  "lastError":"many-to-many matching not allowed","evaluationTime":0,"lastEvaluation":"0001-01-01T00:00:00Z"}]}]}}""".formatted(Instant.now()));
        page.navigate(around.address("/rules"));
        assertThat(page.locator("tbody tr").first()).containsText("firing");
        assertThat(page.locator("tbody tr").last()).containsText("many-to-many matching not allowed");
        assertThat(page.locator("tbody tr").last()).containsText("never");
        assertThat(page.locator(".facts")).containsText("1 cannot be evaluated");
        Browsing.inspect(page, "console-rules");
        page.locator("input[type=search]").fill("error rate");
        page.keyboard().press("Enter");
        assertThat(page.locator("tbody tr")).hasCount(2);
        page.locator("input[type=search]").fill("firing");
        page.keyboard().press("Enter");
        assertThat(page.locator("tbody tr")).hasCount(1);
    }

    @Test
    void aSilenceShowsWhatItWouldCoverBeforeItIs() {
        around.notifier()
                .says("/api/v2/alerts", """
                        [{"fingerprint":"f1","labels":{"alertname":"HighErrorRate","service_name":"checkout"},
                          "annotations":{},"startsAt":"2026-01-01T00:00:00Z","status":{"state":"active","silencedBy":[],"inhibitedBy":[]}}]""")
                .says("/api/v2/silences", """
                        [{"id":"s-1","status":{"state":"active"},"createdBy":"ada","comment":"planned","startsAt":"%s",
                          "endsAt":"%s","matchers":[{"name":"service_name","value":"ledger","isRegex":false,"isEqual":true}]}]""".formatted(
                                Instant.now(), Instant.now().plusSeconds(3_600)))
                .says("POST", "/api/v2/silences", 200, "{\"silenceID\":\"s-2\"}")
                .says("DELETE", "/api/v2/silence/s-1", 200, "");
        page.navigate(around.address("/silences"));
        assertThat(page.locator("tbody")).containsText("service_name=\"ledger\"");
        page.getByText("New silence").click();
        page.locator("textarea").pressSequentially("service_name=checkout");
        assertThat(page.locator("#preview")).containsText("1 active alert has these labels now");
        assertThat(page.locator("#preview")).containsText("HighErrorRate");
        Browsing.inspect(page, "console-silences");
        page.getByLabel("Why").fill("deploy");
        page.getByRole(
                        AriaRole.BUTTON,
                        new GetByRoleOptions().setName("Silence").setExact(true))
                .click();
        assertThat(page.locator("details")).not().hasAttribute("open", "");
        var posted =
                around.notifier().asked("POST", "/api/v2/silences").getLast().body();
        assertThat(posted)
                .contains(
                        "\"name\":\"service_name\"",
                        "\"value\":\"checkout\"",
                        "\"createdBy\":\"local\"",
                        "\"comment\":\"deploy\"");
        assertThat(around.notifier().asked("GET", "/api/v2/alerts"))
                .anyMatch(asked -> asked.query().contains("filter=service_name=\"checkout\""));

        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("End the silence"))
                .click();
        assertThat(page.locator("h1")).hasText("Silences");
        assertThat(around.notifier().asked("DELETE", "/api/v2/silence/s-1")).hasSize(1);
    }

    @Test
    void aSilenceThatIsNoneIsSaid() {
        page.navigate(around.address("/silences?matchers=" + "%7Bnonsense"));
        assertThat(page.locator("#preview")).containsText("Line 1: found {nonsense, expected a label");
    }

    @Test
    void anExpressionIsATableAndAGraph() {
        graph();
        page.navigate(around.address("/query"));
        page.getByLabel("Expression").fill("rate(errors_total[1m])");
        page.keyboard().press("Enter");
        assertThat(page.locator("#now ~ table tbody tr").first()).containsText("service_name=\"checkout\"");
        assertThat(page.locator("figure.plot[data-drawn='2'] canvas")).isVisible();
        assertThat(page.locator("figcaption")).hasText("2 lines");
        Browsing.inspect(page, "console-query");
        var asked =
                around.engine().asked("GET", "/api/v1/query_range").getLast().query();
        assertThat(asked).contains("query=rate(errors_total[1m])", "step=15.0");

        around.engine().says("GET", "/api/v1/query", 400, "{\"status\":\"error\",\"error\":\"1:6: unexpected end\"}");
        page.getByLabel("Expression").fill("rate(");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("1:6: unexpected end");
    }

    private static void graph() {
        long now = Instant.now().getEpochSecond();
        String labels = "{\"metric\":{\"service_name\":\"%s\"},";
        StringBuilder values = new StringBuilder();
        for (int i = 60; i >= 0; i--) {
            values.append(values.isEmpty() ? "" : ",")
                    .append(String.format(Locale.ROOT, "[%d,\"%.3f\"]", now - i * 60L, 0.4 + 0.2 * Math.sin(i / 6.0)));
        }
        around.engine()
                .says("/api/v1/label/__name__/values", "{\"status\":\"success\",\"data\":[\"errors_total\"]}")
                .says(
                        "/api/v1/query",
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                                + labels.formatted("ledger") + "\"value\":[" + now + ",\"0.25\"]},"
                                + labels.formatted("checkout") + "\"value\":[" + now + ",\"+Inf\"]}]}}")
                .says(
                        "/api/v1/query_range",
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":["
                                + labels.formatted("ledger") + "\"values\":[[" + (now - 60) + ",\"0.25\"],[" + now
                                + ",\"0.3\"]]}," + labels.formatted("checkout") + "\"values\":[" + values + "]}]}}");
    }

    @Test
    void repairsAreApprovedAndFrozenUnderAName() {
        String soon = Instant.now().plusSeconds(600).toString();
        around.selfheal()
                .says("/api/tocsin/selfheal/approvals", """
                        [{"id":"q-1","incident":"inc-7f3a","playbook":"restart-service","target":"ledger-1",
                          "plan":"1. restart ledger-1\\n2. verify","askedAt":"%s","expiresAt":"%s"}]""".formatted(Instant.now(), soon))
                .says("/api/tocsin/selfheal/freeze", "{\"frozen\":false,\"why\":\"\"}")
                .says("/api/tocsin/selfheal/quarantine", "[\"checkout-2\"]")
                .says(
                        "/api/tocsin/selfheal/playbooks",
                        "{\"playbooks\":[{\"name\":\"restart-service\",\"version\":\"v1\",\"mode\":\"APPROVE\"}],\"problems\":[]}")
                .says("/api/tocsin/selfheal/audit", """
                        [{"at":"%s","actor":"self-healing","what":"REFUSED","incident":"inc-7f3a","run":"","playbook":"restart-service",
                          "target":"ledger-1","reason":"DEPLOY_GRACE","detail":"deployed 20 s ago"}]""".formatted(Instant.now()))
                .says("POST", "/api/tocsin/selfheal/approvals/q-1/approve", 200, "{\"id\":\"q-1\",\"approved\":true}")
                .says("POST", "/api/tocsin/selfheal/freeze", 200, "{\"frozen\":true}")
                .says(
                        "POST",
                        "/api/tocsin/selfheal/quarantine/checkout-2/release",
                        404,
                        "{\"error\":\"checkout-2 is not in quarantine\"}");
        page.navigate(around.address("/repairs"));
        assertThat(page.locator("article pre")).containsText("restart ledger-1");
        assertThat(page.locator("tbody")).containsText("DEPLOY_GRACE");
        Browsing.inspect(page, "console-repairs");

        page.getByLabel("Note").fill("looked at it");
        around.publish(Surroundings.ledgerFails(50).build());
        page.waitForCondition(() ->
                around.selfheal().asked("GET", "/api/tocsin/selfheal/audit").size() > 1);
        assertThat(page.getByLabel("Note")).hasValue("looked at it");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Approve"))
                .click();
        assertThat(page.locator("h1")).hasText("Repairs");
        assertThat(around.selfheal()
                        .asked("POST", "/api/tocsin/selfheal/approvals/q-1/approve")
                        .getLast()
                        .body())
                .contains("\"by\":\"local\"", "\"note\":\"looked at it\"");

        around.selfheal().says("/api/tocsin/selfheal/freeze", "{\"frozen\":true,\"why\":\"local: strange\"}");
        page.locator(".switch input[name=note]").fill("strange");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Freeze"))
                .click();
        assertThat(page.locator(".switch")).containsText("frozen");
        assertThat(around.selfheal().asked("POST", "/api/tocsin/selfheal/freeze"))
                .hasSize(1);

        page.locator("li input[name=note]").fill("again");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Release"))
                .click();
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("Not done: checkout-2 is not in quarantine.");
        // The browser writes down that the form was answered with an error.
        assertThat(browsing.complaints()).singleElement().asString().contains("422");
        browsing.complaints().clear();
    }

    @Test
    void theMapShowsWhoCallsWhom() {
        around.publish(Topics.TOPOLOGY, "production", Surroundings.calls("storefront", "checkout", 600, 0));
        around.publish(Topics.TOPOLOGY, "production", Surroundings.calls("checkout", "ledger", 300, 60));
        around.publish(Topics.TOPOLOGY, "production", Surroundings.calls("checkout", "payments", 120, 0));
        around.publish(Surroundings.ledgerFails(60).build());
        page.navigate(around.address("/services"));
        page.waitForCondition(() -> {
            page.reload();
            return page.locator(".map .bad").count() > 0
                    && page.locator(".map rect").count() == 4;
        });
        assertThat(page.locator(".map .failing text")).containsText("20 % fail");
        assertThat(page.locator("tbody tr").first()).containsText("ledger");
        assertThat(page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("ledger, fails")))
                .isVisible();
        Browsing.inspect(page, "console-services");

        graph();
        around.publish(Surroundings.transition(
                        "ServiceDown",
                        "ledger",
                        AlertState.INACTIVE,
                        AlertState.FIRING,
                        TransitionReason.SERIES_MISSING,
                        95)
                .build());
        page.navigate(around.address("/incidents/inc-7f3a"));
        assertThat(page.locator(".map rect")).hasCount(4);
        assertThat(page.locator("figure.plot[data-drawn='2'] canvas")).isVisible();
        Browsing.inspect(page, "console-incident-whole");
    }

    @Test
    void thePipelineShowsWhoIsBehind() {
        long now = Instant.now().toEpochMilli();
        around.engine().says("/health/readiness", "{\"status\":\"UP\"}").says("/metrics", """
                        # TYPE tocsin_engine_tick_timestamp_seconds gauge
                        tocsin_engine_tick_timestamp_seconds{shard="metrics/0"} %s
                        tocsin_engine_tick_timestamp_seconds{shard="metrics/1"} %s
                        tocsin_engine_series{shard="metrics/0"} 1234
                        tocsin_engine_tick_delay_seconds_sum{shard="metrics/0"} 3.0
                        tocsin_engine_tick_delay_seconds_count{shard="metrics/0"} 20
                        tocsin_engine_dead_letters_total{reason="unreadable"} 3
                        """.formatted(
                        now / 1000.0, (now - 90_000) / 1000.0));
        around.publish(
                Topics.DOORS,
                "collector-1",
                Door.newBuilder().setCollector("collector-1").setAccepting(true).build());
        around.publish(
                Topics.ALERTS,
                "",
                AlertEvent.newBuilder()
                        .setTickDone(TickDone.newBuilder()
                                .setTickMs(now)
                                .setEvaluatePartition(2)
                                .addExcludedShards("spans/3"))
                        .build());
        page.navigate(around.address("/pipeline"));
        assertThat(page.locator("#door-collector-1")).containsText("open");
        assertThat(page.locator("#part-2")).containsText("without spans/3");
        assertThat(page.locator("#shard-metrics-0")).containsText("150 ms");
        assertThat(page.locator("#shard-metrics-1 .state")).hasClass("state bad");
        assertThat(page.getByText("records that could not be processed")).isVisible();
        assertThat(page.locator("ul.plainlist").first()).containsText("not ready notifier");
        Browsing.inspect(page, "console-pipeline");
    }

    @Test
    void rulesAreCheckedBeforeTheyAreApplied() {
        around.publish(
                Topics.RULES,
                "v7",
                RuleSetVersion.newBuilder()
                        .setVersion("v7")
                        .setEffectiveFromMs(1)
                        .addFiles(RuleFile.newBuilder().setName("other.yaml").setText("groups: []\n"))
                        .addFiles(RuleFile.newBuilder().setName("shop.yaml").setText("groups:\n  - name: shop\n"))
                        .build());
        around.engine().says("POST", "/api/v1/rules/apply", 422, """
                {"status":"error","error":"1 error, nothing was applied","problems":[
                 {"severity":"error","file":"shop.yaml","line":2,"column":5,"message":"the group has no rules"}]}""");
        page.navigate(around.address("/rules/edit?file=shop.yaml"));
        page.waitForCondition(() -> {
            page.reload();
            return page.locator("#text").inputValue().contains("shop");
        });
        page.locator("#text").fill("groups:\n  - name: shop2\n");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Check")).click();
        assertThat(page.locator(".problems")).containsText("the group has no rules");
        page.getByText("shop.yaml:2:5").click();
        assertThat(page.evaluate("document.getElementById('text').selectionStart"))
                .isEqualTo(12);
        Browsing.inspect(page, "console-editor");
        var checked = around.engine().asked("POST", "/api/v1/rules/apply").getLast();
        assertThat(checked.query()).isEqualTo("dry_run=true");
        assertThat(checked.body()).contains("\"other.yaml\":\"groups: []\\n\"", "shop2");

        around.engine().says("POST", "/api/v1/rules/apply", 200, """
                {"status":"success","data":{"outcome":"published","version":"v8","effectiveFrom":"2026-01-01T00:00:00Z","problems":[]}}""");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Apply")).click();
        assertThat(page.getByRole(AriaRole.STATUS)
                        .filter(new com.microsoft.playwright.Locator.FilterOptions()
                                .setHasText("Applied as version v8")))
                .isVisible();
        assertThat(around.engine()
                        .asked("POST", "/api/v1/rules/apply")
                        .getLast()
                        .query())
                .as("whoever edits here owns the namespace from now on")
                .isEqualTo("take_over=true");
    }
}
