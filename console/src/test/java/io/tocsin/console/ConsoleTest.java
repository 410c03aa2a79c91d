package io.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.tocsin.contracts.v1.IncidentStatus;
import io.tocsin.contracts.v1.RemediationEvent.Phase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class ConsoleTest {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path data;

    private Surroundings around;

    @BeforeEach
    void start() throws IOException {
        around = new Surroundings(data);
    }

    @AfterEach
    void stop() {
        around.close();
    }

    @Test
    void showsIncidentsWithCauseNoticesAndRepairs() throws Exception {
        around.notifierSays(200, Surroundings.delivered());
        around.publishUnreadableIncident();
        around.publish(Surroundings.ledgerFails(1).build());
        around.publish(Surroundings.repair("e1", Phase.STARTED, "restart"));

        String list = await("/", "running");
        assertThat(list).contains("ledger stopped reporting", "1 delivered", "restart-service");
        HttpResponse<String> page = around.get("/incidents/inc-7f3a");
        assertThat(page.body())
                .contains(
                        "what depends on it fails: checkout calls ledger", "Symptoms", "opened: ServiceDown on ledger")
                .contains("on-call by webhook", "ServiceDown at &lt;ledger&gt;");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(around.get("/metrics").body())
                .contains("tocsin_console_records_total{outcome=\"unreadable\",topic=\"tocsin.incidents\"} 1");

        around.publish(Surroundings.ledgerFails(2)
                .setStatus(IncidentStatus.CLOSED)
                .setClosedAtMs(Instant.now().toEpochMilli())
                .build());
        assertThat(await("/", "Nothing burns")).contains("closed");
        assertThat(around.get("/health/readiness").statusCode()).isEqualTo(200);
    }

    @Test
    void saysWhatIsAway() throws Exception {
        around.publish(Surroundings.ledgerFails(1).build());
        around.notifierSays(503, "");

        await("/", "ledger stopped reporting");
        assertThat(await("/", "it answered with status 503")).contains("ledger stopped reporting", "not known");

        around.notifierSays(200, "nonsense");
        assertThat(await("/", "its answer cannot be read")).contains("ledger stopped reporting");
        HttpResponse<String> missing = around.get("/incidents/none");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("Incident none is not known here");
    }

    @Test
    void anIncidentAppearsInAnOpenPage() throws Exception {
        try (Browsing browsing = Browsing.start()) {
            Page page = browsing.page();
            page.navigate(around.address("/"));
            PlaywrightAssertions.assertThat(page.locator(".calm")).hasText("Nothing burns.");
            page.evaluate("window.sameDocument = true");

            around.notifierSays(200, Surroundings.delivered());
            around.publish(Surroundings.ledgerFails(1).build());
            PlaywrightAssertions.assertThat(page.locator("tr.open")).containsText("ledger stopped reporting");
            PlaywrightAssertions.assertThat(page.locator("tr.open")).containsText("1 delivered");
            around.publish(Surroundings.repair("e1", Phase.STARTED, "restart"));
            PlaywrightAssertions.assertThat(page.locator("tr.open")).containsText("running");
            Browsing.accessible(page);
            Browsing.shoot(page, "console-incidents.png");

            page.keyboard().press("j");
            around.publish(Surroundings.repair("e2", Phase.VERIFIED, "clear for two evaluations"));
            PlaywrightAssertions.assertThat(page.locator("tr.open.selected")).containsText("verified");
            assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
            page.keyboard().press("Enter");
            PlaywrightAssertions.assertThat(page.locator("h1")).containsText("ledger stopped reporting");
            Browsing.accessible(page);
            Browsing.shoot(page, "console-incident.png");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            Browsing.accessible(page);
            Browsing.shoot(page, "console-incident-dark.png");
            page.keyboard().press("?");
            PlaywrightAssertions.assertThat(page.locator("#keys")).isVisible();
            assertThat(browsing.complaints()).isEmpty();
        }
    }

    private String await(String path, String text) throws Exception {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        String body = around.get(path).body();
        while (!body.contains(text) && Instant.now().isBefore(deadline)) {
            Thread.sleep(50);
            body = around.get(path).body();
        }
        assertThat(body).contains(text);
        return body;
    }
}
