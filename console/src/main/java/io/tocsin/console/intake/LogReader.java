package io.tocsin.console.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import io.prometheus.metrics.core.metrics.Counter;
import io.tocsin.console.intake.Intake.Outcome;
import io.tocsin.runtime.health.ReadinessCheck;
import io.tocsin.runtime.kafka.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
 * Reads the topics of some intakes, as far back as each wants, and goes on. It belongs to no group: each console has the
 * whole picture, and keeps no place of its own in the log.
 */
public final class LogReader implements ReadinessCheck, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration ASK = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 1_000;

    private final KafkaSettings kafka;
    private final Map<String, Intake> intakes = new TreeMap<>();
    private final InstantSource clock;
    private final Counter records;
    private final Runnable changed;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private volatile @Nullable String problem = "the log is being read";
    private volatile @Nullable KafkaConsumer<byte[], byte[]> running;
    private @Nullable Thread thread;
    /** Where each partition ended when reading began; empty once all of that has been read. */
    private final Map<TopicPartition, Long> behind = new HashMap<>();

    /**
     * Does not read yet.
     *
     * @param kafka where the log is
     * @param takers what is made of it
     * @param records counts by topic and outcome
     * @param changed is called after a picture has changed, on the reading thread
     */
    public LogReader(KafkaSettings kafka, List<Intake> takers, InstantSource clock, Counter records, Runnable changed) {
        this.kafka = kafka;
        takers.forEach(intake -> intake.topics().keySet().forEach(topic -> intakes.put(topic, intake)));
        this.clock = clock;
        this.records = records;
        this.changed = changed;
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
        for (String topic : intakes.keySet()) {
            var known = consumer.partitionsFor(topic, ASK);
            if (known == null || known.isEmpty()) {
                return false;
            }
            known.forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        }
        consumer.assign(partitions);
        try {
            seek(consumer, partitions);
            behind.putAll(consumer.endOffsets(partitions, ASK));
        } catch (KafkaException e) {
            // Without the ends nobody could tell when the picture is current: begin anew.
            consumer.unsubscribe();
            throw e;
        }
        return true;
    }

    /** To the first record that is not older than its intake wants. */
    private void seek(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> from = new HashMap<>();
        partitions.forEach(partition -> from.put(partition, oldest(partition.topic())));
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ASK);
        consumer.offsetsForTimes(from, ASK)
                .forEach((partition, found) ->
                        consumer.seek(partition, found == null ? ends.getOrDefault(partition, 0L) : found.offset()));
    }

    private long oldest(String topic) {
        Duration wanted = intake(topic).topics().getOrDefault(topic, Intake.EVERYTHING);
        return Math.max(0, clock.instant().minus(wanted).toEpochMilli());
    }

    private Intake intake(String topic) {
        Intake intake = intakes.get(topic);
        if (intake == null) {
            throw new IllegalStateException("nobody asked for " + topic);
        }
        return intake;
    }

    private void read(ConsumerRecords<byte[], byte[]> batch) {
        boolean news = false;
        Set<Intake> touched = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> one : batch) {
            Outcome outcome = one.value() == null ? Outcome.KNOWN : apply(one);
            news |= outcome == Outcome.NEWS;
            if (outcome != Outcome.KNOWN) {
                touched.add(intake(one.topic()));
            }
        }
        touched.forEach(Intake::publish);
        if (news) {
            changed.run();
        }
    }

    private Outcome apply(ConsumerRecord<byte[], byte[]> one) {
        Outcome outcome = Outcome.KNOWN;
        String counted = "unreadable";
        try {
            outcome = intake(one.topic()).apply(one.topic(), Instant.ofEpochMilli(one.timestamp()), one.value());
            counted = outcome == Outcome.KNOWN ? "known" : "applied";
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            LOG.warn("{}-{}@{} is left out: {}", one.topic(), one.partition(), one.offset(), e.getMessage());
        }
        records.labelValues(one.topic(), counted).inc();
        return outcome;
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
