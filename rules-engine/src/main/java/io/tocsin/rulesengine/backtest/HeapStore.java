package io.tocsin.rulesengine.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A store on the heap, that ends with its process: what is evaluated once needs no other. */
final class HeapStore<K extends Comparable<K>, V> implements KeyValueStore<K, V> {

    private final String name;
    private final TreeMap<K, V> entries = new TreeMap<>();

    HeapStore(String name) {
        this.name = name;
    }

    @Override
    public void put(K key, @Nullable V value) {
        if (value == null) {
            entries.remove(key);
        } else {
            entries.put(key, value);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's type says nothing of absence.
    public V putIfAbsent(K key, V value) {
        return entries.putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<K, V>> all) {
        all.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    @SuppressWarnings("NullAway")
    public V delete(K key) {
        return entries.remove(key);
    }

    @Override
    @SuppressWarnings("NullAway")
    public V get(K key) {
        return entries.get(key);
    }

    @Override
    public KeyValueIterator<K, V> range(@Nullable K from, @Nullable K to) {
        Map<K, V> part = from == null ? entries : entries.tailMap(from, true);
        return new Entries<>(part.entrySet().stream()
                .filter(entry -> to == null || entry.getKey().compareTo(to) <= 0)
                .map(entry -> KeyValue.pair(entry.getKey(), entry.getValue()))
                .toList());
    }

    @Override
    public KeyValueIterator<K, V> all() {
        return range(null, null);
    }

    @Override
    public long approximateNumEntries() {
        return entries.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        // Nothing to restore from.
    }

    @Override
    public void close() {
        entries.clear();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    /** Entries as they were when they were asked for. */
    static final class Entries<K, V> implements KeyValueIterator<K, V> {

        private final List<KeyValue<K, V>> all;
        private int next;

        Entries(List<KeyValue<K, V>> all) {
            this.all = new ArrayList<>(all);
        }

        @Override
        public K peekNextKey() {
            return all.get(next).key;
        }

        @Override
        public boolean hasNext() {
            return next < all.size();
        }

        @Override
        public KeyValue<K, V> next() {
            if (!hasNext()) {
                throw new java.util.NoSuchElementException();
            }
            return all.get(next++);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
