package io.tocsin.notifier.store;

import io.tocsin.notifier.route.Matcher;
import io.tocsin.notifier.silence.Silence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.core.type.TypeReference;

/** Silences, expired ones too. */
public final class Silences {

    private static final TypeReference<List<Condition>> CONDITIONS = new TypeReference<>() {};

    private static final TypeReference<TreeMap<String, String>> ANNOTATIONS = new TypeReference<>() {};

    private Silences() {}

    /** A matcher as it is stored. */
    private record Condition(String name, Matcher.Operator operator, String value) {}

    /** A silence by its id. */
    public static Optional<Silence> find(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM silence WHERE id = :id")
                .bind("id", id)
                .map(Silences::silence)
                .findOne();
    }

    /** Silences that have not ended at a time. */
    public static List<Silence> lasting(Handle handle, Instant now) {
        return handle.createQuery("SELECT * FROM silence WHERE ends_at > :now ORDER BY id")
                .bind("now", now)
                .map(Silences::silence)
                .list();
    }

    /** All silences. */
    public static List<Silence> all(Handle handle) {
        return handle.createQuery("SELECT * FROM silence ORDER BY id")
                .map(Silences::silence)
                .list();
    }

    /** Keeps a silence in place of an older version of it. */
    public static void keep(Handle handle, Silence silence) {
        List<Condition> conditions = silence.matchers().stream()
                .map(matcher -> new Condition(matcher.name(), matcher.operator(), matcher.value()))
                .toList();
        handle.createUpdate("""
                        INSERT INTO silence VALUES (:id, :matchers::jsonb, :startsAt, :endsAt, :createdBy, :comment,
                            :updatedAt, :annotations::jsonb)
                        ON CONFLICT (id) DO UPDATE SET matchers = excluded.matchers, starts_at = excluded.starts_at,
                            ends_at = excluded.ends_at, created_by = excluded.created_by,
                            comment = excluded.comment, updated_at = excluded.updated_at,
                            annotations = excluded.annotations""")
                .bind("id", silence.id())
                .bind("matchers", Json.write(conditions))
                .bind("startsAt", silence.startsAt())
                .bind("endsAt", silence.endsAt())
                .bind("createdBy", silence.createdBy())
                .bind("comment", silence.comment())
                .bind("updatedAt", silence.updatedAt())
                .bind("annotations", Json.write(silence.annotations()))
                .execute();
    }

    private static Silence silence(ResultSet row, StatementContext context) throws SQLException {
        List<Matcher> matchers = Json.read(row.getString("matchers"), CONDITIONS).stream()
                .map(condition -> new Matcher(condition.name(), condition.operator(), condition.value()))
                .toList();
        return new Silence(
                row.getString("id"),
                matchers,
                row.getTimestamp("starts_at").toInstant(),
                row.getTimestamp("ends_at").toInstant(),
                row.getString("created_by"),
                row.getString("comment"),
                row.getTimestamp("updated_at").toInstant(),
                Json.read(row.getString("annotations"), ANNOTATIONS));
    }
}
