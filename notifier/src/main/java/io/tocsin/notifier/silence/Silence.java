package io.tocsin.notifier.silence;

import io.tocsin.notifier.route.Matcher;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Somebody's wish not to be told of some alerts for some time.
 *
 * @param id a UUID
 * @param matchers ALL must hold for an alert to be silenced; at least one, and one that does not match the empty label set
 * @param startsAt from when, inclusive
 * @param endsAt until when, exclusive
 * @param createdBy who
 * @param comment why
 * @param updatedAt when it was last changed
 * @param annotations what clients note on it
 */
public record Silence(
        String id,
        List<Matcher> matchers,
        Instant startsAt,
        Instant endsAt,
        String createdBy,
        String comment,
        Instant updatedAt,
        SortedMap<String, String> annotations) {

    public Silence {
        matchers = List.copyOf(matchers);
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        if (matchers.isEmpty()) {
            throw new IllegalArgumentException("a silence needs at least one matcher");
        }
        if (Matcher.all(matchers, Map.of())) {
            throw new IllegalArgumentException("at least one matcher must not match the empty value");
        }
        if (endsAt.isBefore(startsAt)) {
            throw new IllegalArgumentException("a silence must not end before it starts");
        }
        if (createdBy.isBlank() || comment.isBlank()) {
            throw new IllegalArgumentException("a silence says who made it and why");
        }
    }

    /** A silence without annotations. */
    public Silence(
            String id,
            List<Matcher> matchers,
            Instant startsAt,
            Instant endsAt,
            String createdBy,
            String comment,
            Instant updatedAt) {
        this(id, matchers, startsAt, endsAt, createdBy, comment, updatedAt, new TreeMap<>());
    }

    /** Where a silence is in its life. */
    public enum State {
        PENDING,
        ACTIVE,
        EXPIRED
    }

    /** The same silence with other limits, changed at a time. */
    public Silence lasting(Instant from, Instant until, Instant now) {
        return new Silence(id, matchers, from, until, createdBy, comment, now, annotations);
    }

    /**
     * The order in which API v2 lists them: active ones, the next to end first; pending ones, the next to start first;
     * expired ones, the last to end first.
     */
    public static Comparator<Silence> order(Instant now) {
        List<State> states = List.of(State.ACTIVE, State.PENDING, State.EXPIRED);
        return Comparator.comparingInt((Silence silence) -> states.indexOf(silence.state(now)))
                .thenComparingLong(silence -> switch (silence.state(now)) {
                    case ACTIVE -> silence.endsAt.toEpochMilli();
                    case PENDING -> silence.startsAt.toEpochMilli();
                    case EXPIRED -> -silence.endsAt.toEpochMilli();
                })
                .thenComparing(Silence::id);
    }

    /** Where it is at a time. */
    public State state(Instant now) {
        if (now.isBefore(startsAt)) {
            return State.PENDING;
        }
        return now.isBefore(endsAt) ? State.ACTIVE : State.EXPIRED;
    }

    /** Whether it covers an alert with these labels at a time. */
    public boolean covers(Map<String, String> labels, Instant now) {
        return state(now) == State.ACTIVE && Matcher.all(matchers, labels);
    }

    /** Ids of the silences that cover these labels, in order. */
    public static List<String> covering(Collection<Silence> silences, Map<String, String> labels, Instant now) {
        return silences.stream()
                .filter(silence -> silence.covers(labels, now))
                .map(Silence::id)
                .sorted()
                .toList();
    }
}
