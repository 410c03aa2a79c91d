package io.tocsin.rulesengine.store;

import io.tocsin.rulesengine.store.chunk.Chunk;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Which chunks have to go so that the others fit: the oldest of all series, down to a little under the limit. */
final class ChunkBudget {

    private static final double FILLED_TO = 0.95;

    private ChunkBudget() {}

    /** The time that the last sample of a chunk must reach for it to stay; the beginning of time while all fit. */
    static long horizonMs(Collection<Series> all, StoreLimits limits) {
        long bytes = 0;
        for (Series series : all) {
            bytes += series.chunkBytes();
        }
        if (bytes <= limits.maxChunkBytes()) {
            return Long.MIN_VALUE;
        }
        NavigableMap<Long, Long> bytesByEnd = new TreeMap<>();
        for (Series series : all) {
            for (byte[] chunk : series.chunks()) {
                bytesByEnd.merge(Chunk.last(chunk), (long) chunk.length, Long::sum);
            }
        }
        double room = FILLED_TO * limits.maxChunkBytes();
        for (Map.Entry<Long, Long> end : bytesByEnd.descendingMap().entrySet()) {
            room -= end.getValue();
            if (room < 0) {
                return end.getKey() + 1;
            }
        }
        return Long.MIN_VALUE;
    }
}
