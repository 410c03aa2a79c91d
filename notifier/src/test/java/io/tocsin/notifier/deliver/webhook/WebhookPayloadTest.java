package io.tocsin.notifier.deliver.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.Story;
import io.tocsin.notifier.group.Alert;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.incident.Member.Disposition;
import io.tocsin.notifier.incident.Member.State;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebhookPayloadTest {

    private final Story story = new Story("inc-1")
            .alert("Root", State.FIRING, Disposition.ROOT, Map.of("service", "ledger", "env", "prod"))
            .alert("Symptom", State.FIRING, Disposition.SYMPTOM, Map.of("service", "shop", "env", "prod"))
            .alert("Over", State.INACTIVE, Disposition.RECOVERED, Map.of("env", "prod"));

    @Test
    void isAlertmanagersVersionFourInItsOrder() {
        JsonNode json = render(0);

        assertThat(json.propertyNames())
                .containsExactly(
                        "receiver",
                        "status",
                        "alerts",
                        "groupLabels",
                        "commonLabels",
                        "commonAnnotations",
                        "externalURL",
                        "version",
                        "groupKey",
                        "truncatedAlerts",
                        "incident");
        assertThat(json.get("version").asString()).isEqualTo("4");
        assertThat(json.get("status").asString()).isEqualTo("firing");
        assertThat(json.get("commonLabels").toString()).isEqualTo("{\"env\":\"prod\"}");
        assertThat(json.get("commonAnnotations").toString()).isEqualTo("{\"incident_id\":\"inc-1\"}");
        JsonNode root = json.get("alerts").get(0);
        assertThat(root.propertyNames())
                .containsExactly(
                        "status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint");
        assertThat(root.get("endsAt").asString()).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(root.get("annotations").get("summary").asString()).isEqualTo("Root is broken");
        assertThat(json.get("alerts").get(2).get("endsAt").asString()).isEqualTo("2026-11-24T10:00:00Z");
    }

    @Test
    void tellsTheIncidentWithItsRootEvidenceAndSymptoms() {
        JsonNode incident = render(0).get("incident");

        assertThat(incident.get("id").asString()).isEqualTo("inc-1");
        assertThat(incident.get("rootCause").get("element").asString()).isEqualTo("service/Root");
        assertThat(incident.get("rootCause").get("evidence").get(0).asString()).isEqualTo("its callers fail with it");
        assertThat(incident.get("symptoms").get(0).get("element").asString()).isEqualTo("service/Symptom");
    }

    @Test
    void cutsToTheMostAlertsAndSaysHowMany() {
        JsonNode json = render(2);

        assertThat(json.get("alerts")).hasSize(2);
        assertThat(json.get("truncatedAlerts").asInt()).isEqualTo(1);
    }

    @Test
    void isResolvedOnlyWhenAllIsOver() {
        story.resolved("Root").resolved("Symptom").status(Incident.Status.CLOSED);

        JsonNode json = render(0);
        assertThat(json.get("status").asString()).isEqualTo("resolved");
        assertThat(json.get("incident").get("status").asString()).isEqualTo("closed");
    }

    @Test
    void saysThatDataIsMissing() {
        story.alert("Root", State.NO_DATA, Disposition.ROOT);

        JsonNode alert = render(0).get("alerts").get(0);
        assertThat(alert.get("status").asString()).isEqualTo("firing");
        assertThat(alert.get("annotations").get("tocsin_state").asString()).isEqualTo("no_data");
    }

    private JsonNode render(int maxAlerts) {
        Incident incident = story.snapshot();
        List<Alert> alerts = Alert.of(incident);
        String json = new WebhookPayload("pager", "{}:{}", new TreeMap<>(), URI.create("http://tocsin:9093"))
                .render(alerts, Map.of(incident.id(), incident), maxAlerts);
        return JsonMapper.shared().readTree(json);
    }
}
