package io.tocsin.rulesengine.heartbeat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.Door;
import io.tocsin.rulesengine.tick.DoorEvidence;
import io.tocsin.rulesengine.tick.DoorLedger;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends a heartbeat to each owned telemetry partition once every tick. It has a thread, a consumer of the doors and a
 * producer of its own, outside of every transaction, so that time goes on while the engine commits. What the doors prove
 * rides in the heartbeat, because a second input would have no order relative to the telemetry.
 */
public final class HeartbeatWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatWriter.class);
    private static final TopicPartition DOORS = new TopicPartition(Topics.DOORS.name(), 0);
    private static final TopicPartition RULES = new TopicPartition(Topics.RULES.name(), 0);
    private static final Duration KNOWN_DOORS = Duration.ofSeconds(60);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final byte[] EMPTY = new byte[0];

    private final Map<String, Object> clientProperties;
    private final Supplier<Set<TopicPartition>> owned;
    private final LongSupplier periodMs;
    private final Clock clock;
    private final Counter sent;
    private final Counter failed;
    private final Gauge complete;
    private final DoorLedger doors = new DoorLedger();
    private final Thread thread =
            Thread.ofPlatform().name("tocsin-heartbeat").daemon().unstarted(this::run);
    private volatile boolean closed;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> polling;
    private String said = "";

    /**
     * @param clientProperties where Kafka is
     * @param owned the partitions to write to, asked before each beat
     * @param periodMs time between two beats, milliseconds, asked before each
     */
    public HeartbeatWriter(
            Map<String, Object> clientProperties,
            Supplier<Set<TopicPartition>> owned,
            LongSupplier periodMs,
            Clock clock,
            PrometheusRegistry registry) {
        this.clientProperties = Map.copyOf(clientProperties);
        this.owned = owned;
        this.periodMs = periodMs;
        this.clock = clock;
        this.sent = Counter.builder()
                .name("tocsin_engine_heartbeats")
                .help("Heartbeats in the log")
                .register(registry);
        this.failed = Counter.builder()
                .name("tocsin_engine_heartbeats_failed")
                .help("Heartbeats that the broker did not take")
                .register(registry);
        this.complete = Gauge.builder()
                .name("tocsin_engine_doors_complete")
                .help("Whether the doors prove that silence is the senders' (1) or not (0)")
                .register(registry);
    }

    /** Begins to beat. */
    public void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            try (KafkaConsumer<byte[], byte[]> consumer = consumer();
                    KafkaProducer<byte[], byte[]> producer = producer()) {
                polling = consumer;
                seek(consumer);
                beat(consumer, producer);
            } catch (WakeupException | InterruptException e) {
                LOG.debug("heartbeat stopped", e);
            } catch (KafkaException e) {
                // Without heartbeats no tick fires and nothing changes state: to try again is safe.
                LOG.error("heartbeats stopped, beginning again", e);
                failed.inc();
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

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put("client.id", "tocsin-engine-doors");
        properties.put("enable.auto.commit", false);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put("client.id", "tocsin-engine-heartbeat");
        properties.put("acks", "all");
        properties.put("linger.ms", 0);
        // A heartbeat that is late by seconds is no evidence any more.
        properties.put("max.block.ms", 5_000);
        properties.put("request.timeout.ms", 4_000);
        properties.put("delivery.timeout.ms", 5_000);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void seek(KafkaConsumer<byte[], byte[]> consumer) {
        // Of the rules only the end is asked for; Kafka warns each time unless the partition is assigned.
        consumer.assign(List.of(DOORS, RULES));
        consumer.pause(List.of(RULES));
        long since = clock.millis() - KNOWN_DOORS.toMillis();
        OffsetAndTimestamp first =
                consumer.offsetsForTimes(Map.of(DOORS, since)).get(DOORS);
        if (first == null) {
            consumer.seekToEnd(List.of(DOORS));
        } else {
            consumer.seek(DOORS, first.offset());
        }
    }

    private void beat(KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer) {
        while (!closed) {
            long period = periodMs.getAsLong();
            long next = Math.floorDiv(clock.millis(), period) * period + period;
            long rest = next - clock.millis();
            while (rest > 0) {
                consumer.poll(Duration.ofMillis(rest)).forEach(this::report);
                rest = next - clock.millis();
            }
            DoorEvidence evidence = doors.evidence(clock.millis());
            say(evidence);
            long rulesEnd = consumer.endOffsets(Set.of(RULES)).getOrDefault(RULES, 0L);
            Heartbeat heartbeat = new Heartbeat(rulesEnd, evidence);
            owned.get().forEach(partition -> send(producer, partition, heartbeat));
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, TopicPartition partition, Heartbeat heartbeat) {
        var _ = producer.send(
                new ProducerRecord<>(partition.topic(), partition.partition(), null, EMPTY, EMPTY, heartbeat.headers()),
                (metadata, error) -> {
                    if (error == null) {
                        sent.inc();
                    } else {
                        failed.inc();
                        LOG.warn("no heartbeat in {}", partition, error);
                    }
                });
    }

    private void report(ConsumerRecord<byte[], byte[]> record) {
        try {
            Door door = Door.parseFrom(record.value());
            doors.report(
                    new DoorLedger.Report(
                            door.getCollector(),
                            door.getAccepting(),
                            door.getRefused(),
                            door.getOldestUnacknowledgedMs(),
                            door.getClosing()),
                    record.timestamp());
        } catch (InvalidProtocolBufferException e) {
            // The door stays silent for us, and so is no evidence.
            LOG.warn("not a door record at offset {}", record.offset(), e);
        }
    }

    private void say(DoorEvidence evidence) {
        complete.set(evidence.complete() ? 1 : 0);
        if (!evidence.reason().equals(said)) {
            said = evidence.reason();
            LOG.info("doors: {}", evidence.complete() ? "complete" : said);
        }
    }

    @Override
    public void close() {
        closed = true;
        KafkaConsumer<byte[], byte[]> consumer = polling;
        if (consumer != null) {
            consumer.wakeup();
        }
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
