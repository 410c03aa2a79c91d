package io.tocsin.selfheal.store;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** When services were last deployed, as whoever deploys them told. */
public final class Deployments {

    private Deployments() {}

    public static Optional<Instant> last(Handle handle, String service) {
        return handle.createQuery("SELECT at FROM deployment WHERE service = :service")
                .bind("service", service)
                .mapTo(Timestamp.class)
                .map(Timestamp::toInstant)
                .findOne();
    }

    /** A service is deployed now. */
    public static void put(Handle handle, String service, Instant now) {
        handle.createUpdate("INSERT INTO deployment VALUES (:service, :now)"
                        + " ON CONFLICT (service) DO UPDATE SET at = excluded.at")
                .bind("service", service)
                .bind("now", now)
                .execute();
    }
}
