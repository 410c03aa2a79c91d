package io.tocsin.notifier.template;

import io.tocsin.notifier.route.Labels;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What templates see of a notice, as Alertmanager's templates do.
 *
 * @param receiver who is told
 * @param status "firing" while one of the alerts is, else "resolved"
 * @param alerts what it is about, in order
 * @param reason why it is sent; empty when that is not known
 * @param groupLabels shared by the group's alerts
 * @param externalUrl where people reach this system
 */
public record NoticeData(
        String receiver,
        String status,
        List<Alert> alerts,
        String reason,
        SortedMap<String, String> groupLabels,
        String externalUrl) {

    public NoticeData {
        alerts = List.copyOf(alerts);
        groupLabels = Labels.copy(groupLabels);
    }

    /**
     * One alert.
     *
     * @param status "firing" or "resolved"
     * @param labels its label set
     * @param annotations the rule's texts
     * @param startsAt since when it fires
     * @param endsAt when it was over; Go's zero time while it is not
     * @param generatorUrl where its expression can be seen
     * @param fingerprint its identity
     */
    public record Alert(
            String status,
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations,
            Instant startsAt,
            Instant endsAt,
            String generatorUrl,
            String fingerprint) {

        public Alert {
            labels = Labels.copy(labels);
            annotations = Labels.copy(annotations);
        }
    }

    /** Whether everything is over. */
    public boolean resolved() {
        return status.equals("resolved");
    }

    /** The alerts of this status. */
    public List<Alert> alerts(String wanted) {
        return alerts.stream().filter(alert -> alert.status().equals(wanted)).toList();
    }

    /** Labels that all alerts share. */
    public SortedMap<String, String> commonLabels() {
        return common(alerts.stream().map(Alert::labels).toList());
    }

    /** Annotations that all alerts share. */
    public SortedMap<String, String> commonAnnotations() {
        return common(alerts.stream().map(Alert::annotations).toList());
    }

    private static SortedMap<String, String> common(List<SortedMap<String, String>> sets) {
        SortedMap<String, String> common = new TreeMap<>(sets.isEmpty() ? new TreeMap<>() : sets.getFirst());
        sets.forEach(set ->
                common.entrySet().removeIf(entry -> !entry.getValue().equals(set.get(entry.getKey()))));
        return common;
    }
}
