package io.tocsin.selfheal.store;

import io.tocsin.contracts.v1.RemediationEvent;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Remediation events on their way to Kafka: written with what they tell of, sent afterwards, in order. */
public final class Outbox {

    private static final int BATCH = 100;

    private Outbox() {}

    /** An event that is not sent yet. */
    @SuppressWarnings("ArrayRecordComponent") // Handed to Kafka and never compared.
    public record Waiting(long seq, String environment, byte[] event) {}

    /** Adds an event; the same one is added once. */
    public static void put(Handle handle, RemediationEvent event) {
        handle.createUpdate("INSERT INTO outbox (id, environment, event) VALUES (:id, :environment, :event)"
                        + " ON CONFLICT (id) DO NOTHING")
                .bind("id", event.getId())
                .bind("environment", event.getEnvironment())
                .bind("event", event.toByteArray())
                .execute();
    }

    /** The next events, locked against other instances until the transaction ends. */
    public static List<Waiting> next(Handle handle) {
        // Not SKIP LOCKED: another sender's batch comes first, or the order would be lost.
        return handle.createQuery("SELECT * FROM outbox WHERE sent_at IS NULL ORDER BY seq LIMIT :batch FOR UPDATE")
                .bind("batch", BATCH)
                .map((row, context) ->
                        new Waiting(row.getLong("seq"), row.getString("environment"), row.getBytes("event")))
                .list();
    }

    public static void sent(Handle handle, long seq, Instant now) {
        handle.createUpdate("UPDATE outbox SET sent_at = :now WHERE seq = :seq")
                .bind("now", now)
                .bind("seq", seq)
                .execute();
    }

    /** Deletes events that were sent before this. */
    public static void forget(Handle handle, Instant before) {
        handle.createUpdate("DELETE FROM outbox WHERE sent_at < :before")
                .bind("before", before)
                .execute();
    }
}
