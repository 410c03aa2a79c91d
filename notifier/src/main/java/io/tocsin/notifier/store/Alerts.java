package io.tocsin.notifier.store;

import io.tocsin.notifier.group.Alert;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Latest episodes of alerts. */
public final class Alerts {

    private Alerts() {}

    /** Alerts by fingerprint; those that are not known are left out. */
    public static Map<String, Alert> find(Handle handle, Collection<String> fingerprints) {
        return handle
                .createQuery("SELECT body FROM alert WHERE fingerprint = ANY(:fingerprints)")
                .bindArray("fingerprints", String.class, List.copyOf(fingerprints))
                .mapTo(String.class)
                .map(body -> Json.read(body, Alert.class))
                .stream()
                .collect(Collectors.toMap(Alert::fingerprint, Function.identity()));
    }

    /** All alerts that are not resolved. */
    public static List<Alert> active(Handle handle) {
        return handle.createQuery("SELECT body FROM alert WHERE condition <> 'RESOLVED' ORDER BY fingerprint")
                .mapTo(String.class)
                .map(body -> Json.read(body, Alert.class))
                .list();
    }

    /** Replaces what is known of these alerts. */
    public static void keep(Handle handle, Collection<Alert> alerts, Instant now) {
        if (alerts.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO alert VALUES (:fingerprint, :incident, :condition, :startsAt, :now, :body::jsonb)
                ON CONFLICT (fingerprint) DO UPDATE SET incident_id = excluded.incident_id,
                    condition = excluded.condition, starts_at = excluded.starts_at,
                    updated_at = excluded.updated_at, body = excluded.body""");
        for (Alert alert : alerts) {
            batch.bind("fingerprint", alert.fingerprint())
                    .bind("incident", alert.incident())
                    .bind("condition", alert.condition().name())
                    .bind("startsAt", alert.member().startsAt())
                    .bind("now", now)
                    .bind("body", Json.write(alert))
                    .add();
        }
        batch.execute();
    }
}
