package io.tocsin.notifier.dispatch;

import io.tocsin.notifier.group.Alert;
import io.tocsin.notifier.group.Alert.Condition;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.incident.Incident.Status;
import io.tocsin.notifier.incident.Severity;
import io.tocsin.notifier.route.Convergence;
import io.tocsin.notifier.route.Route;
import io.tocsin.notifier.route.Route.Target;
import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.store.Alerts;
import io.tocsin.notifier.store.Groups;
import io.tocsin.notifier.store.Incidents;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Takes a snapshot of an incident in: its alerts join the groups that the routes say, and the groups' timers start.
 *
 * @param routing the configuration in force
 */
public record IncidentDispatch(Supplier<Routing> routing) {

    private static final Comparator<Target> BY_GROUP =
            Comparator.comparing(Target::groupKey).thenComparing(Target::receiver);

    /**
     * Takes a snapshot in, within the caller's transaction.
     *
     * @return false when a later snapshot of the incident is known already
     */
    public boolean accept(Handle handle, Incident incident, Instant now) {
        Optional<Incident> before = Incidents.find(handle, incident.id());
        if (!Incidents.keep(handle, incident)) {
            return false;
        }
        // The members of a merged incident are told by the one it became part of.
        if (incident.status() != Status.MERGED) {
            List<Alert> news = news(handle, incident);
            Alerts.keep(handle, news, now);
            join(handle, news, now);
            before.filter(known -> worse(known, incident)).ifPresent(_ -> hasten(handle, incident, now));
        }
        return true;
    }

    /** Brings every active alert to the groups of this configuration, which may be another than before. */
    public void rejoin(Handle handle, Instant now) {
        join(handle, Alerts.active(handle), now);
    }

    private static List<Alert> news(Handle handle, Incident incident) {
        List<Alert> alerts = Alert.of(incident);
        Map<String, Alert> known =
                Alerts.find(handle, alerts.stream().map(Alert::fingerprint).toList());
        return alerts.stream()
                .filter(alert -> {
                    Alert before = known.get(alert.fingerprint());
                    return before == null || (alert.supersedes(before) && differs(alert, before));
                })
                .toList();
    }

    private static boolean differs(Alert alert, Alert before) {
        return !alert.member().equals(before.member())
                || alert.condition() != before.condition()
                || !alert.incident().equals(before.incident());
    }

    private void join(Handle handle, Collection<Alert> alerts, Instant now) {
        // Always in one order, so that two instances never wait for each other.
        Route root = routing.get().root();
        Map<Target, Set<Alert>> byTarget = new TreeMap<>(BY_GROUP);
        for (Alert alert : alerts) {
            if (alert.condition() != Condition.RESOLVED) {
                for (Target target : root.targets(alert.labels())) {
                    byTarget.computeIfAbsent(target, _ -> new TreeSet<>(Comparator.comparing(Alert::fingerprint)))
                            .add(alert);
                }
            }
        }
        byTarget.forEach((target, members) -> {
            long group = Groups.join(handle, target, firstFlush(target, members, now));
            members.forEach(alert -> Groups.add(handle, group, alert.fingerprint()));
        });
    }

    /** After group_wait; at once when the alert has waited longer than that on its way here. */
    private static Instant firstFlush(Target target, Collection<Alert> members, Instant now) {
        Instant oldest = members.stream()
                .map(alert -> alert.member().startsAt())
                .min(Comparator.naturalOrder())
                .orElse(now);
        Instant due = oldest.plus(target.options().groupWait());
        return due.isBefore(now) ? now : now.plus(target.options().groupWait());
    }

    private static boolean worse(Incident before, Incident after) {
        return Severity.rank(after.severity()) > Severity.rank(before.severity())
                || !after.rootElement().equals(before.rootElement());
    }

    private void hasten(Handle handle, Incident incident, Instant now) {
        Route root = routing.get().root();
        Set<Target> targets = incident.members().stream()
                .filter(member -> member.active())
                .flatMap(member -> root.targets(member.labels()).stream())
                .filter(target -> target.options().convergence() == Convergence.SUPPRESS)
                .collect(Collectors.toCollection(() -> new TreeSet<>(BY_GROUP)));
        targets.forEach(target ->
                Groups.hasten(handle, target, now.plus(target.options().groupWait())));
    }
}
