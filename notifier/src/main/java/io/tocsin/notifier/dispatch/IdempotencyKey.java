package io.tocsin.notifier.dispatch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** One name for one notice over all its tries: of its group, receiver, content, and the flush that decided it. */
final class IdempotencyKey {

    private static final int BYTES = 16;

    private IdempotencyKey() {}

    static String of(String groupKey, String receiver, String integration, Instant at, String body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {groupKey, receiver, integration, at.toString(), body}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                // The length keeps apart what would read the same when written one after the other.
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return "msg_" + HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
