package io.tocsin.notifier.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.core.type.TypeReference;

/** Every decision with its reason. */
public final class Decisions {

    private static final TypeReference<List<Held>> HELD = new TypeReference<>() {};

    private Decisions() {}

    /**
     * An alert that was held back.
     *
     * @param fingerprint of the alert
     * @param reason why
     * @param by silences, or the root's fingerprint
     */
    public record Held(String fingerprint, String reason, List<String> by) {}

    /**
     * A decision.
     *
     * @param groupKey of the group
     * @param receiver of the group
     * @param integration which of the receiver's ways
     * @param reason why it was told, or not
     * @param firing fingerprints that burned or were unknown
     * @param resolved fingerprints that were over
     * @param held what was held back
     * @param firstAt when it was first decided so
     * @param lastAt when it was last decided so
     * @param times how often in a row
     */
    public record Decision(
            String groupKey,
            String receiver,
            String integration,
            String reason,
            List<String> firing,
            List<String> resolved,
            List<Held> held,
            Instant firstAt,
            Instant lastAt,
            int times) {

        /** A decision made now. */
        public static Decision now(
                String groupKey,
                String receiver,
                String integration,
                String reason,
                List<String> firing,
                List<String> resolved,
                List<Held> held,
                Instant now) {
            return new Decision(groupKey, receiver, integration, reason, firing, resolved, held, now, now, 1);
        }
    }

    /** Keeps a decision; one that only repeats the last of its group is counted there. */
    public static void keep(Handle handle, Decision decision) {
        int counted = bind(handle.createUpdate("""
                                UPDATE decision SET last_at = :at, times = times + 1 WHERE id = (
                                    SELECT max(id) FROM decision WHERE group_key = :groupKey
                                    AND receiver = :receiver AND integration = :integration)
                                AND reason = :reason AND firing = :firing::text[] AND resolved = :resolved::text[]
                                AND held = :held::jsonb"""), decision).execute();
        if (counted == 0) {
            bind(handle.createUpdate("""
                                    INSERT INTO decision (group_key, receiver, integration, reason, firing, resolved,
                                        fingerprints, held, first_at, last_at)
                                    VALUES (:groupKey, :receiver, :integration, :reason, :firing, :resolved,
                                        :firing || :resolved, :held::jsonb, :at, :at)"""), decision).execute();
        }
    }

    /** The latest decisions that an alert was part of. */
    public static List<Decision> about(Handle handle, String fingerprint, int limit) {
        return handle.createQuery("""
                        SELECT * FROM decision WHERE fingerprints @> ARRAY[:fingerprint]::text[]
                        ORDER BY id DESC LIMIT :limit""")
                .bind("fingerprint", fingerprint)
                .bind("limit", limit)
                .map(Decisions::decision)
                .list();
    }

    private static org.jdbi.v3.core.statement.Update bind(org.jdbi.v3.core.statement.Update update, Decision decision) {
        return update.bind("groupKey", decision.groupKey())
                .bind("receiver", decision.receiver())
                .bind("integration", decision.integration())
                .bind("reason", decision.reason())
                .bindArray("firing", String.class, decision.firing())
                .bindArray("resolved", String.class, decision.resolved())
                .bind("held", Json.write(decision.held()))
                .bind("at", decision.lastAt());
    }

    private static Decision decision(ResultSet row, StatementContext context) throws SQLException {
        return new Decision(
                row.getString("group_key"),
                row.getString("receiver"),
                row.getString("integration"),
                row.getString("reason"),
                List.of((String[]) row.getArray("firing").getArray()),
                List.of((String[]) row.getArray("resolved").getArray()),
                Json.read(row.getString("held"), HELD),
                row.getTimestamp("first_at").toInstant(),
                row.getTimestamp("last_at").toInstant(),
                row.getInt("times"));
    }
}
