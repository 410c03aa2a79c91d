package io.tocsin.notifier.store;

import io.tocsin.notifier.incident.Incident;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Latest snapshots. */
public final class Incidents {

    private Incidents() {}

    /** The latest snapshot of an incident. */
    public static Optional<Incident> find(Handle handle, String id) {
        return handle.createQuery("SELECT snapshot FROM incident WHERE id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .map(Incidents::read);
    }

    /** Snapshots by id; those that are not known are left out. */
    public static Map<String, Incident> find(Handle handle, Collection<String> ids) {
        return handle
                .createQuery("SELECT snapshot FROM incident WHERE id = ANY(:ids)")
                .bindArray("ids", String.class, List.copyOf(ids))
                .mapTo(String.class)
                .map(Incidents::read)
                .stream()
                .collect(Collectors.toMap(Incident::id, Function.identity()));
    }

    /** Open incidents, then those closed last; at most {@code limit}. */
    public static List<Incident> latest(Handle handle, int limit) {
        return handle.createQuery("""
                        SELECT snapshot FROM incident
                        ORDER BY status = 'OPEN' DESC, coalesce(closed_at, opened_at) DESC, id LIMIT :limit""")
                .bind("limit", limit)
                .mapTo(String.class)
                .map(Incidents::read)
                .list();
    }

    /** Keeps a snapshot, unless a later one of the incident is known. */
    public static boolean keep(Handle handle, Incident incident) {
        return handle.createUpdate("""
                                INSERT INTO incident VALUES (:id, :environment, :status, :revision, :severity, :title,
                                    :openedAt, :closedAt, :at, :snapshot::jsonb)
                                ON CONFLICT (id) DO UPDATE SET status = excluded.status, revision = excluded.revision,
                                    severity = excluded.severity, title = excluded.title, at = excluded.at,
                                    closed_at = excluded.closed_at, snapshot = excluded.snapshot
                                WHERE incident.revision < excluded.revision""")
                        .bind("id", incident.id())
                        .bind("environment", incident.environment())
                        .bind("status", incident.status().name())
                        .bind("revision", incident.revision())
                        .bind("severity", incident.severity())
                        .bind("title", incident.title())
                        .bind("openedAt", incident.openedAt())
                        .bind("closedAt", incident.closedAt())
                        .bind("at", incident.at())
                        .bind("snapshot", Json.write(incident))
                        .execute()
                == 1;
    }

    private static Incident read(String snapshot) {
        return Json.read(snapshot, Incident.class);
    }
}
