package io.tocsin.benchmarks.engine;

import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.Door;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Senders that report at their interval, spread evenly over it, and the door that they come through. */
public final class Load implements AutoCloseable {

    private static final byte[] DOOR = {'b'};

    private final Senders fleet;
    private final long intervalNanos;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicLong reports = new AtomicLong();
    private final NavigableMap<Long, Long> unacknowledged = new ConcurrentSkipListMap<>();
    private final Thread reporting = Thread.ofPlatform().daemon().name("load").unstarted(this::report);
    private final Thread door = Thread.ofPlatform().daemon().name("door").unstarted(this::open);
    private volatile boolean stopped;

    public Load(Senders fleet, Duration interval, String bootstrapServers) {
        this.fleet = fleet;
        this.intervalNanos = interval.toNanos();
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "compression.type",
                        "lz4",
                        "linger.ms",
                        5,
                        "delivery.timeout.ms",
                        300_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Begins to send. */
    public Load start() {
        reporting.start();
        door.start();
        return this;
    }

    /** How many reports were sent. */
    public long reports() {
        return reports.get();
    }

    private void report() {
        long started = System.nanoTime();
        for (long sent = 0; !stopped; sent++) {
            long due = started + (long) ((double) sent / fleet.size() * intervalNanos);
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            int target = (int) (sent % fleet.size());
            long number = sent;
            unacknowledged.put(number, System.nanoTime());
            var _ = producer.send(
                    new ProducerRecord<>(
                            Topics.METRICS.name(),
                            TargetIdentity.of(fleet.resource(target)).key(),
                            fleet.report(target, System.currentTimeMillis())),
                    (metadata, error) -> {
                        // What was given up is held for ever: the door can never again say that all arrived.
                        if (error == null) {
                            unacknowledged.remove(number);
                        }
                    });
            reports.incrementAndGet();
        }
    }

    private long oldestUnacknowledgedMs() {
        Map.Entry<Long, Long> oldest = unacknowledged.firstEntry();
        return oldest == null ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - oldest.getValue());
    }

    private void open() {
        while (!stopped) {
            byte[] accepting = Door.newBuilder()
                    .setCollector("bench")
                    .setAccepting(true)
                    .setOldestUnacknowledgedMs(oldestUnacknowledgedMs())
                    .build()
                    .toByteArray();
            var _ = producer.send(new ProducerRecord<>(Topics.DOORS.name(), DOOR, accepting));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        reporting.join();
        door.join();
        producer.close(Duration.ofSeconds(10));
    }
}
