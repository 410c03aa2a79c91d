package io.tocsin.notifier.store;

import io.tocsin.notifier.group.Told;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** The outbox: notices that were decided, and what became of them. */
public final class Notices {

    private static final TypeReference<TreeMap<String, String>> LABELS = new TypeReference<>() {};

    private Notices() {}

    /**
     * A notice as it was decided.
     *
     * @param idempotencyKey the same over all tries
     * @param groupKey of the group it is about
     * @param receiver who is told
     * @param integration by which of the receiver's ways
     * @param groupLabels shared by its alerts
     * @param reason why it is sent
     * @param firing fingerprints it lists as firing
     * @param resolved fingerprints it lists as resolved
     * @param incidents ids of the incidents it is about
     * @param body what is sent
     * @param toldBefore what the receiver believed before
     * @param createdAt when it was decided
     * @param deadlineAt until when it is tried
     */
    public record Decided(
            String idempotencyKey,
            String groupKey,
            String receiver,
            String integration,
            SortedMap<String, String> groupLabels,
            String reason,
            List<String> firing,
            List<String> resolved,
            List<String> incidents,
            String body,
            Told toldBefore,
            Instant createdAt,
            Instant deadlineAt) {}

    /**
     * A notice that one worker has claimed.
     *
     * @param seq its place in the outbox
     * @param idempotencyKey the same over all tries
     * @param groupKey of its group
     * @param receiver who is told
     * @param integration by which way
     * @param reason why it is sent
     * @param isEnd whether it says that everything is over
     * @param body what is sent
     * @param attempt number of this try, from 1
     * @param createdAt when it was decided
     * @param deadlineAt until when it is tried
     */
    public record Claimed(
            long seq,
            String idempotencyKey,
            String groupKey,
            String receiver,
            String integration,
            String reason,
            boolean isEnd,
            String body,
            int attempt,
            Instant createdAt,
            Instant deadlineAt) {

        /** The way of the receiver for the group. */
        String stream() {
            return Notices.stream(groupKey, receiver, integration);
        }
    }

    /**
     * A notice as people look at it.
     *
     * @param id the idempotency key
     * @param groupKey of its group
     * @param groupLabels shared by its alerts
     * @param receiver who is told
     * @param integration by which way
     * @param reason why it is sent
     * @param status "firing" or "resolved"
     * @param firing fingerprints
     * @param resolved fingerprints
     * @param incidents ids
     * @param state PENDING, DELIVERED or DEAD
     * @param attempts tries so far
     * @param createdAt when it was decided
     * @param nextAttemptAt when it is tried next, while pending
     * @param finishedAt when it was delivered or given up
     * @param lastOutcome what the last try ended with
     */
    public record Shown(
            String id,
            String groupKey,
            SortedMap<String, String> groupLabels,
            String receiver,
            String integration,
            String reason,
            String status,
            List<String> firing,
            List<String> resolved,
            List<String> incidents,
            String state,
            int attempts,
            Instant createdAt,
            @Nullable Instant nextAttemptAt,
            @Nullable Instant finishedAt,
            String lastOutcome) {}

    /** Which notices are asked for; an empty text asks for all. */
    public record Query(String incident, String fingerprint, String receiver, int limit) {}

    /** Puts a notice behind the others of its stream. */
    public static void add(Handle handle, Decided notice) {
        handle.createUpdate("""
                        INSERT INTO notice (idempotency_key, stream, group_key, receiver, integration, group_labels,
                            reason, firing, resolved, incidents, body, told_before, created_at, deadline_at, due_at)
                        VALUES (:key, :stream, :groupKey, :receiver, :integration, :labels::jsonb, :reason, :firing,
                            :resolved, :incidents, :body, :toldBefore::jsonb, :createdAt, :deadlineAt, :createdAt)""")
                .bind("key", notice.idempotencyKey())
                .bind("stream", stream(notice.groupKey(), notice.receiver(), notice.integration()))
                .bind("groupKey", notice.groupKey())
                .bind("receiver", notice.receiver())
                .bind("integration", notice.integration())
                .bind("labels", Json.write(notice.groupLabels()))
                .bind("reason", notice.reason())
                .bindArray("firing", String.class, notice.firing())
                .bindArray("resolved", String.class, notice.resolved())
                .bindArray("incidents", String.class, notice.incidents())
                .bind("body", notice.body())
                .bind("toldBefore", Json.write(notice.toldBefore()))
                .bind("createdAt", notice.createdAt())
                .bind("deadlineAt", notice.deadlineAt())
                .execute();
    }

    /**
     * Claims the notice that is due longest and has no pending one before it in its stream. Until the lease is over no
     * other worker claims it; a worker that dies loses it then.
     */
    public static Optional<Claimed> claim(Handle handle, Instant now, Duration lease) {
        return handle.createQuery("""
                        UPDATE notice SET attempts = attempts + 1, due_at = :leaseEnd WHERE seq = (
                            SELECT seq FROM notice due WHERE state = 'PENDING' AND due_at <= :now AND NOT EXISTS (
                                SELECT FROM notice earlier WHERE earlier.stream = due.stream
                                AND earlier.seq < due.seq AND earlier.state = 'PENDING')
                            ORDER BY due_at, seq LIMIT 1 FOR UPDATE SKIP LOCKED)
                        RETURNING seq, idempotency_key, group_key, receiver, integration, reason, firing, body,
                            attempts, created_at, deadline_at""")
                .bind("now", now)
                .bind("leaseEnd", now.plus(lease))
                .map(Notices::claimed)
                .findOne();
    }

