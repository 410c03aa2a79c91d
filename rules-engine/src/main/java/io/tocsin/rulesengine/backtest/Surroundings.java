package io.tocsin.rulesengine.backtest;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;

/**
 * What a processor sees around it when no Kafka Streams is there: stores on the heap, and someone who takes what it says
 * before {@link #forward} returns. The machine's time is long after all records, so that nothing is committed for their sake.
 */
final class Surroundings<K, V> implements ProcessorContext<K, V> {

    private final TaskId task;
    private final Consumer<Record<K, V>> next;
    private final Map<String, StateStore> stores = new HashMap<>();
    private Optional<RecordMetadata> origin = Optional.empty();

    Surroundings(int partition, Set<StoreBuilder<?>> builders, Consumer<Record<K, V>> next) {
        this.task = new TaskId(0, partition);
        this.next = next;
        builders.forEach(builder -> stores.put(builder.name(), store(builder)));
    }

    private static StateStore store(StoreBuilder<?> builder) {
        return builder.build() instanceof WindowStore<?, ?>
                ? new NoHistory(builder.name())
                : new HeapStore<Bytes, byte[]>(builder.name());
    }

    /** The record that is processed now. */
    void at(String topic, long offset) {
        origin = Optional.of(new Origin(topic, task.partition(), offset));
    }

    private record Origin(String topic, int partition, long offset) implements RecordMetadata {}

    @Override
    public <A extends K, B extends V> void forward(Record<A, B> record) {
        next.accept(new Record<>(record.key(), record.value(), record.timestamp(), record.headers()));
    }

    @Override
    public <A extends K, B extends V> void forward(Record<A, B> record, String child) {
        forward(record);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // As Kafka declares it.
    public <S extends StateStore> S getStateStore(String name) {
        StateStore store = stores.get(name);
        if (store == null) {
            throw new IllegalStateException("no store " + name);
        }
        return (S) store;
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return origin;
    }

    @Override
    public TaskId taskId() {
        return task;
    }

    @Override
    public void commit() {
        // Nothing outlives the run.
    }

    @Override
    public long currentSystemTimeMs() {
        return Long.MAX_VALUE;
    }

    @Override
    public long currentStreamTimeMs() {
        throw new UnsupportedOperationException("time is in the records");
    }

    @Override
    public String applicationId() {
        return "backtest";
    }

    @Override
    public Map<String, Object> appConfigs() {
        return Map.of();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        return Map.of();
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback) {
        throw new UnsupportedOperationException("a log of the past has no other time than its own");
    }

    @Override
    public Cancellable schedule(Instant start, Duration interval, PunctuationType type, Punctuator callback) {
        return schedule(interval, type, callback);
    }

    @Override
    public Serde<?> keySerde() {
        throw new UnsupportedOperationException("nothing is serialised");
    }

    @Override
    public Serde<?> valueSerde() {
        throw new UnsupportedOperationException("nothing is serialised");
    }

    @Override
    public File stateDir() {
        throw new UnsupportedOperationException("nothing is on disk");
    }

    @Override
    public StreamsMetrics metrics() {
        throw new UnsupportedOperationException("nobody measures it");
    }
}
