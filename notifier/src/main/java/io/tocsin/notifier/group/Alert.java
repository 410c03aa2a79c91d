package io.tocsin.notifier.group;

import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.incident.Member;
import io.tocsin.notifier.route.Labels;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An alert as the notifier sees it: the member of an incident and what the incident adds.
 *
 * @param member the alert
 * @param incident id of its incident
 * @param condition what there is to tell of it
 * @param at the tick it is known from
 */
public record Alert(Member member, String incident, Condition condition, Instant at) {

    /** What there is to tell of an alert, the worst first. */
    public enum Condition {
        /** It burns; a flapping alert does until it settles. */
        FIRING,
        /** Nobody knows: its data stopped or its rule fails. Neither burning nor over. */
        UNKNOWN,
        /** It is over. */
        RESOLVED
    }

    /** By job and instance, then by all labels: the order in which Alertmanager lists them. */
    public static final Comparator<Alert> ORDER =
            Comparator.comparing(Alert::labels, Alert::byTarget).thenComparing(Alert::labels, Labels.ORDER);

    /**
     * The alerts of a snapshot, one of each label set: of two rules that give the same labels, what still burns is
     * told, and an alert is over when it is over for both.
     */
    public static List<Alert> of(Incident incident) {
        Map<String, Alert> alerts = new LinkedHashMap<>();
        for (Member member : incident.members()) {
            Alert alert = new Alert(member, incident.id(), condition(member, incident), incident.at());
            alerts.merge(alert.fingerprint(), alert, Alert::worse);
        }
        return List.copyOf(alerts.values());
    }

    private static Alert worse(Alert first, Alert second) {
        return second.condition.compareTo(first.condition) < 0 ? second : first;
    }

    private static Condition condition(Member member, Incident incident) {
        boolean flapping =
                member.disposition() == Member.Disposition.FLAPPING && incident.status() == Incident.Status.OPEN;
        return switch (member.state()) {
            case FIRING, RECOVERING -> Condition.FIRING;
            case NO_DATA, ERROR -> flapping ? Condition.FIRING : Condition.UNKNOWN;
            case INACTIVE, PENDING -> flapping ? Condition.FIRING : Condition.RESOLVED;
        };
    }

    /** Its identity. */
    public String fingerprint() {
        return member.fingerprint();
    }

    /** Its label set. */
    public Map<String, String> labels() {
        return member.labels();
    }

    /** Whether this is news compared with what is known: an older episode, or an older tick of the same, is not. */
    public boolean supersedes(Alert known) {
        int byStart = member.startsAt().compareTo(known.member.startsAt());
        return byStart > 0 || (byStart == 0 && !at.isBefore(known.at));
    }

    private static int byTarget(Map<String, String> left, Map<String, String> right) {
        for (String name : List.of("job", "instance")) {
            String mine = left.get(name);
            String other = right.get(name);
            if (mine == null && other == null) {
                continue;
            }
            // What has the label comes first.
            if (mine == null || other == null) {
                return mine == null ? 1 : -1;
            }
            int order = mine.compareTo(other);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
