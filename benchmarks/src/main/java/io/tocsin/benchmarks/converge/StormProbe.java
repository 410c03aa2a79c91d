package io.tocsin.benchmarks.converge;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.IncidentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Notes how many alerts the open incidents have, and since when, as a consumer that reads committed records sees it. */
final class StormProbe implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(10);

    private final Map<String, IncidentSnapshot> newest = new ConcurrentHashMap<>();
    /** By how many alerts were in incidents: since when at least so many were. */
    private final ConcurrentSkipListMap<Integer, Long> since = new ConcurrentSkipListMap<>();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("storm-probe").unstarted(this::run);
    private volatile boolean stopped;
    private volatile int largest;

    StormProbe(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.INCIDENTS.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.start();
    }

    Map<String, IncidentSnapshot> newest() {
        return newest;
    }

    /** The largest snapshot, bytes. */
    int largest() {
        return largest;
    }

    /** How many alerts the open incidents have. */
    int counted() {
        return newest.values().stream()
                .filter(incident -> incident.getStatus() == IncidentStatus.OPEN)
                .mapToInt(IncidentSnapshot::getAlerts)
                .sum();
    }

    /** Waits until so many alerts are in incidents, or the time is over. */
    void awaitCounted(int alerts, Duration within) {
        Instant deadline = Instant.now().plus(within);
        while (counted() < alerts && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /**
     * How long it took each alert from its acknowledgement until the incidents had it, nanoseconds; those that never
     * arrived are left out, which {@link #counted} tells.
     */
    List<Long> delays(List<Long> acknowledged) {
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < acknowledged.size(); i++) {
            Map.Entry<Integer, Long> seen = since.ceilingEntry(i + 1);
            if (seen != null) {
                delays.add(Math.max(0, seen.getValue() - acknowledged.get(i)));
            }
        }
        return delays;
    }

    private void run() {
        while (!stopped) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            long now = System.nanoTime();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                IncidentSnapshot incident = read(record);
                newest.put(incident.getId(), incident);
                largest = Math.max(largest, record.value().length);
            }
            if (!records.isEmpty()) {
                since.putIfAbsent(counted(), now);
            }
        }
    }

    private static IncidentSnapshot read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return IncidentSnapshot.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("not readable: an incident at offset " + record.offset(), e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join();
        consumer.close();
    }
}
