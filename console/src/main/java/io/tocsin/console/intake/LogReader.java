package io.tocsin.console.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import io.prometheus.metrics.core.metrics.Counter;
import io.tocsin.console.incident.Board;
import io.tocsin.console.incident.BoardFold;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.RemediationEvent;
import io.tocsin.runtime.health.ReadinessCheck;
import io.tocsin.runtime.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all of tocsin.incidents and tocsin.remediations from their beginning and goes on. It belongs to no group: each
 * console has the whole picture, and keeps no place of its own in the log.
 */
public final class LogReader implements ReadinessCheck, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
    private static final List<String> TOPICS = List.of(Topics.INCIDENTS.name(), Topics.REMEDIATIONS.name());
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration ASK = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 1_000;

    private final KafkaSettings kafka;
    private final BoardFold fold;
    private final Counter records;
    private final Runnable changed;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private volatile Board board = Board.EMPTY;
    private volatile @Nullable String problem = "the log is being read";
    private volatile @Nullable KafkaConsumer<byte[], byte[]> running;
    private @Nullable Thread thread;
    /** Where each partition ended when reading began; empty once all of that has been read. */
    private final Map<TopicPartition, Long> behind = new HashMap<>();

    /**
     * Does not read yet.
     *
     * @param kafka where the log is
     * @param fold what is made of it
     * @param records counts by topic and outcome
     * @param changed is called after the board has changed, on the reading thread
     */
    public LogReader(KafkaSettings kafka, BoardFold fold, Counter records, Runnable changed) {
        this.kafka = kafka;
        this.fold = fold;
        this.records = records;
        this.changed = changed;
    }

    /** What is known now. */
    public Board board() {
        return board;
    }

    /** Starts to read. */
    public void start() {
        thread = Thread.ofPlatform().name("console-intake").daemon(true).start(this::run);
    }

    @Override
    public String name() {
        return "log";
    }

    /** What keeps the picture from being current; empty when nothing does. */
    @Override
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void run() {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "earliest");
        properties.put("allow.auto.create.topics", false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            running = consumer;
            while (stopped.getCount() > 0) {
                round(consumer);
            }
        } catch (WakeupException e) {
            LOG.debug("woken up to stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
        try {
            if (consumer.assignment().isEmpty() && !assign(consumer)) {
                say("the topics do not exist yet");
                pause();
                return;
            }
            read(consumer.poll(POLL));
            behind.entrySet().removeIf(end -> consumer.position(end.getKey(), ASK) >= end.getValue());
            say(behind.isEmpty() ? null : "the log is being read");
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            say("Kafka cannot be read: " + e.getMessage());
            LOG.warn("the log cannot be read, trying again", e);
            pause();
        }
    }

    private boolean assign(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : TOPICS) {
            var known = consumer.partitionsFor(topic, ASK);
            if (known == null || known.isEmpty()) {
                return false;
            }
            known.forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        try {
            behind.putAll(consumer.endOffsets(partitions, ASK));
        } catch (KafkaException e) {
            // Without the ends nobody could tell when the picture is current: begin anew.
            consumer.unsubscribe();
            throw e;
        }
        return true;
    }

    private void read(ConsumerRecords<byte[], byte[]> batch) {
        boolean news = false;
        for (ConsumerRecord<byte[], byte[]> one : batch) {
            news |= one.value() != null && apply(one);
        }
        if (news) {
            board = fold.board();
            changed.run();
        }
    }

    private boolean apply(ConsumerRecord<byte[], byte[]> one) {
        boolean news = false;
        String outcome = "unreadable";
        try {
            news = one.topic().equals(Topics.INCIDENTS.name()) ? incident(one.value()) : remediation(one.value());
            outcome = news ? "applied" : "known";
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            LOG.warn("{}-{}@{} is left out: {}", one.topic(), one.partition(), one.offset(), e.getMessage());
        }
        records.labelValues(one.topic(), outcome).inc();
        return news;
    }

    private boolean incident(byte[] value) throws InvalidProtocolBufferException {
        return fold.apply(IncidentMapping.incident(IncidentSnapshot.parseFrom(value)));
    }

    private boolean remediation(byte[] value) throws InvalidProtocolBufferException {
        RemediationEvent event = RemediationEvent.parseFrom(value);
        return fold.apply(
                event.getIncidentId(),
                event.getRunId(),
                event.getPlaybook(),
                event.getTarget(),
                IncidentMapping.event(event));
    }

    /** The page says it too: whoever looks must know that the picture may be old. */
    private void say(@Nullable String now) {
        String before = problem;
        problem = now;
        if (!java.util.Objects.equals(before, now)) {
            changed.run();
        }
    }

    private void pause() throws InterruptedException {
        // Ends at once when the reader is closed.
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
}
