package io.tocsin.selfheal.incident;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An incident as it is after one tick.
 *
 * @param id its id
 * @param environment the environment that it is in
 * @param status whether it is open
 * @param revision increases with every snapshot
 * @param at the tick that the snapshot rests on
 * @param title in words
 * @param mergedInto the incident that it became part of, "" when none
 * @param rootElement the likeliest cause; empty when the incident names none
 * @param alerts all its alerts
 */
public record Incident(
        String id,
        String environment,
        Status status,
        long revision,
        Instant at,
        String title,
        String mergedInto,
        Optional<String> rootElement,
        List<Alert> alerts) {

    /** Whether it is still going on. */
    public enum Status {
        OPEN,
        CLOSED,
        MERGED
    }

    public Incident {
        alerts = List.copyOf(alerts);
    }

    /** Firing alerts at the likeliest cause, oldest first. */
    public List<Alert> rootAlerts() {
        return alerts.stream()
                .filter(alert -> alert.root()
                        && alert.state() == Alert.State.FIRING
                        && rootElement.filter(alert.element()::equals).isPresent())
                .sorted(Comparator.comparing(Alert::since).thenComparing(Alert::fingerprint))
                .toList();
    }

    /** The alert with this fingerprint. */
    public Optional<Alert> alert(String fingerprint) {
        return alerts.stream()
                .filter(alert -> alert.fingerprint().equals(fingerprint))
                .findFirst();
    }

    /** Whether that alert is over: the incident closed, or the alert in it recovered. */
    public boolean recovered(String fingerprint) {
        return status == Status.CLOSED
                || alert(fingerprint)
                        .map(alert -> alert.state() == Alert.State.RECOVERED)
                        .orElse(false);
    }
}
