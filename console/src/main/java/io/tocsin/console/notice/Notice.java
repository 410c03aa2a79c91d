package io.tocsin.console.notice;

import io.tocsin.console.incident.Tone;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notice, as the notifier shows it.
 *
 * @param receiver who is told
 * @param integration by which way
 * @param reason why it is sent
 * @param status "firing" or "resolved"
 * @param incidents ids that it is about
 * @param state PENDING, DELIVERED or DEAD
 * @param attempts tries so far
 * @param createdAt when it was decided
 * @param finishedAt when it was delivered or given up
 * @param lastOutcome what the last try ended with
 */
public record Notice(
        String receiver,
        String integration,
        String reason,
        String status,
        List<String> incidents,
        String state,
        int attempts,
        Instant createdAt,
        @Nullable Instant finishedAt,
        String lastOutcome) {

    /** How its state is coloured. */
    public Tone tone() {
        return switch (state) {
            case "DELIVERED" -> Tone.GOOD;
            case "DEAD" -> Tone.BAD;
            default -> Tone.BUSY;
        };
    }
}
