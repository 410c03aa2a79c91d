package io.tocsin.notifier.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.notifier.dispatch.Doorbell;
import io.tocsin.notifier.dispatch.IncidentDispatch;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.store.Offsets;
import io.tocsin.runtime.kafka.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads tocsin.incidents. Kafka shares the partitions out; where reading goes on is kept in PostgreSQL, in the
 * transaction of the decisions, so that a record counts exactly once whoever dies when.
 */
public final class IncidentConsumer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IncidentConsumer.class);
    private static final String TOPIC = Topics.INCIDENTS.name();
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PAUSE_MILLIS = 1_000;

    private final KafkaSettings kafka;
    private final Jdbi jdbi;
    private final IncidentDispatch dispatch;
    private final InstantSource clock;
    private final Doorbell due;
    private final IntakeMetrics metrics;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    /** Partitions of this instance with the offset that they had when they were assigned. */
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    private volatile @Nullable String problem = "not yet assigned any partition";
    private volatile @Nullable KafkaConsumer<byte[], byte[]> running;
    private @Nullable Thread thread;

    public IncidentConsumer(
            KafkaSettings kafka,
            Jdbi jdbi,
            IncidentDispatch dispatch,
            InstantSource clock,
            Doorbell due,
            IntakeMetrics metrics) {
        this.kafka = kafka;
        this.jdbi = jdbi;
        this.dispatch = dispatch;
        this.clock = clock;
        this.due = due;
        this.metrics = metrics;
    }

    /** Starts to read. */
    public void start() {
        thread = Thread.ofPlatform().name("notifier-intake").daemon(true).start(this::run);
    }

    /** What keeps incidents from coming in; empty when nothing does. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Waits until what was in the log at the start has been read, or the limit is over: then it goes on without. */
    public void awaitCaughtUp(Duration limit) throws InterruptedException {
        if (caughtUp.getCount() > 0 && !caughtUp.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("incidents could not be read within {}: groups are decided on what is known", limit);
            caughtUp.countDown();
        }
    }

    private void run() {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put("group.id", "tocsin-notifier");
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "earliest");
        properties.put("allow.auto.create.topics", false);
        properties.putIfAbsent("session.timeout.ms", 10_000);
        properties.putIfAbsent("heartbeat.interval.ms", 3_000);
        // A topic that is made after this start is found within seconds.
        properties.putIfAbsent("metadata.max.age.ms", 5_000);
        try (DeadLetters deadLetters = new DeadLetters(kafka.clientProperties());
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            running = consumer;
            consumer.subscribe(List.of(TOPIC), new Assignment(consumer));
            while (stopped.getCount() > 0) {
                round(consumer, deadLetters);
            }
        } catch (WakeupException e) {
            LOG.debug("woken up to stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round(KafkaConsumer<byte[], byte[]> consumer, DeadLetters deadLetters) throws InterruptedException {
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (TopicPartition partition : records.partitions()) {
                accept(consumer, deadLetters, partition, records.records(partition));
            }
            checkCaughtUp(consumer);
            problem = ends.isEmpty() && consumer.assignment().isEmpty() ? problem : null;
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException | IllegalStateException e) {
            problem = "incidents cannot be read: " + e.getMessage();
            metrics.failed("kafka");
            LOG.warn("incidents cannot be read, trying again", e);
            pause();
        }
    }

    private void accept(
            KafkaConsumer<byte[], byte[]> consumer,
            DeadLetters deadLetters,
            TopicPartition partition,
            List<ConsumerRecord<byte[], byte[]>> records)
            throws InterruptedException {
        try {
            if (!decide(consumer, deadLetters, partition, records)) {
                // Another instance had the partition meanwhile: go on from where it is.
                seek(consumer, List.of(partition));
            }
            due.ring();
        } catch (RuntimeException e) {
            problem = "incidents cannot be stored: " + e.getMessage();
            metrics.failed("database");
            LOG.warn("incidents of {} could not be stored, trying again", partition, e);
            consumer.seek(partition, records.getFirst().offset());
            pause();
        }
    }

    private boolean decide(
            KafkaConsumer<byte[], byte[]> consumer,
            DeadLetters deadLetters,
            TopicPartition partition,
            List<ConsumerRecord<byte[], byte[]>> records)
            throws InterruptedException {
        Map<ConsumerRecord<byte[], byte[]>, Incident> incidents = new java.util.LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            read(record, deadLetters).ifPresent(incident -> incidents.put(record, incident));
        }
        Instant now = clock.instant();
        long next = consumer.position(partition);
        return jdbi.inTransaction(handle -> {
            OptionalLong from = Offsets.next(handle, TOPIC, partition.partition());
            if (from.orElse(0) > records.getFirst().offset()
                    || !Offsets.advance(handle, TOPIC, partition.partition(), from, next)) {
                return false;
            }
            incidents.values().forEach(incident -> count(accept(handle, incident, now)));
            return true;
        });
    }

    private boolean accept(Handle handle, Incident incident, Instant now) {
        return dispatch.accept(handle, incident, now);
    }

    private void count(boolean accepted) {
        if (accepted) {
            metrics.accepted();
        } else {
            metrics.outdated();
        }
    }

    private Optional<Incident> read(ConsumerRecord<byte[], byte[]> record, DeadLetters deadLetters)
            throws InterruptedException {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(IncidentMapping.incident(IncidentSnapshot.parseFrom(record.value())));
        } catch (InvalidProtocolBufferException e) {
            deadLetters.write(record, "MALFORMED", String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            deadLetters.write(record, "INCOMPLETE", String.valueOf(e.getMessage()));
        }
        metrics.dead();
        return Optional.empty();
    }

    private void seek(KafkaConsumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            OptionalLong next = jdbi.withHandle(handle -> Offsets.next(handle, TOPIC, partition.partition()));
            if (next.isPresent()) {
                consumer.seek(partition, next.getAsLong());
            } else {
                consumer.seekToBeginning(Set.of(partition));
            }
        }
    }

    private void checkCaughtUp(KafkaConsumer<byte[], byte[]> consumer) {
        if (caughtUp.getCount() == 0 || consumer.assignment().isEmpty()) {
            return;
        }
        Set<TopicPartition> behind = new HashSet<>(ends.keySet());
        behind.retainAll(consumer.assignment());
        behind.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
        if (behind.isEmpty()) {
            caughtUp.countDown();
        }
    }

    private void pause() throws InterruptedException {
        // Ends at once when the consumer is closed.
        boolean closed = stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        LOG.debug("paused, closed: {}", closed);
    }

    @Override
    public void close() {
        stopped.countDown();
        KafkaConsumer<byte[], byte[]> consumer = running;
        if (consumer != null) {
            consumer.wakeup();
        }
        Thread reading = thread;
        if (reading != null) {
            try {
                reading.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class Assignment implements ConsumerRebalanceListener {

        private final KafkaConsumer<byte[], byte[]> consumer;

        Assignment(KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            seek(consumer, partitions);
            ends.putAll(consumer.endOffsets(partitions));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(ends::remove);
        }
    }
}
