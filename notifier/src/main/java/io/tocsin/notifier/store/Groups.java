package io.tocsin.notifier.store;

import io.tocsin.notifier.group.Told;
import io.tocsin.notifier.route.Route.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.core.type.TypeReference;

/** Groups with their timers and what was told of them. */
public final class Groups {

    private static final TypeReference<TreeMap<String, String>> LABELS = new TypeReference<>() {};
    private static final TypeReference<TreeMap<String, Told>> TOLD = new TypeReference<>() {};

    private Groups() {}

    /**
     * A group as stored.
     *
     * @param id its row
     * @param groupKey route and labels
     * @param receiver who is told
     * @param labels shared by its alerts
     * @param told what each way of the receiver believes
     */
    public record Group(
            long id, String groupKey, String receiver, SortedMap<String, String> labels, Map<String, Told> told) {}

    /** The group that is due longest, locked for this transaction; groups that another holds are passed over. */
    public static Optional<Group> due(Handle handle, Instant now) {
        return handle.createQuery("""
                        SELECT id, group_key, receiver, labels, told FROM notice_group WHERE next_flush_at <= :now
                        ORDER BY next_flush_at LIMIT 1 FOR UPDATE SKIP LOCKED""").bind("now", now).map(Groups::group).findOne();
    }

    /** When the next group is due; empty when there is none. */
    public static Optional<Instant> nextFlush(Handle handle) {
        return handle.createQuery("SELECT min(next_flush_at) FROM notice_group")
                .mapTo(Instant.class)
                .findOne();
    }

    /** All groups, in the order of their keys. */
    public static List<Group> all(Handle handle) {
        return handle.createQuery(
                        "SELECT id, group_key, receiver, labels, told FROM notice_group ORDER BY group_key, receiver")
                .map(Groups::group)
                .list();
    }

    /** Groups that an alert is a member of. */
    public static List<Group> of(Handle handle, String fingerprint) {
        return handle.createQuery("""
                        SELECT id, group_key, receiver, labels, told FROM notice_group
                        WHERE id IN (SELECT group_id FROM group_member WHERE fingerprint = :fingerprint)
                        ORDER BY group_key, receiver""")
                .bind("fingerprint", fingerprint)
                .map(Groups::group)
                .list();
    }

    /**
     * The group of a target; it is made when it is not there. A group that waits for its first flush is flushed no later
     * than this.
     *
     * @return its row
     */
    public static long join(Handle handle, Target target, Instant firstFlush) {
        return handle.createQuery("""
                        INSERT INTO notice_group (group_key, receiver, labels, next_flush_at)
                        VALUES (:key, :receiver, :labels::jsonb, :flush)
                        ON CONFLICT (group_key, receiver) DO UPDATE SET next_flush_at =
                            CASE WHEN notice_group.flushed THEN notice_group.next_flush_at
                            ELSE least(notice_group.next_flush_at, excluded.next_flush_at) END
                        RETURNING id""")
                .bind("key", target.groupKey())
                .bind("receiver", target.receiver())
                .bind("labels", Json.write(target.groupLabels()))
                .bind("flush", firstFlush)
                .mapTo(Long.class)
                .one();
    }

    /** Flushes a group no later than this, whether or not it was flushed before. */
    public static void hasten(Handle handle, Target target, Instant flush) {
        handle.createUpdate("""
                        UPDATE notice_group SET next_flush_at = least(next_flush_at, :flush)
                        WHERE group_key = :key AND receiver = :receiver""")
                .bind("flush", flush)
                .bind("key", target.groupKey())
                .bind("receiver", target.receiver())
                .execute();
    }

    /** Makes an alert a member. */
    public static void add(Handle handle, long group, String fingerprint) {
        handle.execute("INSERT INTO group_member VALUES (?, ?) ON CONFLICT DO NOTHING", group, fingerprint);
    }

    /** Fingerprints of the members. */
    public static List<String> members(Handle handle, long group) {
        return handle.createQuery("SELECT fingerprint FROM group_member WHERE group_id = :group ORDER BY fingerprint")
                .bind("group", group)
                .mapTo(String.class)
                .list();
    }

    /** Takes members out. */
    public static void remove(Handle handle, long group, Collection<String> fingerprints) {
        handle.createUpdate("DELETE FROM group_member WHERE group_id = :group AND fingerprint = ANY(:fingerprints)")
                .bind("group", group)
                .bindArray("fingerprints", String.class, List.copyOf(fingerprints))
                .execute();
    }

    /** Keeps what was told, and when the group is due again. */
    public static void flushed(Handle handle, long group, Map<String, Told> told, Instant nextFlush) {
        handle.createUpdate("""
                        UPDATE notice_group SET flushed = true, told = :told::jsonb, next_flush_at = :next
                        WHERE id = :group""")
                .bind("group", group)
                .bind("told", Json.write(told))
                .bind("next", nextFlush)
                .execute();
    }

    /** Takes back what one way of a receiver was told, because it never arrived. */
    public static void restore(Handle handle, String groupKey, String receiver, String integration, String told) {
        handle.createUpdate("""
                        UPDATE notice_group SET told = jsonb_set(told, ARRAY[:integration]::text[], :told::jsonb)
                        WHERE group_key = :key AND receiver = :receiver""")
                .bind("integration", integration)
                .bind("told", told)
                .bind("key", groupKey)
                .bind("receiver", receiver)
                .execute();
    }

    /** Forgets a group. */
    public static void delete(Handle handle, long group) {
        handle.execute("DELETE FROM notice_group WHERE id = ?", group);
    }

    private static Group group(ResultSet row, StatementContext context) throws SQLException {
        return new Group(
                row.getLong("id"),
                row.getString("group_key"),
                row.getString("receiver"),
                Json.read(row.getString("labels"), LABELS),
                Json.read(row.getString("told"), TOLD));
    }
}
