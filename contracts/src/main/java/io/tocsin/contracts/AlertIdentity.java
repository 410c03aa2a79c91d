package io.tocsin.contracts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;

/** Names for label sets and transitions that are the same wherever and whenever they are computed. */
public final class AlertIdentity {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int SEPARATOR = 0xff;

    private AlertIdentity() {}

    /**
     * 16 hex digits over a label set: FNV-1a, 64 bits, over name, 0xff, value, 0xff in the order of the names, as
     * Prometheus and Alertmanager fingerprint labels.
     */
    public static String fingerprint(SortedMap<String, String> labels) {
        long hash = FNV_OFFSET;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            hash = add(add(hash, label.getKey()), label.getValue());
        }
        return HexFormat.of().toHexDigits(hash);
    }

    private static long add(long hash, String text) {
        long next = hash;
        for (byte part : text.getBytes(StandardCharsets.UTF_8)) {
            next = (next ^ (part & 0xff)) * FNV_PRIME;
        }
        return (next ^ SEPARATOR) * FNV_PRIME;
    }

    /** The id of a transition: hex of SHA-256 over rule, fingerprint, time (Unix milliseconds) and the state's name. */
    public static String transition(String rule, String fingerprint, long atMs, String to) {
        return sha256(rule + '\0' + fingerprint + '\0' + atMs + '\0' + to);
    }

    /** Hex of SHA-256 over the text in UTF-8. */
    public static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
