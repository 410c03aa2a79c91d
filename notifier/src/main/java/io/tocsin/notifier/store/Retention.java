package io.tocsin.notifier.store;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * How long what is over is kept.
 *
 * @param history decisions, delivered notices and closed incidents
 * @param recent resolved alerts, posted ones too, and expired silences
 */
public record Retention(Duration history, Duration recent) {

    /** Deletes what is older. What is pending, active or believed by a receiver stays whatever its age. */
    public void apply(Handle handle, Instant now) {
        Instant past = now.minus(history);
        Instant lately = now.minus(recent);
        handle.execute("DELETE FROM decision WHERE last_at < ?", past);
        handle.execute("DELETE FROM notice WHERE state <> 'PENDING' AND finished_at < ?", past);
        // A receiver that is told nothing of a group for so long is told anew, not in the old message.
        handle.execute("DELETE FROM notice_memory WHERE updated_at < ?", past);
        handle.execute("DELETE FROM incident WHERE status <> 'OPEN' AND at < ?", past);
        handle.execute("DELETE FROM silence WHERE ends_at < ?", lately);
        handle.execute("DELETE FROM external_alert WHERE NOT burning AND ends_at < ?", lately);
        handle.execute("""
                DELETE FROM alert WHERE condition = 'RESOLVED' AND updated_at < ? AND NOT EXISTS (
                    SELECT FROM group_member WHERE group_member.fingerprint = alert.fingerprint)""", lately);
    }
}
