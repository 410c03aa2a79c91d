package io.tocsin.notifier.deliver.webhook;

import io.tocsin.notifier.group.Alert;
import io.tocsin.notifier.group.Alert.Condition;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.incident.Member;
import io.tocsin.notifier.incident.Severity;
import io.tocsin.notifier.route.Labels;
import io.tocsin.notifier.store.Json;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The body of a webhook notice: Alertmanager's version "4", and beside it the incident.
 *
 * @param receiver who is told
 * @param groupKey of the group
 * @param groupLabels shared by the group's alerts
 * @param externalUrl where the notifier's API can be reached
 */
public record WebhookPayload(String receiver, String groupKey, SortedMap<String, String> groupLabels, URI externalUrl) {

    /** How Go writes a time that is not set. */
    private static final String NO_TIME = "0001-01-01T00:00:00Z";

    /**
     * JSON of the notice.
     *
     * @param alerts what it lists
     * @param incidents the incidents of these alerts, by id
     * @param maxAlerts alerts that it lists at most; 0 means all
     */
    public String render(List<Alert> alerts, Map<String, Incident> incidents, int maxAlerts) {
        List<Alert> listed = maxAlerts == 0 || alerts.size() <= maxAlerts ? alerts : alerts.subList(0, maxAlerts);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("receiver", receiver);
        body.put("status", status(listed));
        body.put("alerts", listed.stream().map(WebhookPayload::alert).toList());
        body.put("groupLabels", groupLabels);
        body.put("commonLabels", common(listed.stream().map(Alert::labels).toList()));
        body.put(
                "commonAnnotations",
                common(listed.stream().map(WebhookPayload::annotations).toList()));
        body.put("externalURL", externalUrl.toString());
        body.put("version", "4");
        body.put("groupKey", groupKey);
        body.put("truncatedAlerts", alerts.size() - listed.size());
        worst(alerts, incidents).ifPresent(incident -> body.put("incident", incident(incident)));
        return Json.write(body);
    }

    private static String status(Collection<Alert> alerts) {
        return alerts.stream().allMatch(alert -> alert.condition() == Condition.RESOLVED) ? "resolved" : "firing";
    }

    private static Map<String, Object> alert(Alert alert) {
        Member member = alert.member();
        boolean resolved = alert.condition() == Condition.RESOLVED;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", resolved ? "resolved" : "firing");
        json.put("labels", Labels.copy(member.labels()));
        json.put("annotations", annotations(alert));
        json.put("startsAt", member.startsAt().toString());
        json.put("endsAt", resolved ? endsAt(alert).toString() : NO_TIME);
        json.put("generatorURL", member.generatorUrl());
        json.put("fingerprint", member.fingerprint());
        return json;
    }

    private static Instant endsAt(Alert alert) {
        return Objects.requireNonNullElse(alert.member().endsAt(), alert.at());
    }

    /** The rule's own texts, the incident, and the state where "firing" alone would not be the truth. */
    private static SortedMap<String, String> annotations(Alert alert) {
        SortedMap<String, String> annotations = new TreeMap<>(alert.member().annotations());
        annotations.put("incident_id", alert.incident());
        if (alert.condition() == Condition.UNKNOWN) {
            annotations.put("tocsin_state", alert.member().state().name().toLowerCase(java.util.Locale.ROOT));
        }
        if (alert.condition() == Condition.FIRING && alert.member().disposition() == Member.Disposition.FLAPPING) {
            annotations.put("tocsin_state", "flapping");
        }
        return annotations;
    }

    private static SortedMap<String, String> common(List<? extends Map<String, String>> sets) {
        SortedMap<String, String> common = new TreeMap<>(sets.isEmpty() ? Map.of() : sets.getFirst());
        sets.forEach(set ->
                common.entrySet().removeIf(entry -> !entry.getValue().equals(set.get(entry.getKey()))));
        return common;
    }

    private static Optional<Incident> worst(Collection<Alert> alerts, Map<String, Incident> incidents) {
        return alerts.stream()
                .map(alert -> incidents.get(alert.incident()))
                .filter(Objects::nonNull)
                .distinct()
                .max(Comparator.<Incident>comparingInt(incident -> Severity.rank(incident.severity()))
                        .thenComparing(Incident::openedAt)
                        .thenComparing(Incident::id));
    }

    private static Map<String, Object> incident(Incident incident) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", incident.id());
        json.put("title", incident.title());
        json.put("status", incident.status().name().toLowerCase(java.util.Locale.ROOT));
        json.put("severity", incident.severity());
        json.put("environment", incident.environment());
        json.put("openedAt", incident.openedAt().toString());
        if (incident.closedAt() != null) {
            json.put("closedAt", String.valueOf(incident.closedAt()));
        }
        incident.rootCauses().stream().findFirst().ifPresent(cause -> json.put("rootCause", cause));
        json.put("root", members(incident, Member.Disposition.ROOT));
        json.put("symptoms", members(incident, Member.Disposition.SYMPTOM));
        json.put("related", members(incident, Member.Disposition.RELATED));
        return json;
    }

    private static List<Map<String, Object>> members(Incident incident, Member.Disposition disposition) {
        return incident.members().stream()
                .filter(member -> member.disposition() == disposition)
                .map(WebhookPayload::line)
                .toList();
    }

    private static Map<String, Object> line(Member member) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("fingerprint", member.fingerprint());
        json.put("element", member.element());
        json.put("state", member.state().name().toLowerCase(java.util.Locale.ROOT));
        json.put("labels", member.labels());
        json.put("because", member.because());
        return json;
    }
}
