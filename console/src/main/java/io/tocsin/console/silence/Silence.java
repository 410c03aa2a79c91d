package io.tocsin.console.silence;

import io.tocsin.console.incident.Tone;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A silence, as Alertmanager's API v2 shows it.
 *
 * @param id of the silence
 * @param status its state
 * @param matchers all must hold
 * @param startsAt when it begins
 * @param endsAt when it ends
 * @param createdBy who asked for it
 * @param comment why
 */
public record Silence(
        String id,
        Status status,
        List<Matcher> matchers,
        Instant startsAt,
        Instant endsAt,
        String createdBy,
        String comment) {

    /** Its state: "active", "pending" or "expired". */
    public record Status(String state) {}

    public Silence {
        matchers = List.copyOf(matchers);
    }

    /** Whether it is over. */
    public boolean isExpired() {
        return status.state().equals("expired");
    }

    /** How its state is coloured. */
    public Tone tone() {
        return switch (status.state()) {
            case "active" -> Tone.ASK;
            case "pending" -> Tone.BUSY;
            default -> Tone.QUIET;
        };
    }

    /** Its matchers, one a line. */
    public String text() {
        return matchers.stream().map(Matcher::text).collect(Collectors.joining("\n"));
    }
}
