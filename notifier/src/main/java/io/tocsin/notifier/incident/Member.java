package io.tocsin.notifier.incident;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An alert inside an incident.
 *
 * @param fingerprint 16 hex digits over the label set
 * @param labels the label set
 * @param annotations texts for people
 * @param state of the alert
 * @param disposition what became of it inside the incident
 * @param because why it has this disposition
 * @param startsAt when it began to fire
 * @param endsAt when it was over, if it is
 * @param value of the expression when it last changed state; not finite values are null
 * @param element what the alert is about
 * @param rule that raised it
 * @param completeness of the data it rests on
 * @param generatorUrl where the expression can be looked at
 * @param source who raised it, "tocsin" or an external source
 */
public record Member(
        String fingerprint,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        State state,
        Disposition disposition,
        String because,
        Instant startsAt,
        @Nullable Instant endsAt,
        @Nullable Double value,
        String element,
        String rule,
        String completeness,
        String generatorUrl,
        String source) {

    public Member {
        if (fingerprint.isEmpty()) {
            throw new IllegalArgumentException("an alert must have a fingerprint");
        }
        labels = sorted(labels);
        annotations = sorted(annotations);
    }

    /** State of an alert, as the rules engine names it. */
    public enum State {
        INACTIVE,
        PENDING,
        FIRING,
        RECOVERING,
        NO_DATA,
        ERROR
    }

    /** What became of an alert inside its incident. */
    public enum Disposition {
        NONE,
        ROOT,
        SYMPTOM,
        RELATED,
        FLAPPING,
        RECOVERED,
        ABSORBED_BY_STORM_LIMIT
    }

    /** Whether there is something to tell: it fires, or nobody knows any more whether it does. */
    public boolean active() {
        return switch (state) {
            case FIRING, RECOVERING, NO_DATA, ERROR -> true;
            case INACTIVE, PENDING -> false;
        };
    }

    private static SortedMap<String, String> sorted(Map<String, String> map) {
        return java.util.Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
