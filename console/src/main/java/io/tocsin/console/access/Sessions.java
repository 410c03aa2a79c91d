package io.tocsin.console.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Who is signed in. Kept in memory: a restart of the console signs everybody out. Of a token only its SHA-256 is kept,
 * so that a dump of memory is of no use.
 */
public final class Sessions {

    private static final int TOKEN_BYTES = 32;

    private final SecureRandom random;
    private final Duration idle;
    private final Duration longest;
    private final int most;
    /** Those used longest ago first. */
    private final LinkedHashMap<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Somebody signed in.
     *
     * @param name of the account
     * @param role at that time
     * @param local whether the account is in the users' file, which may have changed since
     * @param csrf token of its forms
     * @param began when
     * @param usedAt when last
     */
    public record Session(String name, Role role, boolean local, String csrf, Instant began, Instant usedAt) {

        private Session used(Instant now) {
            return new Session(name, role, local, csrf, began, now);
        }
    }

    /**
     * No session yet.
     *
     * @param idle a session ends when it is not used for so long
     * @param longest a session ends after so long
     * @param most sessions at a time; one more ends the one used longest ago
     */
    public Sessions(SecureRandom random, Duration idle, Duration longest, int most) {
        this.random = random;
        this.idle = idle;
        this.longest = longest;
        this.most = most;
    }

    /** Begins a session; the token is for the cookie alone. */
    public synchronized String begin(String name, Role role, boolean local, Instant now) {
        String token = token(random);
        sessions.values().removeIf(session -> isOver(session, now));
        if (sessions.size() >= most) {
            sessions.remove(sessions.firstEntry().getKey());
        }
        sessions.put(digest(token), new Session(name, role, local, token(random), now, now));
        return token;
    }

    /** The session of a token, unless it is over. */
    public synchronized Optional<Session> find(String token, Instant now) {
        String key = digest(token);
        Session session = sessions.get(key);
        if (session == null) {
            return Optional.empty();
        }
        if (isOver(session, now)) {
            sessions.remove(key);
            return Optional.empty();
        }
        sessions.put(key, session.used(now));
        return Optional.of(session);
    }

    /** Ends a session. */
    public synchronized void end(String token) {
        sessions.remove(digest(token));
    }

    /** 256 random bits as a text for cookies and forms. */
    static String token(SecureRandom random) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private boolean isOver(Session session, Instant now) {
        return !now.isBefore(session.usedAt().plus(idle))
                || !now.isBefore(session.began().plus(longest));
    }

    private static String digest(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
