package io.tocsin.rulesengine.shard;

import io.tocsin.contracts.TargetIdentity;
import io.tocsin.rulesengine.store.BlockCodec;
import io.tocsin.rulesengine.store.Intake;
import io.tocsin.rulesengine.store.LabelsCodec;
import io.tocsin.rulesengine.store.SampleBlock;
import io.tocsin.rulesengine.store.SampleStore;
import io.tocsin.rulesengine.store.StoreLimits;
import io.tocsin.rulesengine.store.Targets;
import io.tocsin.rulesengine.store.chunk.Chunk;
import io.tocsin.rulesengine.tick.ClockState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The logged state of one shard: blocks of samples by arrival, the chunks that they are
 * compressed to, the dictionary of series, the targets, the clock. Everything
 * on the heap is rebuilt from here.
 */
final class ShardStores {

    static final long EVICTION_MS = 60_000;

    /** In so many evictions each series is compressed once. */
    static final int SEAL_PASSES = 10;

    private static final long SEALED_WITHIN_MS = SEAL_PASSES * EVICTION_MS;

    private static final Bytes CLOCK = Bytes.wrap(new byte[] {'c'});
    private static final Bytes HORIZON = Bytes.wrap(new byte[] {'h'});
    private static final Bytes NEXT_ID = Bytes.wrap(new byte[] {'n'});

    private static final Bytes MARK = Bytes.wrap(new byte[] {'m'});
    private static final byte[] NOTHING = {};

    private final StoreLimits limits;
    private final WindowStore<Bytes, byte[]> blocks;
    private final WindowStore<Bytes, byte[]> chunks;
    private final KeyValueStore<Bytes, byte[]> series;
    private final KeyValueStore<Bytes, byte[]> targets;
    private final KeyValueStore<Bytes, byte[]> clock;
    private final KeyValueStore<Bytes, byte[]> totals;

    ShardStores(ShardKind kind, StoreLimits limits, ProcessorContext<?, ?> context) {
        this.limits = limits;
        this.blocks = context.getStateStore(kind.store("blocks"));
        this.chunks = context.getStateStore(kind.store("chunks"));
        this.series = context.getStateStore(kind.store("series"));
        this.targets = context.getStateStore(kind.store("targets"));
        this.clock = context.getStateStore(kind.store("clock"));
        this.totals = context.getStateStore(kind.store("totals"));
    }

    /** What a shard of this kind keeps. */
    static Set<StoreBuilder<?>> builders(ShardKind kind, StoreLimits limits) {
        // A sample may be as far in the future of its arrival as the limit says, and is kept for the retention after.
        long chunks = limits.retentionMs() + 2 * limits.futureMs() + Chunk.LONGEST_MS + EVICTION_MS;
        return Set.of(
                windowed(kind.store("blocks"), limits.sealedAfterMs(SEALED_WITHIN_MS) + 2 * EVICTION_MS),
                windowed(kind.store("chunks"), chunks),
                keyed(kind.store("series")),
                keyed(kind.store("targets")),
                keyed(kind.store("clock")),
                keyed(kind.store("totals")));
    }

    private static StoreBuilder<?> windowed(String name, long retentionMs) {
        return Stores.windowStoreBuilder(
                Stores.persistentWindowStore(name, Duration.ofMillis(retentionMs), Duration.ofMillis(1), false),
                Serdes.Bytes(),
                Serdes.ByteArray());
    }

    private static StoreBuilder<?> keyed(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }

    /** The state that counts between two records: per series (deltas) or per target (spans). */
    KeyValueStore<Bytes, byte[]> totals() {
        return totals;
    }

    ClockState clock() {
        byte[] bytes = clock.get(CLOCK);
        return bytes == null ? ClockState.INITIAL : ClockState.decode(bytes);
    }

    void put(ClockState state) {
        clock.put(CLOCK, state.encode());
    }

    /** What is older than this, milliseconds, was forgotten. */
    long horizonMs() {
        byte[] bytes = clock.get(HORIZON);
        return bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
    }

