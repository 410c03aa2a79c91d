package io.tocsin.selfheal.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Playbooks that kept failing, and that a person gave their own mode back. */
public final class Restorations {

    private Restorations() {}

    /** When each was last restored, by its name. */
    public static Map<String, Instant> all(Handle handle) {
        Map<String, Instant> all = new HashMap<>();
        handle.createQuery("SELECT playbook, at FROM playbook_restored")
                .map((row, context) -> Map.entry(
                        row.getString("playbook"), row.getTimestamp("at").toInstant()))
                .forEach(restored -> all.put(restored.getKey(), restored.getValue()));
        return all;
    }

    public static void put(Handle handle, String playbook, Instant now) {
        handle.createUpdate("INSERT INTO playbook_restored VALUES (:playbook, :now)"
                        + " ON CONFLICT (playbook) DO UPDATE SET at = excluded.at")
                .bind("playbook", playbook)
                .bind("now", now)
                .execute();
    }
}
