package io.tocsin.console.notice;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An active alert, as the notifier's API v2 shows it.
 *
 * @param fingerprint over its labels
 * @param labels its identity
 * @param annotations words for people
 * @param startsAt when it began to fire
 * @param status what holds its notices
 */
public record NotedAlert(
        String fingerprint,
        SortedMap<String, String> labels,
        Map<String, String> annotations,
        Instant startsAt,
        Status status) {

    /** What holds an alert's notices. */
    public record Status(String state, List<String> silencedBy, List<String> inhibitedBy) {

        public Status(@Nullable String state, @Nullable List<String> silencedBy, @Nullable List<String> inhibitedBy) {
            this.state = state == null ? "" : state;
            this.silencedBy = silencedBy == null ? List.of() : List.copyOf(silencedBy);
            this.inhibitedBy = inhibitedBy == null ? List.of() : List.copyOf(inhibitedBy);
        }
    }

    public NotedAlert(
            @Nullable String fingerprint,
            @Nullable SortedMap<String, String> labels,
            @Nullable Map<String, String> annotations,
            @Nullable Instant startsAt,
            @Nullable Status status) {
        this.fingerprint = fingerprint == null ? "" : fingerprint;
        this.labels = labels == null ? new TreeMap<>() : new TreeMap<>(labels);
        this.annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
        this.startsAt = startsAt == null ? Instant.EPOCH : startsAt;
        this.status = status == null ? new Status("", null, null) : status;
    }

    /** What holds it in one word; empty when nothing does. */
    public String held() {
        if (!status.silencedBy().isEmpty()) {
            return "silenced";
        }
        return status.inhibitedBy().isEmpty() ? "" : "held";
    }
}
