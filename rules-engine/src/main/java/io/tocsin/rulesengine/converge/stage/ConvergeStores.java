package io.tocsin.rulesengine.converge.stage;

import io.tocsin.rulesengine.converge.ConvergeState;
import io.tocsin.rulesengine.converge.Fact;
import io.tocsin.rulesengine.converge.FactCodec;
import io.tocsin.rulesengine.converge.StateParts;
import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;
import io.tocsin.rulesengine.state.Watermarks;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The logged state of one partition of convergence: what it knows per environment, facts that wait, how far it is. */
final class ConvergeStores {

    /**
     * How far convergence is.
     *
     * @param marks how far each evaluate partition is
     * @param doneMs the newest tick that was converged
     * @param nextFact the number that the next fact in the inbox gets
     */
    record Position(Watermarks marks, long doneMs, long nextFact) {}

    private static final String STATE = "converge-parts";
    private static final String INBOX = "converge-inbox";
    private static final String POSITION = "converge-position";
    private static final int LAYOUT = 2;
    private static final char BETWEEN = '\0';

    private final KeyValueStore<String, byte[]> states;
    private final KeyValueStore<Bytes, byte[]> inbox;
    private final KeyValueStore<String, byte[]> position;

    ConvergeStores(ProcessorContext<?, ?> context) {
        this.states = context.getStateStore(STATE);
        this.inbox = context.getStateStore(INBOX);
        this.position = context.getStateStore(POSITION);
    }

    static Set<StoreBuilder<?>> builders() {
        return Set.of(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STATE), Serdes.String(), Serdes.ByteArray()),
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(INBOX), Serdes.Bytes(), Serdes.ByteArray()),
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(POSITION), Serdes.String(), Serdes.ByteArray()));
    }

    /** What is known of each environment. */
    SortedMap<String, ConvergeState> states() {
        SortedMap<String, Map<String, byte[]>> parts = new TreeMap<>();
        try (var entries = states.all()) {
            entries.forEachRemaining(entry -> {
                int end = entry.key.indexOf(BETWEEN);
                parts.computeIfAbsent(entry.key.substring(0, end), name -> new TreeMap<>())
                        .put(entry.key.substring(end + 1), entry.value);
            });
        }
        SortedMap<String, ConvergeState> all = new TreeMap<>();
        parts.forEach((environment, of) -> all.put(environment, StateParts.assemble(environment, of)));
        return all;
    }

    /** Writes what is new in a state. */
    void put(ConvergeState before, ConvergeState after) {
        StateParts.Changes changes = StateParts.between(before, after);
        String prefix = after.environment() + BETWEEN;
        changes.written().forEach((key, bytes) -> states.put(prefix + key, bytes));
        changes.removed().forEach(key -> states.delete(prefix + key));
    }

    /** The facts that wait, by environment and in the order they came. */
    SortedMap<String, SortedMap<Long, Fact>> inbox() {
        SortedMap<String, SortedMap<Long, Fact>> all = new TreeMap<>();
        try (var entries = inbox.all()) {
            entries.forEachRemaining(entry -> {
                ByteBuffer key = ByteBuffer.wrap(entry.key.get());
                long number = key.getLong();
                String environment = StandardCharsets.UTF_8.decode(key).toString();
                all.computeIfAbsent(environment, name -> new TreeMap<>()).put(number, FactCodec.decode(entry.value));
            });
        }
        return all;
    }

    void put(String environment, long number, Fact fact) {
        inbox.put(key(environment, number), FactCodec.encode(fact));
    }

    void remove(String environment, long number) {
        inbox.delete(key(environment, number));
    }

    private static Bytes key(String environment, long number) {
        byte[] name = environment.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + name.length)
                .putLong(number)
                .put(name)
                .array());
    }

    Position position(Watermarks expected) {
        byte[] bytes = position.get(POSITION);
        if (bytes == null) {
            return new Position(expected, Watermarks.NOTHING, 0);
        }
        StateReader in = new StateReader(bytes, LAYOUT);
        return new Position(expected.restored(Watermarks.decode(in.bytes())), in.number(), in.number());
    }

    void put(Position next) {
        position.put(
                POSITION,
                new StateWriter(LAYOUT)
                        .bytes(next.marks().encode())
                        .number(next.doneMs())
                        .number(next.nextFact())
                        .toBytes());
    }
}
