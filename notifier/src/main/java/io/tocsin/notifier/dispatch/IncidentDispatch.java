package io.tocsin.notifier.dispatch;

import io.tocsin.notifier.group.Alert;
import io.tocsin.notifier.group.Arrival;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.incident.Incident.Status;
import io.tocsin.notifier.route.Route;
import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.store.Alerts;
import io.tocsin.notifier.store.Groups;
import io.tocsin.notifier.store.Incidents;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Takes a snapshot of an incident in: its alerts join the groups that the routes say, and the groups' timers start.
 *
 * @param routing the configuration in force
 */
public record IncidentDispatch(Supplier<Routing> routing) {

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
            List<String> fingerprints =
                    Alert.of(incident).stream().map(Alert::fingerprint).toList();
            List<Alert> news = Arrival.news(incident, Alerts.find(handle, fingerprints));
            Alerts.keep(handle, news, now);
            join(handle, news, now);
            before.ifPresent(known -> hasten(handle, known, incident, now));
        }
        return true;
    }

    /** Brings every active alert to the groups of this configuration, which may be another than before. */
    public void rejoin(Handle handle, Instant now) {
        join(handle, Alerts.active(handle), now);
    }

    private void join(Handle handle, Collection<Alert> alerts, Instant now) {
        // Always in one order, so that two instances never wait for each other.
        Arrival.joins(routing.get().root(), alerts).forEach((target, members) -> {
            long group = Groups.join(handle, target, Arrival.firstFlush(target, members, now));
            members.forEach(alert -> Groups.add(handle, group, alert.fingerprint()));
        });
    }

    private void hasten(Handle handle, Incident before, Incident incident, Instant now) {
        Route root = routing.get().root();
        Arrival.hastened(root, before, incident)
                .forEach(target ->
                        Groups.hasten(handle, target, now.plus(target.options().groupWait())));
    }
}
