package io.tocsin.console.incident;

import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An alert inside an incident.
 *
 * @param fingerprint 16 hex digits over its labels
 * @param labels its identity
 * @param annotations words for people
 * @param state of the alert
 * @param disposition what became of it in the incident
 * @param because why, in words
 * @param startsAt when it began to fire
 * @param endsAt when it ended; null while it is active
 * @param value of the rule's expression; null when it is not a number
 * @param element the service or node that it is about
 * @param rule that raised it
 * @param quality of the data that its state rests on
 */
public record Member(
        String fingerprint,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        String state,
        Disposition disposition,
        String because,
        Instant startsAt,
        @Nullable Instant endsAt,
        @Nullable Double value,
        String element,
        String rule,
        String quality) {

    /** What became of an alert inside its incident, in the order in which people want to read it. */
    public enum Disposition {
        ROOT("Root cause"),
        SYMPTOM("Symptoms"),
        RELATED("Related"),
        FLAPPING("Flapping"),
        ABSORBED("Absorbed by the storm limit"),
        RECOVERED("Recovered"),
        OTHER("Not classified");

        private final String heading;

        Disposition(String heading) {
            this.heading = heading;
        }

        /** As a heading. */
        public String heading() {
            return heading;
        }

        /** For style sheets. */
        public String css() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Member {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /** Whether it is not over. */
    public boolean isActive() {
        return endsAt == null && disposition != Disposition.RECOVERED;
    }

    /** Its alert name, or its rule when it has none. */
    public String name() {
        return labels.getOrDefault("alertname", rule);
    }

    /** Its summary or description; empty when the rule gives none. */
    public String summary() {
        return annotations.getOrDefault("summary", annotations.getOrDefault("description", ""));
    }
}