    /** Logs that everything older than this was forgotten. */
    void putHorizon(long horizonMs) {
        clock.put(HORIZON, ByteBuffer.allocate(Long.BYTES).putLong(horizonMs).array());
    }

    /** Logs what the store took from one record; the sequence orders several takes of one offset. */
    void put(Intake intake, long offset, int sequence) {
        intake.begun().forEach((id, labels) -> series.put(seriesKey(id), LabelsCodec.encode(labels)));
        SampleBlock block = intake.accepted();
        if (block.size() > 0) {
            Bytes key = Bytes.wrap(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                    .putLong(offset)
                    .putInt(sequence)
                    .array());
            blocks.put(key, BlockCodec.encode(block), block.arrivalMs());
        }
    }

    /**
     * Leaves a trace in the blocks. Kafka Streams keeps the offset of a window store in its segments: one without any segment
     * counts as corrupted at the next start, and the whole shard would be rebuilt from the log.
     */
    void mark(long arrivalMs) {
        blocks.put(MARK, NOTHING, arrivalMs);
        chunks.put(MARK, NOTHING, arrivalMs);
    }

    /** Logs a chunk; it replaces the one with the same beginning. */
    void put(SampleStore.Sealed sealed) {
        chunks.put(seriesKey(sealed.series()), sealed.chunk(), Chunk.first(sealed.chunk()));
    }

    void putTarget(TargetIdentity identity, byte[] target) {
        targets.put(Bytes.wrap(identity.key()), target);
    }

    void removeTargets(List<TargetIdentity> gone) {
        gone.forEach(identity -> targets.delete(Bytes.wrap(identity.key())));
    }

    void removeSeries(List<Integer> gone, int nextId) {
        if (!gone.isEmpty()) {
            // The newest ids may be among those that go, and must not be given to other series.
            series.put(
                    NEXT_ID, ByteBuffer.allocate(Integer.BYTES).putInt(nextId).array());
            gone.forEach(id -> series.delete(seriesKey(id)));
        }
    }

    /** Rebuilds the heap as it was after the last record. */
    void restore(SampleStore store, Targets known, ClockState state) {
        restoreSeries(store);
        try (var all = targets.all()) {
            all.forEachRemaining(entry -> known.restore(entry.value));
        }
        if (!state.started()) {
            return;
        }
        long evictedAt = Math.floorDiv(state.lastTickMs(), EVICTION_MS) * EVICTION_MS;
        long oldest = evictedAt - limits.retentionMs() - limits.futureMs() - Chunk.LONGEST_MS;
        restoreChunks(store, Math.max(0, oldest), state.arrivalMs() + limits.futureMs());
        long unsealed = Math.max(0, evictedAt - limits.sealedAfterMs(SEALED_WITHIN_MS));
        try (var all = blocks.fetchAll(unsealed, state.arrivalMs())) {
            all.forEachRemaining(entry -> {
                if (entry.value.length > 0) {
                    store.restore(BlockCodec.decode(entry.value));
                }
            });
        }
        store.evict(horizonMs());
    }

    /** Segments are read one after another, and within one all chunks of a series by time. */
    private void restoreChunks(SampleStore store, long fromMs, long toMs) {
        try (var all = chunks.fetchAll(fromMs, toMs)) {
            all.forEachRemaining(entry -> {
                if (entry.value.length > 0) {
                    store.restoreChunk(ByteBuffer.wrap(entry.key.key().get()).getInt(), entry.value);
                }
            });
        }
        store.chunksRestored();
    }

    private void restoreSeries(SampleStore store) {
        try (var all = series.all()) {
            all.forEachRemaining(entry -> {
                if (entry.key.equals(NEXT_ID)) {
                    store.restoreNextId(ByteBuffer.wrap(entry.value).getInt());
                } else {
                    store.restoreSeries(ByteBuffer.wrap(entry.key.get()).getInt(), LabelsCodec.decode(entry.value));
                }
            });
        }
    }

    private static Bytes seriesKey(int id) {
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
    }
}
