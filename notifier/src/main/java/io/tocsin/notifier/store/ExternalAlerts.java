package io.tocsin.notifier.store;

import io.tocsin.notifier.external.ExternalAlert;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** What is known of alerts that others post. */
public final class ExternalAlerts {

    private ExternalAlerts() {}

    /** Alerts by fingerprint, locked for this transaction; those that are not known are left out. */
    public static Map<String, ExternalAlert> lock(Handle handle, Collection<String> fingerprints) {
        // Always in one order, so that two posts never wait for each other.
        Query query = handle.createQuery("""
                        SELECT body FROM external_alert WHERE fingerprint = ANY(:fingerprints)
                        ORDER BY fingerprint FOR UPDATE""").bindArray("fingerprints", String.class, List.copyOf(fingerprints));
        return read(query).stream().collect(Collectors.toMap(ExternalAlert::fingerprint, Function.identity()));
    }

    /** Burning alerts whose end has passed, locked; those that another holds are passed over. */
    public static List<ExternalAlert> ended(Handle handle, Instant now, int limit) {
        return read(handle.createQuery("""
                        SELECT body FROM external_alert WHERE burning AND ends_at <= :now
                        ORDER BY ends_at LIMIT :limit FOR UPDATE SKIP LOCKED""").bind("now", now).bind("limit", limit));
    }

    /** When the next one ends; empty when none burns. */
    public static Optional<Instant> nextEnd(Handle handle) {
        return handle.createQuery("SELECT min(ends_at) FROM external_alert WHERE burning")
                .mapTo(Instant.class)
                .findOne();
    }

    /** Burning alerts that have not come back as members of an incident. */
    public static List<ExternalAlert> unprocessed(Handle handle) {
        return read(handle.createQuery("""
                        SELECT body FROM external_alert WHERE burning AND NOT EXISTS (
                            SELECT FROM alert WHERE alert.fingerprint = external_alert.fingerprint
                            AND alert.condition <> 'RESOLVED')
                        ORDER BY fingerprint"""));
    }

    private static List<ExternalAlert> read(Query query) {
        return query.mapTo(String.class)
                .map(body -> Json.read(body, ExternalAlert.class))
                .list();
    }

    /** Replaces what is known of these alerts. */
    public static void keep(Handle handle, Collection<ExternalAlert> alerts) {
        if (alerts.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO external_alert VALUES (:fingerprint, :burning, :endsAt, :body::jsonb)
                ON CONFLICT (fingerprint) DO UPDATE SET burning = excluded.burning, ends_at = excluded.ends_at,
                    body = excluded.body""");
        alerts.stream()
                .sorted(Comparator.comparing(ExternalAlert::fingerprint))
                .forEach(alert -> batch.bind("fingerprint", alert.fingerprint())
                        .bind("burning", alert.burning())
                        .bind("endsAt", alert.posted().endsAt())
                        .bind("body", Json.write(alert))
                        .add());
        batch.execute();
    }
}
