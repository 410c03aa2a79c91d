package io.tocsin.selfheal.store;

import io.tocsin.selfheal.machine.Progress;
import io.tocsin.selfheal.machine.RunState;
import io.tocsin.selfheal.statistics.Ended;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Repairs, those under way and past ones. */
public final class Runs {

    private static final Duration HISTORY = Duration.ofHours(24);

    private Runs() {}

    /** Writes a repair's beginning; false when it was begun before. */
    public static boolean begin(Handle handle, Run run) {
        return handle.createUpdate("""
                                INSERT INTO run VALUES (:id, :incident, :environment, :fingerprint, :playbook,
                                    :version, :target, :service, :domain, :cause, :restart, :attempt, :token, :state,
                                    :step, :stepAttempt, :clear, :verifyDeadline, :failure, :startedAt, :endedAt,
                                    :evaluatedAt, :restarts)
                                ON CONFLICT DO NOTHING""")
                        .bind("id", run.id())
                        .bind("incident", run.incident())
                        .bind("environment", run.environment())
                        .bind("fingerprint", run.fingerprint())
                        .bind("playbook", run.playbook())
                        .bind("version", run.version())
                        .bind("target", run.target())
                        .bind("service", run.service())
                        .bind("domain", run.domain())
                        .bind("cause", run.cause())
                        .bind("restart", run.restart())
                        .bind("attempt", run.attempt())
                        .bind("startedAt", run.startedAt())
                        .bindMap(moving(run))
                        .execute()
                == 1;
    }

    /** Writes how far a repair has come. */
    public static void move(Handle handle, Run run) {
        handle.createUpdate("""
                        UPDATE run SET token = :token, state = :state, step = :step, step_attempt = :stepAttempt,
                            clear = :clear, verify_deadline = :verifyDeadline, failure = :failure, ended_at = :endedAt,
                            evaluated_at = :evaluatedAt, restarts = :restarts
                        WHERE id = :id""").bind("id", run.id()).bindMap(moving(run)).execute();
    }

    private static java.util.Map<String, @Nullable Object> moving(Run run) {
        Progress progress = run.progress();
        java.util.Map<String, @Nullable Object> values = new java.util.HashMap<>();
        values.put("token", run.token());
        values.put("state", progress.state().name());
        values.put("step", progress.step());
        values.put("stepAttempt", progress.attempt());
        values.put("restarts", progress.restarts());
        values.put("clear", progress.clear());
        values.put("evaluatedAt", timestamp(progress.evaluatedAt()));
        values.put("verifyDeadline", timestamp(progress.verifyDeadline()));
        values.put("failure", progress.failure().orElse(null));
        values.put("endedAt", timestamp(run.endedAt()));
        return values;
    }

    private static @Nullable Timestamp timestamp(Optional<Instant> at) {
        return at.map(Timestamp::from).orElse(null);
    }

    /** Repairs under way, oldest first. */
    public static List<Run> active(Handle handle) {
        return handle.createQuery("SELECT * FROM run WHERE ended_at IS NULL ORDER BY started_at, id")
                .map((row, context) -> run(row))
                .list();
    }

    /** Repairs under way, and those that began in the last 24 hours. */
    public static List<Run> recent(Handle handle, Instant now) {
        return handle.createQuery(
                        "SELECT * FROM run WHERE ended_at IS NULL OR started_at > :since ORDER BY started_at, id")
                .bind("since", now.minus(HISTORY))
                .map((row, context) -> run(row))
                .list();
    }

    /** Repairs that ended after this, oldest first. */
    public static List<Ended> ended(Handle handle, Instant after) {
        return handle.createQuery("""
                        SELECT playbook, version, started_at, ended_at, state = 'VERIFIED' AS verified FROM run
                        WHERE ended_at > :after ORDER BY ended_at""")
                .bind("after", after)
                .map((row, context) -> new Ended(
                        row.getString("playbook"),
                        row.getString("version"),
                        row.getTimestamp("started_at").toInstant(),
                        row.getTimestamp("ended_at").toInstant(),
                        row.getBoolean("verified")))
                .list();
    }

    /** How often this repair was begun for this incident and target, in any version of its playbook. */
    public static int attempts(Handle handle, String incident, String playbook, String target) {
        return handle.createQuery("""
                        SELECT coalesce(max(attempt), 0) FROM run
                        WHERE incident = :incident AND playbook = :playbook AND target = :target""")
                .bind("incident", incident)
                .bind("playbook", playbook)
                .bind("target", target)
                .mapTo(Integer.class)
                .one();
    }

    /** Repairs of an incident, or of all when it is empty, newest first. */
    public static List<Run> of(Handle handle, String incident, int limit) {
        return handle.createQuery("""
                        SELECT * FROM run WHERE :incident = '' OR incident = :incident
                        ORDER BY started_at DESC, id LIMIT :limit""")
                .bind("incident", incident)
                .bind("limit", limit)
                .map((row, context) -> run(row))
                .list();
    }

    private static Run run(ResultSet row) throws SQLException {
        Progress progress = new Progress(
                RunState.valueOf(row.getString("state")),
                row.getInt("step"),
                row.getInt("step_attempt"),
                row.getInt("restarts"),
                row.getInt("clear"),
                instant(row, "evaluated_at"),
                instant(row, "verify_deadline"),
                Optional.ofNullable(row.getString("failure")));
        return new Run(
                row.getString("id"),
                row.getString("incident"),
                row.getString("environment"),
                row.getString("fingerprint"),
                row.getString("playbook"),
                row.getString("version"),
                row.getString("target"),
                row.getString("service"),
                row.getString("domain"),
                row.getString("cause"),
                row.getBoolean("restart"),
                row.getInt("attempt"),
                row.getLong("token"),
                progress,
                row.getTimestamp("started_at").toInstant(),
                instant(row, "ended_at"));
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
