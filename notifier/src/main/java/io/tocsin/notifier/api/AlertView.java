package io.tocsin.notifier.api;

import io.tocsin.notifier.external.ExternalAlert;
import io.tocsin.notifier.group.Alert;
import io.tocsin.notifier.group.Alert.Condition;
import io.tocsin.notifier.group.Hold;
import io.tocsin.notifier.group.Holds;
import io.tocsin.notifier.incident.Member;
import io.tocsin.notifier.route.Labels;
import io.tocsin.notifier.route.Route.Target;
import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.silence.Silence;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Alerts as API v2 shows them ({@code gettableAlert}).
 *
 * @param routing the configuration
 * @param holds what may hold alerts back
 * @param now the time of the question
 */
record AlertView(Routing routing, Holds holds, Instant now) {

    /**
     * An alert with where it goes and what holds it.
     *
     * @param alert the alert
     * @param targets its groups
     * @param silencedBy ids of silences
     * @param inhibitedBy fingerprints of alerts that mute it, and of roots that explain it
     * @param mutedBy names of intervals for which all of its routes are muted or inactive
     * @param processed whether all this is known of it yet
     */
    record Placed(
            Alert alert,
            List<Target> targets,
            List<String> silencedBy,
            List<String> inhibitedBy,
            List<String> mutedBy,
            boolean processed) {

        String state() {
            return suppressed() ? "suppressed" : processed ? "active" : "unprocessed";
        }

        boolean suppressed() {
            return !silencedBy.isEmpty() || !inhibitedBy.isEmpty() || !mutedBy.isEmpty();
        }
    }

    /** A posted alert that has not come back as a member of an incident: nothing holds it yet. */
    Placed unprocessed(ExternalAlert posted) {
        Alert alert = new Alert(
                new Member(
                        posted.fingerprint(),
                        posted.posted().labels(),
                        posted.posted().annotations(),
                        Member.State.FIRING,
                        Member.Disposition.NONE,
                        "",
                        posted.posted().startsAt(),
                        null,
                        null,
                        "",
                        "",
                        "",
                        posted.posted().generatorUrl(),
                        posted.source()),
                "",
                Condition.FIRING,
                posted.changedAt());
        return new Placed(alert, routing.root().targets(alert.labels()), List.of(), List.of(), List.of(), false);
    }

    /** Where an alert goes. */
    Placed place(Alert alert) {
        List<Target> targets = routing.root().targets(alert.labels());
        return new Placed(
                alert,
                targets,
                Silence.covering(holds.silences(), alert.labels(), now),
                Stream.concat(
                                holds.inhibitions().muting(alert).stream(),
                                targets.stream().flatMap(target -> holds.explained(alert, target).stream()))
                        .distinct()
                        .toList(),
                mutedBy(targets),
                true);
    }

    private List<String> mutedBy(List<Target> targets) {
        List<Hold> timed =
                targets.stream().flatMap(target -> holds.timed(target).stream()).toList();
        return timed.size() < targets.size()
                ? List.of()
                : timed.stream().flatMap(hold -> hold.by().stream()).distinct().toList();
    }

    /** Its JSON. */
    Map<String, Object> show(Placed placed) {
        Alert alert = placed.alert();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("annotations", annotations(alert));
        json.put("endsAt", endsAt(alert).toString());
        json.put("fingerprint", alert.fingerprint());
        json.put(
                "receivers",
                placed.targets().stream()
                        .map(Target::receiver)
                        .distinct()
                        .map(AlertView::name)
                        .toList());
        json.put("startsAt", alert.member().startsAt().toString());
        json.put("status", status(placed));
        json.put("updatedAt", alert.at().toString());
        if (!alert.member().generatorUrl().isEmpty()) {
            json.put("generatorURL", alert.member().generatorUrl());
        }
        json.put("labels", Labels.copy(alert.labels()));
        return json;
    }

    static Map<String, String> name(String receiver) {
        return Map.of("name", receiver);
    }

    private static Map<String, Object> status(Placed placed) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("inhibitedBy", placed.inhibitedBy());
        status.put("mutedBy", placed.mutedBy());
        status.put("silencedBy", placed.silencedBy());
        status.put("state", placed.state());
        return status;
    }

    private static SortedMap<String, String> annotations(Alert alert) {
        SortedMap<String, String> annotations = new TreeMap<>(alert.member().annotations());
        if (!alert.incident().isEmpty()) {
            annotations.put("incident_id", alert.incident());
        }
        if (alert.condition() == Condition.UNKNOWN) {
            annotations.put("tocsin_state", alert.member().state().name().toLowerCase(java.util.Locale.ROOT));
        }
        return annotations;
    }

    /** An active alert has no end here; the API wants one, so it lasts at least for another resolve_timeout. */
    private Instant endsAt(Alert alert) {
        return alert.condition() == Condition.RESOLVED
                ? Objects.requireNonNullElse(alert.member().endsAt(), alert.at())
                : now.plus(routing.resolveTimeout());
    }
}
