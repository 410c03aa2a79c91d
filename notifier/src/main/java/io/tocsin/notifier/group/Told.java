package io.tocsin.notifier.group;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one receiver believes of one group: the last notice that was decided for it.
 *
 * @param burning fingerprints that it was not yet told the end of, and how it was told of them
 * @param resolved fingerprints that the last notice listed as resolved
 * @param at when the last notice was decided; null before the first
 * @param incidents what it was told of the incidents of these alerts, by id
 */
public record Told(
        Map<String, Set<Kind>> burning,
        Set<String> resolved,
        @Nullable Instant at,
        Map<String, ToldIncident> incidents) {

    /** Nothing yet. */
    public static final Told NOTHING = new Told(Map.of(), Set.of(), null, Map.of());

    public Told {
        Map<String, Set<Kind>> copy = new TreeMap<>();
        burning.forEach((fingerprint, kinds) -> copy.put(fingerprint, Set.copyOf(kinds)));
        burning = java.util.Collections.unmodifiableMap(copy);
        resolved = java.util.Collections.unmodifiableSet(new TreeSet<>(resolved));
        incidents = java.util.Collections.unmodifiableMap(new TreeMap<>(incidents));
    }

    /** How a receiver was told of an alert. */
    public enum Kind {
        /** That it burns. */
        FIRING,
        /** That its data stopped. */
        UNKNOWN,
        /** As a symptom in the notice of its root. */
        LISTED
    }

    /**
     * What was told of an incident.
     *
     * @param severity rank of the severity
     * @param root element at the likely cause, empty when unknown
     */
    public record ToldIncident(int severity, String root) {}

    /** Whether the receiver knows of the alert in this way. */
    boolean knows(String fingerprint, Kind kind) {
        return burning.getOrDefault(fingerprint, Set.of()).contains(kind);
    }

    /** Whether the receiver was told of the alert as a matter of its own, not only as a symptom. */
    boolean knowsAsItsOwn(String fingerprint) {
        return knows(fingerprint, Kind.FIRING) || knows(fingerprint, Kind.UNKNOWN);
    }

    /** The kinds of an alert with one more. */
    Set<Kind> with(String fingerprint, Kind kind) {
        EnumSet<Kind> kinds = EnumSet.of(kind);
        kinds.addAll(burning.getOrDefault(fingerprint, Set.of()));
        return kinds;
    }

    /** The same without what is not in the given set. */
    Told keeping(Set<String> fingerprints) {
        Map<String, Set<Kind>> kept = burning.entrySet().stream()
                .filter(entry -> fingerprints.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Told(kept, Set.of(), at, kept.isEmpty() ? Map.of() : incidents);
    }
}
