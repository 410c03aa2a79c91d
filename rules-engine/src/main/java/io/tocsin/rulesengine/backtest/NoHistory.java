package io.tocsin.rulesengine.backtest;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * A store that forgets: shards write samples to theirs only to rebuild their heap after a restart, and what is evaluated
 * once is never restarted.
 */
record NoHistory(String name) implements WindowStore<Bytes, byte[]> {

    @Override
    public void put(Bytes key, byte @Nullable [] value, long windowStartMs) {
        // See above.
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's type says nothing of absence.
    public byte[] fetch(Bytes key, long atMs) {
        return null;
    }

    @Override
    public WindowStoreIterator<byte[]> fetch(Bytes key, long fromMs, long toMs) {
        return new Nothing();
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetch(Bytes from, Bytes to, long fromMs, long toMs) {
        return all();
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetchAll(long fromMs, long toMs) {
        return all();
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> all() {
        return new HeapStore.Entries<>(List.of());
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        // Nothing to restore from.
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    private static final class Nothing implements WindowStoreIterator<byte[]> {

        @Override
        public Long peekNextKey() {
            throw new java.util.NoSuchElementException();
        }

        @Override
        public boolean hasNext() {
            return false;
        }

        @Override
        public org.apache.kafka.streams.KeyValue<Long, byte[]> next() {
            throw new java.util.NoSuchElementException();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
