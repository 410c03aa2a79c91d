package io.tocsin.selfheal.store;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The kill switch: only a person turns it, either way. */
public final class KillSwitch {

    private KillSwitch() {}

    /** Who froze repairs, and why; empty when nobody did. */
    public static Optional<String> frozenBy(Handle handle) {
        return handle.createQuery("SELECT frozen, person || ': ' || reason AS why FROM kill_switch"
                        + " ORDER BY seq DESC LIMIT 1")
                .map((row, context) -> row.getBoolean("frozen") ? row.getString("why") : "")
                .findOne()
                .filter(why -> !why.isEmpty());
    }

    /** The database's time, which all instances share. */
    public static Instant time(Handle handle) {
        return handle.createQuery("SELECT clock_timestamp()")
                .mapTo(Timestamp.class)
                .map(Timestamp::toInstant)
                .one();
    }

    /** Turns it. */
    public static void turn(Handle handle, boolean frozen, String person, String reason, Instant now) {
        handle.createUpdate(
                        "INSERT INTO kill_switch (frozen, person, reason, at) VALUES (:frozen, :person, :reason, :now)")
                .bind("frozen", frozen)
                .bind("person", person)
                .bind("reason", reason)
                .bind("now", now)
                .execute();
    }
}
