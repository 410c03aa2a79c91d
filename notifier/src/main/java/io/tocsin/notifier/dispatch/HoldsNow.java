package io.tocsin.notifier.dispatch;

import io.tocsin.notifier.group.Holds;
import io.tocsin.notifier.group.Inhibitions;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.store.Alerts;
import io.tocsin.notifier.store.Silences;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reads what may hold alerts back. */
public final class HoldsNow {

    private HoldsNow() {}

    /** What holds alerts of these incidents; every burning alert may mute others. */
    public static Holds of(Handle handle, Routing routing, Map<String, Incident> incidents, Instant now) {
        Inhibitions inhibitions = routing.inhibitRules().isEmpty()
                ? Inhibitions.NONE
                : new Inhibitions(routing.inhibitRules(), Alerts.active(handle));
        return new Holds(
                routing.root(), routing.intervals(), Silences.lasting(handle, now), inhibitions, incidents, now);
    }
}
