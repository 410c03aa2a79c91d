package io.tocsin.collector.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bearer token, of which only the hash is known. Tokens are long and random: a plain SHA-256 cannot be searched.
 *
 * @param name who it was given to; several may have one name while one replaces another
 * @param sha256 hash of the token, hex
 * @param expires from when on it counts for nothing; null for never
 */
public record Token(
        String name,
        String sha256,
        Set<Scope> scopes,
        @Nullable Instant expires) {

    public Token(String name, String sha256, Set<Scope> scopes, @Nullable Instant expires) {
        this.name = name;
        this.sha256 = sha256;
        this.scopes = Set.copyOf(scopes);
        this.expires = expires;
    }

    /** Who a presented token stands for. */
    public sealed interface Verdict {
        /** A valid token with the scope. */
        record Known(String client) implements Verdict {}

        /** No token, or one that nobody has. */
        record Unknown() implements Verdict {}

        /** A token whose time is over. */
        record Expired(String client) implements Verdict {}

        /** A valid token that does not allow this. */
        record OutOfScope(String client) implements Verdict {}
    }

    /** The hash of a token, hex. */
    public static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Checks a presented token; takes as long whichever it is. */
    static Verdict check(List<Token> tokens, @Nullable String presented, Scope scope, Instant now) {
        if (presented == null) {
            return new Verdict.Unknown();
        }
        byte[] hash = hash(presented).getBytes(StandardCharsets.US_ASCII);
        Token found = null;
        for (Token token : tokens) {
            if (MessageDigest.isEqual(hash, token.sha256().getBytes(StandardCharsets.US_ASCII))) {
                found = token;
            }
        }
        Arrays.fill(hash, (byte) 0);
        return found == null ? new Verdict.Unknown() : found.verdict(scope, now);
    }

    private Verdict verdict(Scope scope, Instant now) {
        if (expires != null && !now.isBefore(expires)) {
            return new Verdict.Expired(name);
        }
        return scopes.contains(scope) ? new Verdict.Known(name) : new Verdict.OutOfScope(name);
    }
}
