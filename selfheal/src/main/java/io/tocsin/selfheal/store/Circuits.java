package io.tocsin.selfheal.store;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Circuits of a cause and a service that a person closed again. */
public final class Circuits {

    private Circuits() {}

    /** When a person last closed it: failures before that do not count. */
    public static Optional<Instant> reset(Handle handle, String cause, String service) {
        return handle.createQuery("SELECT at FROM circuit_reset WHERE cause = :cause AND service = :service")
                .bind("cause", cause)
                .bind("service", service)
                .mapTo(Timestamp.class)
                .map(Timestamp::toInstant)
                .findOne();
    }

    /** Closes it. */
    public static void reset(Handle handle, String cause, String service, Instant now) {
        handle.createUpdate("""
                        INSERT INTO circuit_reset VALUES (:cause, :service, :now)
                        ON CONFLICT (cause, service) DO UPDATE SET at = excluded.at""")
                .bind("cause", cause)
                .bind("service", service)
                .bind("now", now)
                .execute();
    }
}
