package io.tocsin.rulesengine.recording;

import io.tocsin.contracts.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Topics as they are in Kafka now, up to the end that they had when the reading began. Only what is committed. */
public final class KafkaLog implements Log {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** So many records of a partition wait for slower ones before it is paused. */
    private static final int BUFFER = 2_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Source> sources = new ArrayList<>();
    private final List<Partition> open = new ArrayList<>();
    private final PriorityQueue<Partition> heads = new PriorityQueue<>(
            Comparator.comparingLong((Partition partition) -> partition.head().timestampMs())
                    .thenComparingInt(partition -> partition.order));
    /** Whether a partition that is not at its end has no record here. */
    private boolean hungry = true;

    private static final class Partition {
        private final TopicPartition name;
        private final int order;
        private final long end;
        private final Queue<LoggedRecord> records = new ArrayDeque<>();

        Partition(TopicPartition name, int order, long end) {
            this.name = name;
            this.order = order;
            this.end = end;
        }

        LoggedRecord head() {
            return Objects.requireNonNull(records.peek());
        }
    }

    private KafkaLog(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * Begins to read.
     *
     * @param clientProperties where Kafka is
     * @param topics those that do not exist are left out; compacted ones are read from their beginning
     * @throws KafkaException when Kafka does not answer
     */
    public static KafkaLog open(Map<String, Object> clientProperties, List<Topic> topics, Span span) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", false);
        properties.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
        properties.put("max.poll.records", BUFFER);
        KafkaLog log =
                new KafkaLog(new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        try {
            log.assign(topics, span);
            return log;
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private void assign(List<Topic> topics, Span span) {
        Map<String, List<PartitionInfo>> existing = consumer.listTopics();
        Map<TopicPartition, Topic> partitions = new HashMap<>();
        for (Topic topic : topics) {
            List<PartitionInfo> found = existing.getOrDefault(topic.name(), List.of());
            if (!found.isEmpty()) {
                sources.add(new Source(topic.name(), found.size()));
                found.forEach(info -> partitions.put(new TopicPartition(info.topic(), info.partition()), topic));
            }
        }
        consumer.assign(partitions.keySet());
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions.keySet());
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions.keySet());
        Map<TopicPartition, Long> from = span.isOpenBefore() ? begins : at(partitions, span.fromMs(), ends);
        Map<TopicPartition, Long> to = span.isOpenAfter() ? ends : at(partitions, span.toMs() + 1, ends);
        partitions.entrySet().stream()
                .sorted(Comparator.comparingInt(
                                (Map.Entry<TopicPartition, Topic> entry) -> topics.indexOf(entry.getValue()))
                        .thenComparingInt(entry -> entry.getKey().partition()))
                .forEach(entry -> {
                    boolean whole = entry.getValue().cleanup() == Topic.Cleanup.COMPACT;
                    TopicPartition name = entry.getKey();
                    consumer.seek(name, (whole ? begins : from).getOrDefault(name, 0L));
                    open.add(new Partition(name, open.size(), to.getOrDefault(name, 0L)));
                });
    }

    /** The first record of each partition at or after a time, its end where there is none. */
    private Map<TopicPartition, Long> at(
            Map<TopicPartition, Topic> partitions, long timeMs, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.keySet().forEach(partition -> times.put(partition, Math.max(0, timeMs)));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition partition : partitions.keySet()) {
            OffsetAndTimestamp first = found.get(partition);
            long end = ends.getOrDefault(partition, 0L);
            offsets.put(partition, first == null ? end : Math.min(first.offset(), end));
        }
        return offsets;
    }

    @Override
    public List<Source> sources() {
        return List.copyOf(sources);
    }

    @Override
    public Optional<LoggedRecord> next() {
        if (hungry) {
            fill();
        }
        Partition first = heads.poll();
        if (first == null) {
            return Optional.empty();
        }
        LoggedRecord record = first.records.remove();
        if (first.records.isEmpty()) {
            hungry = open.contains(first);
        } else {
            heads.add(first);
        }
        return Optional.of(record);
    }

    /** Polls until every partition that is not at its end has a record, so that the earliest of all is known. */
    private void fill() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        open.removeIf(this::isRead);
        while (open.stream().anyMatch(partition -> partition.records.isEmpty())) {
            if (System.nanoTime() > deadline) {
                throw new KafkaException("Kafka gave no record for " + PATIENCE);
            }
            Map<Boolean, List<TopicPartition>> full = open.stream()
                    .collect(Collectors.partitioningBy(
                            partition -> partition.records.size() >= BUFFER,
                            Collectors.mapping(partition -> partition.name, Collectors.toList())));
            consumer.pause(full.getOrDefault(true, List.of()));
            consumer.resume(full.getOrDefault(false, List.of()));
            var polled = consumer.poll(POLL);
            for (Partition partition : open) {
                take(partition, polled.records(partition.name));
            }
            if (!polled.isEmpty()) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            }
            open.removeIf(this::isRead);
        }
        hungry = false;
    }

    private void take(Partition partition, List<ConsumerRecord<byte[], byte[]>> polled) {
        boolean waited = partition.records.isEmpty();
        polled.stream()
                .filter(record -> record.offset() < partition.end)
                .map(KafkaLog::logged)
                .forEach(partition.records::add);
        if (waited && !partition.records.isEmpty()) {
            heads.add(partition);
        }
    }

    /** Whether nothing more comes; what it gave may still wait for its turn. */
    private boolean isRead(Partition partition) {
        boolean read = consumer.position(partition.name) >= partition.end;
        if (read) {
            consumer.pause(List.of(partition.name));
        }
        return read;
    }

    private static LoggedRecord logged(ConsumerRecord<byte[], byte[]> record) {
        return new LoggedRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType() == TimestampType.LOG_APPEND_TIME,
                record.key(),
                record.value(),
                Arrays.stream(record.headers().toArray())
                        // Kafka decodes them late, and keeps the whole batch until then.
                        .<Header>map(header -> new RecordHeader(header.key(), header.value()))
                        .toList());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
