package io.tocsin.selfheal.store;

import io.tocsin.selfheal.guardrail.History;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Questions to people, and what they said. */
public final class Approvals {

    private static final String APPROVED = "APPROVED";
    private static final String REJECTED = "REJECTED";

    private Approvals() {}

    /**
     * A question.
     *
     * @param plan exactly what will be done
     * @param answer APPROVED or REJECTED; empty while nobody answered
     */
    public record Approval(
            String id,
            String incident,
            String playbook,
            String version,
            String target,
            int attempt,
            String plan,
            Instant askedAt,
            Instant expiresAt,
            Optional<String> answer,
            Optional<String> answeredBy) {

        /** What became of it. */
        public History.Approval state(Instant now) {
            if (answer.isPresent()) {
                return answer.get().equals(APPROVED) ? History.Approval.APPROVED : History.Approval.REJECTED;
            }
            return now.isBefore(expiresAt) ? History.Approval.PENDING : History.Approval.EXPIRED;
        }
    }

    /**
     * Asks, and withdraws open questions about an earlier version or attempt of the same repair: nobody approves what would
     * not be done. False when this very question was asked before.
     */
    public static boolean ask(Handle handle, Approval approval) {
        handle.createUpdate("""
                        DELETE FROM approval WHERE answer IS NULL AND id <> :id
                            AND incident = :incident AND playbook = :playbook AND target = :target""")
                .bind("id", approval.id())
                .bind("incident", approval.incident())
                .bind("playbook", approval.playbook())
                .bind("target", approval.target())
                .execute();
        return handle.createUpdate("""
                        INSERT INTO approval VALUES (:id, :incident, :playbook, :version, :target, :attempt, :plan,
                            :askedAt, :expiresAt) ON CONFLICT DO NOTHING""")
                        .bind("id", approval.id())
                        .bind("incident", approval.incident())
                        .bind("playbook", approval.playbook())
                        .bind("version", approval.version())
                        .bind("target", approval.target())
                        .bind("attempt", approval.attempt())
                        .bind("plan", approval.plan())
                        .bind("askedAt", approval.askedAt())
                        .bind("expiresAt", approval.expiresAt())
                        .execute()
                == 1;
    }

    public static Optional<Approval> get(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM approval WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> approval(row))
                .findOne();
    }

    /** Questions that wait for an answer, oldest first. */
    public static List<Approval> pending(Handle handle, Instant now) {
        return handle.createQuery(
                        "SELECT * FROM approval WHERE answer IS NULL AND expires_at > :now ORDER BY asked_at, id")
                .bind("now", now)
                .map((row, context) -> approval(row))
                .list();
    }

    /** Answers; false when it was answered before, has expired or does not exist. */
    public static boolean answer(Handle handle, String id, boolean approved, String person, String note, Instant now) {
        return handle.createUpdate("""
                                UPDATE approval SET answer = :answer, answered_by = :person, answered_at = :now,
                                    note = :note
                                WHERE id = :id AND answer IS NULL AND expires_at > :now""")
                        .bind("id", id)
                        .bind("answer", approved ? APPROVED : REJECTED)
                        .bind("person", person)
                        .bind("note", note)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    private static Approval approval(ResultSet row) throws SQLException {
        return new Approval(
                row.getString("id"),
                row.getString("incident"),
                row.getString("playbook"),
                row.getString("version"),
                row.getString("target"),
                row.getInt("attempt"),
                row.getString("plan"),
                row.getTimestamp("asked_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                Optional.ofNullable(row.getString("answer")),
                Optional.ofNullable(row.getString("answered_by")));
    }
}
