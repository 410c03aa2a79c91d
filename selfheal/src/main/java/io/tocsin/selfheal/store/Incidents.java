package io.tocsin.selfheal.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.intake.IncidentMapping;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The newest snapshot of each incident. */
public final class Incidents {

    private Incidents() {}

    /** Takes a snapshot unless a newer one is known. */
    public static void put(Handle handle, Incident incident, byte[] snapshot) {
        handle.createUpdate("""
                        INSERT INTO incident AS known VALUES (:id, :revision, :status, :at, :snapshot)
                        ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, status = excluded.status,
                            at = excluded.at, snapshot = excluded.snapshot
                        WHERE known.revision < excluded.revision""")
                .bind("id", incident.id())
                .bind("revision", incident.revision())
                .bind("status", incident.status().name())
                .bind("at", incident.at())
                .bind("snapshot", snapshot)
                .execute();
    }

    /** One incident. */
    public static Optional<Incident> get(Handle handle, String id) {
        return handle.createQuery("SELECT snapshot FROM incident WHERE id = :id")
                .bind("id", id)
                .mapTo(byte[].class)
                .findOne()
                .map(Incidents::incident);
    }

    /** All open incidents, oldest first. */
    public static List<Incident> open(Handle handle) {
        return handle.createQuery("SELECT snapshot FROM incident WHERE status = 'OPEN' ORDER BY at, id")
                .mapTo(byte[].class)
                .map(Incidents::incident)
                .list();
    }

    /** All that are kept, the newest first; at most so many. */
    public static List<Incident> newest(Handle handle, int limit) {
        return handle.createQuery("SELECT snapshot FROM incident ORDER BY at DESC, id LIMIT :limit")
                .bind("limit", limit)
                .mapTo(byte[].class)
                .map(Incidents::incident)
                .list();
    }

    /** Deletes incidents that ended before this. */
    public static void forget(Handle handle, Instant before) {
        handle.createUpdate("DELETE FROM incident WHERE status <> 'OPEN' AND at < :before")
                .bind("before", before)
                .execute();
    }

    private static Incident incident(byte[] snapshot) {
        try {
            return IncidentMapping.incident(IncidentSnapshot.parseFrom(snapshot));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored incident is not readable", e);
        }
    }
}
