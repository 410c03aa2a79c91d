package io.tocsin.benchmarks.chaos;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.TickDone;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What {@code tocsin.alerts} holds, committed.
 *
 * @param events the bytes of each event by partition and what identifies it
 * @param duplicates how many events came more than once
 * @param doneMs the newest tick of each evaluate partition that is done
 */
record AlertLog(Map<String, byte[]> events, long duplicates, Map<Integer, Long> doneMs) {

    private static final Duration POLL = Duration.ofMillis(200);

    /** Reads all of it. */
    static AlertLog read(String bootstrapServers) {
        Map<String, byte[]> events = new TreeMap<>();
        Map<Integer, Long> done = new TreeMap<>();
        long duplicates = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.ALERTS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    AlertEvent event = parse(record.value());
                    if (event.hasTickDone()) {
                        done.merge(
                                event.getTickDone().getEvaluatePartition(),
                                event.getTickDone().getTickMs(),
                                Math::max);
                    }
                    String key = record.partition() + " " + key(event);
                    duplicates += events.put(key, record.value()) == null ? 0 : 1;
                }
            }
        }
        return new AlertLog(events, duplicates, done);
    }

    private static String key(AlertEvent event) {
        return event.hasTickDone()
                ? "tick " + event.getTickDone().getEvaluatePartition() + " "
                        + event.getTickDone().getTickMs()
                : "transition " + event.getTransition().getId();
    }

    /** Its events of ticks up to this one; duplicates count all the same. */
    AlertLog upTo(long tickMs) {
        Map<String, byte[]> kept = new TreeMap<>(events);
        kept.values().removeIf(bytes -> tick(bytes) > tickMs);
        return new AlertLog(kept, duplicates, doneMs);
    }

    /** Its events of ticks after this one. */
    AlertLog after(long tickMs) {
        Map<String, byte[]> kept = new TreeMap<>(events);
        kept.values().removeIf(bytes -> tick(bytes) <= tickMs);
        return new AlertLog(kept, duplicates, doneMs);
    }

    /** How many of its events say that a tick is done. */
    long ticks() {
        return events.size() - transitions();
    }

    /** The keys of the transitions whose alert has such labels. */
    List<String> transitionsWhere(Predicate<Map<String, String>> labels) {
        return events.entrySet().stream()
                .filter(entry -> parse(entry.getValue()).hasTransition()
                        && labels.test(parse(entry.getValue()).getTransition().getLabelsMap()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static long tick(byte[] bytes) {
        AlertEvent event = parse(bytes);
        return event.hasTickDone()
                ? event.getTickDone().getTickMs()
                : event.getTransition().getAtMs();
    }

    private static AlertEvent parse(byte[] bytes) {
        try {
            return AlertEvent.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("not an event of tocsin.alerts", e);
        }
    }

    /** An event on one line. */
    String words(String key) {
        byte[] bytes = events.get(key);
        return bytes == null ? "" : parse(bytes).toString().replace('\n', ' ');
    }

    /** What ticks went on without, as lines that {@link io.tocsin.rulesengine.Replay#read} reads. */
    SortedSet<String> exclusions() {
        SortedSet<String> lines = new TreeSet<>();
        for (byte[] bytes : events.values()) {
            TickDone done = parse(bytes).getTickDone();
            if (done.getExcludedShardsCount() > 0) {
                lines.add(done.getEvaluatePartition() + " " + done.getTickMs() + " "
                        + String.join(",", done.getExcludedShardsList()));
            }
        }
        return lines;
    }

    /** How many of its events are transitions. */
    long transitions() {
        return events.keySet().stream()
                .filter(key -> key.contains(" transition "))
                .count();
    }

    /** The keys that are here and not there. */
    List<String> without(AlertLog other) {
        return events.keySet().stream()
                .filter(key -> !other.events.containsKey(key))
                .toList();
    }

    /** The keys that are in both, with other bytes. */
    List<String> differing(AlertLog other) {
        return events.entrySet().stream()
                .filter(entry -> {
                    byte[] there = other.events.get(entry.getKey());
                    return there != null && !Arrays.equals(there, entry.getValue());
                })
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The newest tick that every one of so many evaluate partitions is done with; 0 while one has said nothing. */
    long doneByAllMs(int evaluatePartitions) {
        return doneMs.size() < evaluatePartitions
                ? 0
                : doneMs.values().stream().mapToLong(Long::longValue).min().orElse(0);
    }
}