    /** When the next notice is due; empty when none is pending. */
    public static Optional<Instant> nextDue(Handle handle) {
        return handle.createQuery("SELECT min(due_at) FROM notice WHERE state = 'PENDING'")
                .mapTo(Instant.class)
                .findOne();
    }

    /** Notices that wait for delivery. */
    public static long pending(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM notice WHERE state = 'PENDING'")
                .mapTo(Long.class)
                .one();
    }

    /** Whether notices of a group wait for delivery. */
    public static boolean pending(Handle handle, String groupKey, String receiver) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM notice WHERE state = 'PENDING'
                        AND group_key = :groupKey AND receiver = :receiver)""")
                .bind("groupKey", groupKey)
                .bind("receiver", receiver)
                .mapTo(Boolean.class)
                .one();
    }

    /** A notice arrived: this holds whoever else has claimed it meanwhile. */
    public static void delivered(Handle handle, Claimed notice, String outcome, Instant now) {
        handle.createUpdate("""
                        UPDATE notice SET state = 'DELIVERED', finished_at = :now, last_outcome = :outcome
                        WHERE seq = :seq AND state = 'PENDING'""")
                .bind("now", now)
                .bind("outcome", outcome)
                .bind("seq", notice.seq())
                .execute();
    }

    /** A try failed: the next is due later, unless another worker has claimed the notice meanwhile. */
    public static void retry(Handle handle, Claimed notice, String outcome, Instant due) {
        handle.createUpdate("""
                        UPDATE notice SET due_at = :due, last_outcome = :outcome
                        WHERE seq = :seq AND attempts = :attempt AND state = 'PENDING'""")
                .bind("due", due)
                .bind("outcome", outcome)
                .bind("seq", notice.seq())
                .bind("attempt", notice.attempt())
                .execute();
    }

    /**
     * A notice is given up. What the receiver believed before it is what it believes still: so says the next notice of
     * the stream, or, when there is none, the group, which then decides anew at its next flush.
     *
     * @return false when another worker has claimed it meanwhile
     */
    public static boolean dead(Handle handle, Claimed notice, String outcome, Instant now) {
        Optional<String> before = handle.createQuery("""
                        UPDATE notice SET state = 'DEAD', finished_at = :now, last_outcome = :outcome
                        WHERE seq = :seq AND attempts = :attempt AND state = 'PENDING' RETURNING told_before""")
                .bind("now", now)
                .bind("outcome", outcome)
                .bind("seq", notice.seq())
                .bind("attempt", notice.attempt())
                .mapTo(String.class)
                .findOne();
        before.filter(told -> !handOn(handle, notice, told))
                .ifPresent(told ->
                        Groups.restore(handle, notice.groupKey(), notice.receiver(), notice.integration(), told));
        return before.isPresent();
    }

    private static boolean handOn(Handle handle, Claimed notice, String told) {
        return handle.createUpdate("""
                                UPDATE notice SET told_before = :told::jsonb WHERE seq = (
                                    SELECT min(seq) FROM notice WHERE stream = :stream AND seq > :seq)""")
                        .bind("told", told)
                        .bind("stream", stream(notice.groupKey(), notice.receiver(), notice.integration()))
                        .bind("seq", notice.seq())
                        .execute()
                == 1;
    }

    /** The latest notices first. */
    public static List<Shown> latest(Handle handle, Query query) {
        return handle.createQuery("""
                        SELECT * FROM notice WHERE (:incident = '' OR incidents @> ARRAY[:incident]::text[])
                        AND (:fingerprint = '' OR :fingerprint = ANY(firing || resolved))
                        AND (:receiver = '' OR receiver = :receiver) ORDER BY seq DESC LIMIT :limit""")
                .bind("incident", query.incident())
                .bind("fingerprint", query.fingerprint())
                .bind("receiver", query.receiver())
                .bind("limit", query.limit())
                .map(Notices::shown)
                .list();
    }

    private static String stream(String groupKey, String receiver, String integration) {
        return receiver + '\n' + integration + '\n' + groupKey;
    }

    private static Claimed claimed(ResultSet row, StatementContext context) throws SQLException {
        return new Claimed(
                row.getLong("seq"),
                row.getString("idempotency_key"),
                row.getString("group_key"),
                row.getString("receiver"),
                row.getString("integration"),
                row.getString("reason"),
                texts(row, "firing").isEmpty(),
                row.getString("body"),
                row.getInt("attempts"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("deadline_at").toInstant());
    }

    private static Shown shown(ResultSet row, StatementContext context) throws SQLException {
        List<String> firing = texts(row, "firing");
        String state = row.getString("state");
        return new Shown(
                row.getString("idempotency_key"),
                row.getString("group_key"),
                Json.read(row.getString("group_labels"), LABELS),
                row.getString("receiver"),
                row.getString("integration"),
                row.getString("reason"),
                firing.isEmpty() ? "resolved" : "firing",
                firing,
                texts(row, "resolved"),
                texts(row, "incidents"),
                state,
                row.getInt("attempts"),
                row.getTimestamp("created_at").toInstant(),
                state.equals("PENDING") ? row.getTimestamp("due_at").toInstant() : null,
                instant(row.getTimestamp("finished_at")),
                row.getString("last_outcome"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }
}
