package io.tocsin.selfheal.intake;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.DeadLetter;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.store.Incidents;
import io.tocsin.selfheal.store.Offsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest snapshot of each incident. Every instance reads every partition: storing the same snapshot twice
 * changes nothing, and the one that acts must have read everything itself.
 */
public final class IncidentConsumer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IncidentConsumer.class);
    private static final String TOPIC = Topics.INCIDENTS.name();
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration ASK_END = Duration.ofSeconds(5);
    private static final Duration CURRENT = Duration.ofSeconds(15);

    private final Map<String, Object> clientProperties;
    private final Jdbi jdbi;
    private final Runnable changed;
    private final Thread thread =
            Thread.ofPlatform().name("selfheal-intake").daemon(true).unstarted(this::run);
    private volatile boolean closed;
    private volatile boolean caughtUp;
    private volatile long currentAt = System.nanoTime() - CURRENT.toNanos();
    private volatile @Nullable String problem = "incidents are not read yet";

    /** @param changed told after incidents were stored */
    public IncidentConsumer(Map<String, Object> clientProperties, Jdbi jdbi, Runnable changed) {
        this.clientProperties = Map.copyOf(clientProperties);
        this.jdbi = jdbi;
        this.changed = changed;
    }

    /** Starts to read. */
    public void start() {
        thread.start();
    }

    /** Whether everything that was in the log at the start has been read. */
    public boolean caughtUp() {
        return caughtUp;
    }

    /** Whether everything that is in the log has been read, as of the last 15 s: a silent log may be one that is out of reach. */
    public boolean current() {
        return caughtUp && System.nanoTime() - currentAt < CURRENT.toNanos();
    }

    /** What keeps incidents from coming in; empty when nothing does. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void run() {
        while (!closed) {
            try (KafkaConsumer<byte[], byte[]> consumer = consumer();
                    KafkaProducer<byte[], byte[]> deadLetters = deadLetters()) {
                read(consumer, deadLetters);
            } catch (WakeupException e) {
                LOG.debug("woken up to stop");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                // Nothing was passed over: the offset moves in the transaction of the incidents.
                problem = String.valueOf(e.getMessage());
                LOG.warn("incidents cannot be read, trying again", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> deadLetters)
            throws InterruptedException {
        List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        partitions.forEach(partition -> jdbi.withHandle(handle -> Offsets.next(handle, TOPIC, partition.partition()))
                .ifPresentOrElse(
                        next -> consumer.seek(partition, next), () -> consumer.seekToBeginning(List.of(partition))));
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long asked = System.nanoTime();
        while (!closed) {
            store(consumer.poll(POLL), deadLetters);
            if (reached(consumer, ends)) {
                caughtUp = true;
                currentAt = asked;
                problem = null;
                if (System.nanoTime() - asked > ASK_END.toNanos()) {
                    asked = System.nanoTime();
                    // Throws when the log is out of reach, of which polling says nothing.
                    ends = consumer.endOffsets(partitions, ASK_END);
                }
            }
        }
    }

    private static boolean reached(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void store(ConsumerRecords<byte[], byte[]> records, KafkaProducer<byte[], byte[]> deadLetters)
            throws InterruptedException {
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> batch = records.records(partition);
            Map<String, IncidentSnapshot> newest = new HashMap<>();
            for (ConsumerRecord<byte[], byte[]> record : batch) {
                parse(record, deadLetters).ifPresent(snapshot -> newest.put(snapshot.getId(), snapshot));
            }
            jdbi.useTransaction(handle -> {
                for (IncidentSnapshot snapshot : newest.values()) {
                    Incident incident = IncidentMapping.incident(snapshot);
                    Incidents.put(handle, incident, snapshot.toByteArray());
                }
                Offsets.put(
                        handle, TOPIC, partition.partition(), batch.getLast().offset() + 1);
            });
            changed.run();
        }
    }

    private static Optional<IncidentSnapshot> parse(
            ConsumerRecord<byte[], byte[]> record, KafkaProducer<byte[], byte[]> deadLetters)
            throws InterruptedException {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            IncidentSnapshot snapshot = IncidentSnapshot.parseFrom(record.value());
            // What cannot be mapped is as useless as what cannot be parsed.
            var _ = IncidentMapping.incident(snapshot);
            return Optional.of(snapshot);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            DeadLetter letter = DeadLetter.newBuilder()
                    .setModule("selfheal")
                    .setReason("UNREADABLE")
                    .setDetail(String.valueOf(e.getMessage()))
                    .setTopic(record.topic())
                    .setPartition(record.partition())
                    .setOffset(record.offset())
                    .setValue(ByteString.copyFrom(record.value()))
                    .build();
            acknowledged(deadLetters, letter);
            return Optional.empty();
        }
    }

    private static void acknowledged(KafkaProducer<byte[], byte[]> producer, DeadLetter letter)
            throws InterruptedException {
        try {
            var _ = producer.send(new ProducerRecord<>(Topics.DEAD_LETTERS.name(), letter.toByteArray()))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the dead letter was not acknowledged", e);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put("client.id", "tocsin-selfheal");
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "earliest");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> deadLetters() {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put("client.id", "tocsin-selfheal-dead-letters");
        properties.put("acks", "all");
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
