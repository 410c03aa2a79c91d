package io.tocsin.selfheal.store;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Up to where each partition has been stored. */
public final class Offsets {

    private Offsets() {}

    /** The first offset that is not stored; empty when nothing is. */
    public static Optional<Long> next(Handle handle, String topic, int partition) {
        return handle.createQuery(
                        "SELECT next_offset FROM kafka_offset WHERE topic = :topic AND partition = :partition")
                .bind("topic", topic)
                .bind("partition", partition)
                .mapTo(Long.class)
                .findOne();
    }

    /** Moves on; never back, when several instances store the same records. */
    public static void put(Handle handle, String topic, int partition, long next) {
        handle.createUpdate("""
                        INSERT INTO kafka_offset AS known VALUES (:topic, :partition, :next)
                        ON CONFLICT (topic, partition)
                        DO UPDATE SET next_offset = greatest(known.next_offset, excluded.next_offset)""")
                .bind("topic", topic)
                .bind("partition", partition)
                .bind("next", next)
                .execute();
    }
}
