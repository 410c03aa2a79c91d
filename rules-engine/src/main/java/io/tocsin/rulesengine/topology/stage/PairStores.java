package io.tocsin.rulesengine.topology.stage;

import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;
import io.tocsin.rulesengine.state.Watermarks;
import io.tocsin.rulesengine.topology.EdgeWindow;
import io.tocsin.rulesengine.topology.HalfCall;
import io.tocsin.rulesengine.topology.Pairing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The logged state of one partition of pairing: sides that wait, calls that are counted, addresses, time. */
final class PairStores implements Pairing.Mirror {

    private static final String WAITING = "pair-waiting";
    private static final String WINDOWS = "pair-windows";
    private static final String PEERS = "pair-peers";
    private static final String POSITION = "pair-position";
    private static final int LAYOUT = 2;
    private static final char SEPARATOR = '\0';

    private final KeyValueStore<String, byte[]> waiting;
    private final KeyValueStore<String, byte[]> windows;
    private final KeyValueStore<String, String> peers;
    private final KeyValueStore<String, byte[]> position;

    PairStores(ProcessorContext<?, ?> context) {
        this.waiting = context.getStateStore(WAITING);
        this.windows = context.getStateStore(WINDOWS);
        this.peers = context.getStateStore(PEERS);
        this.position = context.getStateStore(POSITION);
    }

    static Set<StoreBuilder<?>> builders() {
        return Set.of(
                bytes(WAITING),
                bytes(WINDOWS),
                bytes(POSITION),
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(PEERS), Serdes.String(), Serdes.String()));
    }

    private static StoreBuilder<?> bytes(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray());
    }

    /** Rebuilds pairing as it was after the last record; how far the shards are at the very beginning is for the caller to say. */
    Watermarks restore(Pairing pairing, Watermarks initial) {
        byte[] bytes = position.get(POSITION);
        Watermarks known = bytes == null ? initial : decode(bytes, initial);
        List<HalfCall> halves = new ArrayList<>();
        try (var all = waiting.all()) {
            all.forEachRemaining(entry -> halves.add(HalfCall.decode(entry.value)));
        }
        List<EdgeWindow> counted = new ArrayList<>();
        try (var all = windows.all()) {
            all.forEachRemaining(entry -> counted.add(EdgeWindow.decode(entry.value)));
        }
        Map<String, String> addresses = new HashMap<>();
        try (var all = peers.all()) {
            all.forEachRemaining(entry -> addresses.put(entry.key, entry.value));
        }
        OptionalLong reached = known.reachedByAll();
        pairing.restore(halves, counted, addresses, reached.orElse(0));
        return known;
    }

    private static Watermarks decode(byte[] bytes, Watermarks initial) {
        return initial.restored(Watermarks.decode(new StateReader(bytes, LAYOUT).bytes()));
    }

    void put(Watermarks next) {
        position.put(POSITION, new StateWriter(LAYOUT).bytes(next.encode()).toBytes());
    }

    @Override
    public void waits(HalfCall half) {
        waiting.put(key(half), half.encode());
    }

    @Override
    public void nolongerWaits(HalfCall half) {
        waiting.delete(key(half));
    }

    private static String key(HalfCall half) {
        return (half.client() ? "c" : "s") + half.call();
    }

    @Override
    public void counted(EdgeWindow window) {
        windows.put(key(window), window.encode());
    }

    void ended(EdgeWindow window) {
        windows.delete(key(window));
    }

    private static String key(EdgeWindow window) {
        return Long.toString(window.endMs())
                + SEPARATOR
                + String.join(
                        String.valueOf(SEPARATOR),
                        window.edge().environment(),
                        window.edge().caller(),
                        window.edge().callee());
    }

    @Override
    public void peer(String address, String service) {
        peers.put(address, service);
    }

    @Override
    public void peerForgotten(String address) {
        peers.delete(address);
    }
}
