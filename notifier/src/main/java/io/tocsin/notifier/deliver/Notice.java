package io.tocsin.notifier.deliver;

import io.tocsin.notifier.template.NoticeData;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * A notice that is to be told.
 *
 * @param id its idempotency key, the same over all tries
 * @param groupKey of its group
 * @param createdAt when it was decided
 * @param document Alertmanager's webhook format, version 4, with the incident beside it
 * @param data the same for templates
 * @param memory what the service answered to the group's notices before
 */
public record Notice(
        String id, String groupKey, Instant createdAt, String document, NoticeData data, Map<String, String> memory) {

    public Notice {
        memory = Map.copyOf(memory);
    }

    /** What services know the group by, over all its notices: SHA-256 of its key in hexadecimal, as Alertmanager's. */
    public String groupHash() {
        try {
            byte[] key = groupKey.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Whether it says that everything is over. */
    public boolean resolved() {
        return data.resolved();
    }
}
