package io.tocsin.notifier.store;

import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** Up to where each partition has been decided on. */
public final class Offsets {

    private Offsets() {}

    /** The first offset that is not decided on; empty when nothing is. */
    public static OptionalLong next(Handle handle, String topic, int partition) {
        return handle.createQuery(
                        "SELECT next_offset FROM kafka_offset WHERE topic = :topic AND partition = :partition")
                .bind("topic", topic)
                .bind("partition", partition)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /**
     * Moves the offset on, if nobody else moved it meanwhile.
     *
     * @param from what {@link #next} said; empty for the first time
     * @return false when another instance has decided on these records: the transaction must be rolled back
     */
    public static boolean advance(Handle handle, String topic, int partition, OptionalLong from, long next) {
        String sql = from.isEmpty()
                ? "INSERT INTO kafka_offset VALUES (:topic, :partition, :next) ON CONFLICT DO NOTHING"
                : "UPDATE kafka_offset SET next_offset = :next"
                        + " WHERE topic = :topic AND partition = :partition AND next_offset = :from";
        return handle.createUpdate(sql)
                        .bind("topic", topic)
                        .bind("partition", partition)
                        .bind("next", next)
                        .bind("from", from.orElse(0))
                        .execute()
                == 1;
    }
}
