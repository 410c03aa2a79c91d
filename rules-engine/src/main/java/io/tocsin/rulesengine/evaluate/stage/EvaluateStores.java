package io.tocsin.rulesengine.evaluate.stage;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.contracts.v1.PartialBatch;
import io.tocsin.rulesengine.evaluate.AssembledTick;
import io.tocsin.rulesengine.evaluate.Ledger;
import io.tocsin.rulesengine.evaluate.Memory;
import io.tocsin.rulesengine.evaluate.ShardReport;
import io.tocsin.rulesengine.evaluate.TickAssembly;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The logged state of one evaluate partition: reports that wait for others, how far it is, what it remembers. */
final class EvaluateStores implements Ledger {

    private static final String REPORTS = "evaluate-reports";
    private static final String MEMORY = "evaluate-memory";
    /** Shorter than the key of any report. */
    private static final Bytes POSITION = Bytes.wrap(new byte[] {'p'});

    private final KeyValueStore<Bytes, byte[]> reports;
    private final KeyValueStore<String, byte[]> memory;

    EvaluateStores(ProcessorContext<?, ?> context) {
        this.reports = context.getStateStore(REPORTS);
        this.memory = context.getStateStore(MEMORY);
    }

    static Set<StoreBuilder<?>> builders() {
        return Set.of(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(REPORTS), Serdes.Bytes(), Serdes.ByteArray()),
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(MEMORY), Serdes.String(), Serdes.ByteArray()));
    }

    void restore(Memory heap) {
        try (var all = memory.all()) {
            all.forEachRemaining(entry -> heap.load(entry.key, entry.value));
        }
        heap.loaded();
    }

    void restore(TickAssembly assembly) {
        byte[] position = reports.get(POSITION);
        if (position == null) {
            return;
        }
        List<ShardReport> waiting = new ArrayList<>();
        try (var all = reports.all()) {
            all.forEachRemaining(entry -> {
                if (!entry.key.equals(POSITION)) {
                    waiting.add(Reports.of(parse(entry.value)));
                }
            });
        }
        assembly.restore(position, waiting);
    }

    private static PartialBatch parse(byte[] bytes) {
        try {
            return PartialBatch.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a report in the store cannot be read", e);
        }
    }

    void waits(PartialBatch batch) {
        reports.put(key(batch.getTickMs(), batch.getShard()), batch.toByteArray());
    }

    void assembled(AssembledTick tick) {
        tick.reports().keySet().forEach(shard -> reports.delete(key(tick.tickMs(), shard)));
    }

    void position(byte[] position) {
        reports.put(POSITION, position);
    }

    private static Bytes key(long tickMs, String shard) {
        byte[] name = shard.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + name.length)
                .putLong(tickMs)
                .put(name)
                .array());
    }

    @Override
    public void put(String key, byte[] value) {
        memory.put(key, value);
    }

    @Override
    public void delete(String key) {
        memory.delete(key);
    }
}
