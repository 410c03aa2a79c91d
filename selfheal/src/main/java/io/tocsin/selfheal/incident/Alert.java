package io.tocsin.selfheal.incident;

import java.time.Instant;
import java.util.Map;

/**
 * One alert of an incident.
 *
 * @param fingerprint of its label set
 * @param transition id of the transition that brought it to its state
 * @param element the topology element that it speaks of
 * @param labels its labels, alertname included
 * @param state its state
 * @param root whether the incident takes it for an alert at the likely cause
 * @param external whether it came from outside, without telemetry of ours behind it
 * @param since when it started to be active
 * @param quality the data that its state rests on
 */
public record Alert(
        String fingerprint,
        String transition,
        String element,
        Map<String, String> labels,
        State state,
        boolean root,
        boolean external,
        Instant since,
        Quality quality) {

    /** States that matter to a repair. */
    public enum State {
        FIRING,
        /** The condition cleared, recovery is not yet certain. */
        RECOVERING,
        RECOVERED,
        /** Nothing is known: no evidence in either direction. */
        UNKNOWN
    }

    public Alert {
        labels = Map.copyOf(labels);
    }

    /** The alert's name, "" when it has none. */
    public String name() {
        return labels.getOrDefault("alertname", "");
    }
}
