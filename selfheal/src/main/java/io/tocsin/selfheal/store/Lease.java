package io.tocsin.selfheal.store;

import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The right to act, held by one instance at a time. Its token grows with every change of hands: a decision is written
 * only while the lease with this very token is held. Times are the database's, so that clocks of instances do not matter.
 *
 * @param holder who asks; unique for each process
 * @param length how long it lasts without being renewed
 */
public record Lease(Jdbi jdbi, String holder, Duration length) {

    private static final String NAME = "healer";

    /** The lease was lost: somebody else may be acting. */
    public static final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LostException(long token) {
            super("the lease with token " + token + " is lost");
        }
    }

    /** Takes or renews it; returns the token, or empty while somebody else holds it. */
    public Optional<Long> hold() {
        return jdbi.inTransaction(handle -> handle.createQuery("""
                        INSERT INTO lease AS known
                        VALUES (:name, :holder, 1, clock_timestamp() + make_interval(secs => :seconds))
                        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at,
                            token = known.token + CASE WHEN known.holder = excluded.holder THEN 0 ELSE 1 END
                        WHERE known.holder = excluded.holder OR known.expires_at < clock_timestamp()
                        RETURNING token""")
                .bind("name", NAME)
                .bind("holder", holder)
                .bind("seconds", length.toMillis() / 1000.0)
                .mapTo(Long.class)
                .findOne());
    }

    /**
     * Makes a transaction one of the holder: it locks the lease against a change of hands until its end.
     *
     * @throws LostException when the lease is no longer held with this token
     */
    public void require(Handle handle, long token) {
        boolean held = handle.createQuery("""
                        SELECT 1 FROM lease WHERE name = :name AND holder = :holder AND token = :token
                            AND expires_at > clock_timestamp() FOR SHARE""")
                .bind("name", NAME)
                .bind("holder", holder)
                .bind("token", token)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (!held) {
            throw new LostException(token);
        }
    }

    /** Gives it back, so that another instance need not wait. */
    public void release() {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE lease SET expires_at = clock_timestamp() WHERE name = :name AND holder = :holder")
                .bind("name", NAME)
                .bind("holder", holder)
                .execute());
    }
}
