package io.tocsin.notifier.external;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of an alert, with the times that it left out. All times are whole milliseconds.
 *
 * @param fingerprint of the labels
 * @param labels at least one, none of them empty
 * @param annotations texts for people, none of them empty
 * @param generatorUrl where the expression can be looked at; may be empty
 * @param startsAt when it began
 * @param endsAt when it is over, or was; not before it began
 * @param endAssumed whether the client gave no end, so that it lasts until {@code resolve_timeout}
 */
public record Posted(
        String fingerprint,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        String generatorUrl,
        Instant startsAt,
        Instant endsAt,
        boolean endAssumed) {

    public Posted {
        labels = sorted(labels);
        annotations = sorted(annotations);
        startsAt = startsAt.truncatedTo(ChronoUnit.MILLIS);
        endsAt = endsAt.truncatedTo(ChronoUnit.MILLIS);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("an alert needs at least one label that is not empty");
        }
        if (endsAt.isBefore(startsAt)) {
            throw new IllegalArgumentException("an alert must not end before it starts");
        }
    }

    /** A label set or annotations as they count: sorted, and without what is empty. */
    public static SortedMap<String, String> sorted(Map<String, String> texts) {
        SortedMap<String, String> kept = new TreeMap<>(texts);
        kept.values().removeIf(String::isEmpty);
        return Collections.unmodifiableSortedMap(kept);
    }

    /**
     * Completes the times as Alertmanager does: without an end it lasts for {@code resolve_timeout}; without a start it
     * begins now, or with its end where that is over.
     *
     * @throws IllegalArgumentException when it has no labels or ends before it starts
     */
    public static Posted of(
            String fingerprint,
            Map<String, String> labels,
            Map<String, String> annotations,
            String generatorUrl,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            Instant now,
            Duration resolveTimeout) {
        Instant end = endsAt == null ? now.plus(resolveTimeout) : endsAt;
        Instant start = startsAt != null ? startsAt : end.isBefore(now) ? end : now;
        return new Posted(fingerprint, sorted(labels), sorted(annotations), generatorUrl, start, end, endsAt == null);
    }

    /** Whether it burns at a time. */
    public boolean burns(Instant now) {
        return endsAt.isAfter(now);
    }

    /**
     * What is known after this post of an alert that burned before: it began when it first did, and of two ends the
     * later counts, unless the earlier post only assumed it.
     */
    Posted following(Posted before) {
        boolean longer = before.endsAt.isAfter(endsAt) && !before.endAssumed;
        return new Posted(
                fingerprint,
                labels,
                annotations,
                generatorUrl,
                before.startsAt.isBefore(startsAt) ? before.startsAt : startsAt,
                longer ? before.endsAt : endsAt,
                !longer && endAssumed);
    }

    /** The same, begun no earlier than this. */
    Posted startingAfter(Instant earliest) {
        return startsAt.isBefore(earliest) && !endsAt.isBefore(earliest)
                ? new Posted(fingerprint, labels, annotations, generatorUrl, earliest, endsAt, endAssumed)
                : this;
    }
}
