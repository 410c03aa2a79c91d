package io.tocsin.selfheal.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Everything that was decided and done, and by whom. Append-only: the table itself refuses changes. */
public final class Audit {

    private Audit() {}

    /**
     * One entry.
     *
     * @param actor a person, or "tocsin"
     * @param what a phase, or what a person did
     * @param run "" when no repair was begun
     * @param reason a guard's reason; "" for none
     */
    public record Entry(
            Instant at,
            String actor,
            String what,
            String incident,
            String run,
            String playbook,
            String target,
            String reason,
            String detail) {}

    public static void write(Handle handle, Entry entry) {
        handle.createUpdate("""
                        INSERT INTO audit (at, actor, what, incident, run, playbook, target, reason, detail)
                        VALUES (:at, :actor, :what, :incident, :run, :playbook, :target, :reason, :detail)""")
                .bind("at", entry.at())
                .bind("actor", entry.actor())
                .bind("what", entry.what())
                .bind("incident", entry.incident())
                .bind("run", entry.run())
                .bind("playbook", entry.playbook())
                .bind("target", entry.target())
                .bind("reason", entry.reason())
                .bind("detail", entry.detail())
                .execute();
    }

    /** The newest entries, of one incident or of all when it is empty. */
    public static List<Entry> newest(Handle handle, String incident, int limit) {
        return handle.createQuery("""
                        SELECT * FROM audit WHERE :incident = '' OR incident = :incident
                        ORDER BY seq DESC LIMIT :limit""")
                .bind("incident", incident)
                .bind("limit", limit)
                .map((row, context) -> new Entry(
                        row.getTimestamp("at").toInstant(),
                        row.getString("actor"),
                        row.getString("what"),
                        row.getString("incident"),
                        row.getString("run"),
                        row.getString("playbook"),
                        row.getString("target"),
                        row.getString("reason"),
                        row.getString("detail")))
                .list();
    }
}
