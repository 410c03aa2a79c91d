package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.e2e.TocsinProcess.Await;
import io.tocsin.standalone.cli.InstanceAddress;
import io.tocsin.standalone.cli.UserError;
import io.tocsin.standalone.demo.DemoConfiguration;
import io.tocsin.standalone.up.Ports;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** B13 as a user sees it: everything dies while an incident is open. */
class KillInTheMiddleOfAnIncidentTest {

    private static final Duration WITHIN = Duration.ofSeconds(120);

    @Test
    void theIncidentStaysOpenNothingIsToldTwiceAndTheRecoveryNoticeStillComes(@TempDir Path directory)
            throws Exception {
        Path data = directory.resolve("data");
        Ports ports = Ports.free();
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            Path config = configuration(directory.resolve("config"), ports, data, receiver.port());
            String incident;
            try (TocsinProcess tocsin = TocsinProcess.up(data, ports, "--demo", "--config", config.toString())) {
                Await.until("the shop reports", WITHIN, () -> shopIsSteady(ports));
                breakLedger(ports);
                Await.until(
                        "the alarm is told",
                        WITHIN,
                        () -> !receiver.notices("firing").isEmpty());
                incident = openIncidents(ports).getFirst();
                // Killed between the receiver's answer and its being written down, a notice is delivered again with the
                // same id: at least once is all that HTTP allows. Here the answer is written down before.
                Await.until("the delivery is written down", WITHIN, () -> delivered(ports, incident));
                tocsin.killTree();
            }
            try (TocsinProcess again = TocsinProcess.up(data, ports, "--demo", "--config", config.toString())) {
                assertThat(openIncidents(ports)).contains(incident);
                // The shop is started anew with the demo: the ledger is back, so the problem is over.
                Await.until(
                        "the recovery is told",
                        WITHIN,
                        () -> !receiver.notices("resolved").isEmpty());
                Await.until(
                        "the incident is closed",
                        WITHIN,
                        () -> openIncidents(ports).isEmpty());
                assertThat(again.isAlive()).isTrue();
            }
            assertThat(receiver.notices("firing")).as("alarms").hasSize(1);
            assertThat(receiver.notices("resolved")).as("recoveries").hasSize(1);
        }
    }

    /** The demo's own files, but the webhook is ours, and nothing is repaired. */
    private static Path configuration(Path config, Ports ports, Path data, int webhook) throws IOException {
        DemoConfiguration.write(config, ports, data);
        Path alertmanager = config.resolve("alertmanager.yml");
        Files.writeString(
                alertmanager, Files.readString(alertmanager).replace(":" + ports.demo() + "/", ":" + webhook + "/"));
        Files.delete(config.resolve("playbooks/restart-service.yaml"));
        Files.writeString(config.resolve("playbooks/restart-service.yaml"), "playbooks: []\n");
        return config;
    }

    private static boolean shopIsSteady(Ports ports) {
        return query(ports, "count_over_time(target_info[1m]) >= 10") >= 3;
    }

    private static int query(Ports ports, String expression) {
        try {
            String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
            return InstanceAddress.get(ports.query(), "/api/v1/query?query=" + encoded)
                    .path("data")
                    .path("result")
                    .size();
        } catch (UserError e) {
            return 0;
        }
    }

    private static void breakLedger(Ports ports) {
        var _ = InstanceAddress.post(ports.demo(), "/break?service=ledger&how=crash", Map.of());
    }

    private static boolean delivered(Ports ports, String incident) {
        return InstanceAddress.get(ports.alertmanager(), "/api/tocsin/notices?incident=" + incident)
                .valueStream()
                .anyMatch(notice -> notice.path("state").asString("").equals("DELIVERED"));
    }

    private static List<String> openIncidents(Ports ports) {
        JsonNode incidents = InstanceAddress.get(ports.alertmanager(), "/api/tocsin/incidents");
        return incidents
                .valueStream()
                .filter(incident -> incident.path("status").asString("").equals("OPEN"))
                .map(incident -> incident.path("id").asString(""))
                .toList();
    }
}
