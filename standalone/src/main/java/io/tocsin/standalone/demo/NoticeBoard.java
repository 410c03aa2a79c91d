package io.tocsin.standalone.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The webhook receiver of the demo: keeps what was delivered, in order of arrival, bounded. */
public final class NoticeBoard {

    private static final int KEPT = 1_000;

    private final List<Notice> notices = new ArrayList<>();

    /**
     * One delivery.
     *
     * @param at when it arrived
     * @param key its idempotency key (header webhook-id); empty when it had none
     * @param body Alertmanager's webhook JSON, version 4
     */
    public record Notice(Instant at, Optional<String> key, JsonNode body) {

        /** "firing" or "resolved". */
        public String status() {
            return body.path("status").asString("");
        }
    }

    synchronized void arrived(JsonNode body, @Nullable String key) {
        if (notices.size() == KEPT) {
            notices.removeFirst();
        }
        notices.add(new Notice(Instant.now(), Optional.ofNullable(key), body));
    }

    /** Everything that is kept, oldest first. */
    public synchronized List<Notice> all() {
        return List.copyOf(notices);
    }
}
