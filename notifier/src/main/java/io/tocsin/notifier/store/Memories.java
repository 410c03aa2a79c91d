package io.tocsin.notifier.store;

import io.tocsin.notifier.store.Notices.Claimed;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import tools.jackson.core.type.TypeReference;

/** What services answered to a group's notices: the message that later ones change, answer or end. */
public final class Memories {

    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

    private Memories() {}

    /** What is remembered for a notice; empty before the first of its group is told. */
    public static Map<String, String> of(Handle handle, Claimed notice) {
        return handle.createQuery("SELECT memory FROM notice_memory WHERE stream = :stream")
                .bind("stream", notice.stream())
                .mapTo(String.class)
                .findOne()
                .<Map<String, String>>map(json -> Json.read(json, TEXTS))
                .orElseGet(Map::of);
    }

    /** Remembers what a notice was answered; when it said that all is over, everything is forgotten. */
    public static void keep(Handle handle, Claimed notice, Map<String, String> memory, Instant now) {
        if (notice.isEnd()) {
            handle.createUpdate("DELETE FROM notice_memory WHERE stream = :stream")
                    .bind("stream", notice.stream())
                    .execute();
        } else if (!memory.isEmpty()) {
            handle.createUpdate("""
                            INSERT INTO notice_memory (stream, memory, updated_at) VALUES (:stream, :memory::jsonb, :now)
                            ON CONFLICT (stream) DO UPDATE SET memory = excluded.memory, updated_at = excluded.updated_at""")
                    .bind("stream", notice.stream())
                    .bind("memory", Json.write(memory))
                    .bind("now", now)
                    .execute();
        }
    }
}
