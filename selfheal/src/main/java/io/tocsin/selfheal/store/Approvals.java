package io.tocsin.selfheal.store;

import io.tocsin.selfheal.guardrail.History;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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
     * @param answer APPROVED or REJECTED; empty while not enough people answered
     * @param answeredBy whoever answered last
     * @param answeredAt when that was
     * @param needed how many people have to agree
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
            Optional<String> answeredBy,
            Optional<Instant> answeredAt,
            int needed) {

        /** What became of it. A yes holds as long as it was waited for: it was about how things were then. */
        public History.Approval state(Instant now) {
            if (answer.isEmpty()) {
                return now.isBefore(expiresAt) ? History.Approval.PENDING : History.Approval.EXPIRED;
            }
            if (!answer.get().equals(APPROVED)) {
                return History.Approval.REJECTED;
            }
            Instant until = answeredAt.orElse(askedAt).plus(Duration.between(askedAt, expiresAt));
            return now.isBefore(until) ? History.Approval.APPROVED : History.Approval.EXPIRED;
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
                        INSERT INTO approval (id, incident, playbook, version, target, attempt, plan, asked_at,
                            expires_at, needed)
                        VALUES (:id, :incident, :playbook, :version, :target, :attempt, :plan, :askedAt, :expiresAt,
                            :needed) ON CONFLICT DO NOTHING""")
                        .bind("id", approval.id())
                        .bind("incident", approval.incident())
                        .bind("playbook", approval.playbook())
                        .bind("version", approval.version())
                        .bind("target", approval.target())
                        .bind("attempt", approval.attempt())
                        .bind("plan", approval.plan())
                        .bind("askedAt", approval.askedAt())
                        .bind("expiresAt", approval.expiresAt())
                        .bind("needed", approval.needed())
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

    /** What an answer came to. */
    public sealed interface Answered {
        /** The question is answered. */
        record Done() implements Answered {}

        /** So many more people have to agree. */
        record Missing(int people) implements Answered {}

        /** This person agreed before; somebody else has to. */
        record Again() implements Answered {}

        /** It was answered before, has expired or does not exist. */
        record NotOpen() implements Answered {}
    }

    /** Answers, as one person: one no is enough, and for a yes as many people as the question needs. */
    public static Answered answer(Handle handle, String id, boolean approved, String person, String note, Instant now) {
        Optional<Approval> open = handle.createQuery(
                        "SELECT * FROM approval WHERE id = :id AND answer IS NULL AND expires_at > :now FOR UPDATE")
                .bind("id", id)
                .bind("now", now)
                .map((row, context) -> approval(row))
                .findOne();
        if (open.isEmpty()) {
            return new Answered.NotOpen();
        }
        if (approved) {
            if (!vote(handle, id, person, note, now)) {
                return new Answered.Again();
            }
            int missing = open.get().needed() - votes(handle, id);
            if (missing > 0) {
                return new Answered.Missing(missing);
            }
        }
        handle.createUpdate("""
                        UPDATE approval SET answer = :answer, answered_by = :person, answered_at = :now, note = :note
                        WHERE id = :id""")
                .bind("id", id)
                .bind("answer", approved ? APPROVED : REJECTED)
                .bind("person", person)
                .bind("note", note)
                .bind("now", now)
                .execute();
        return new Answered.Done();
    }

    private static boolean vote(Handle handle, String id, String person, String note, Instant now) {
        return handle.createUpdate(
                                "INSERT INTO approval_vote VALUES (:id, :person, :now, :note) ON CONFLICT DO NOTHING")
                        .bind("id", id)
                        .bind("person", person)
                        .bind("now", now)
                        .bind("note", note)
                        .execute()
                == 1;
    }

    /** How many people agreed so far. */
    public static int votes(Handle handle, String id) {
        return handle.createQuery("SELECT count(*) FROM approval_vote WHERE approval = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .one();
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
                Optional.ofNullable(row.getString("answered_by")),
                Runs.instant(row, "answered_at"),
                row.getInt("needed"));
    }
}
