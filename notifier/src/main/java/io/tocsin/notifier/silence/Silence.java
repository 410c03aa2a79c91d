package io.tocsin.notifier.silence;

import io.tocsin.notifier.route.Matcher;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

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
 */
public record Silence(
        String id,
        List<Matcher> matchers,
        Instant startsAt,
        Instant endsAt,
        String createdBy,
        String comment,
        Instant updatedAt) {

    public Silence {
        matchers = List.copyOf(matchers);
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

    /** Where a silence is in its life. */
    public enum State {
        PENDING,
        ACTIVE,
        EXPIRED
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
