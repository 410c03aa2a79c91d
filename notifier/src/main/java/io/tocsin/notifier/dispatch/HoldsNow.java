package io.tocsin.notifier.dispatch;

import io.tocsin.notifier.group.Alert;
import io.tocsin.notifier.group.Holds;
import io.tocsin.notifier.group.Inhibitions;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.store.Alerts;
import io.tocsin.notifier.store.Silences;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reads what may hold alerts back. */
public final class HoldsNow {

    private HoldsNow() {}

    /**
     * What may hold these alerts.
     *
     * @param routing the configuration that decides
     * @param alerts those that are asked about
     * @param incidents theirs, by id
     */
    public static Holds of(
            Handle handle, Routing routing, Collection<Alert> alerts, Map<String, Incident> incidents, Instant now) {
        return new Holds(
                routing.root(),
                routing.intervals(),
                Silences.lasting(handle, now),
                inhibitions(handle, routing, alerts),
                incidents,
                now);
    }

    /** Every burning alert may mute others, and all of them are read only where there is something to mute. */
    private static Inhibitions inhibitions(Handle handle, Routing routing, Collection<Alert> alerts) {
        boolean targeted = routing.inhibitRules().stream()
                .anyMatch(rule -> alerts.stream().anyMatch(alert -> rule.targets(alert.labels())));
        return targeted ? new Inhibitions(routing.inhibitRules(), Alerts.active(handle)) : Inhibitions.NONE;
    }
}
