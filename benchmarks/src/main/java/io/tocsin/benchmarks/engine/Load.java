package io.tocsin.benchmarks.engine;

import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.Door;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
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
    private final AtomicLong next = new AtomicLong();
    private final NavigableSet<Long> unacknowledged = new ConcurrentSkipListSet<>();
    private final Thread reporting = Thread.ofPlatform().daemon().name("load").unstarted(this::report);
    private final Thread door = Thread.ofPlatform().daemon().name("door").unstarted(this::open);
    private volatile long startedNanos;
    private volatile long startedMs;
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
        startedNanos = System.nanoTime();
        startedMs = System.currentTimeMillis();
        reporting.start();
        door.start();
        return this;
    }

    /** How many reports were sent. */
    public long reports() {
        return reports.get();
    }

    private void report() {
        for (long sent = 0; !stopped; sent++) {
            long due = due(sent);
            next.set(sent);
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            send((int) (sent % fleet.size()), sent, startedMs + TimeUnit.NANOSECONDS.toMillis(due - startedNanos));
        }
    }

    /** When a report is to be sent: targets keep their pace, whatever holds this process up. */
    private long due(long number) {
        return startedNanos + (long) ((double) number / fleet.size() * intervalNanos);
    }

    private void send(int target, long number, long atMs) {
        unacknowledged.add(number);
        var _ = producer.send(
                new ProducerRecord<>(
                        Topics.METRICS.name(),
                        TargetIdentity.of(fleet.resource(target)).key(),
                        fleet.report(target, atMs)),
                (metadata, error) -> {
                    // What was given up is held for ever: the door can never again say that all arrived.
                    if (error == null) {
                        unacknowledged.remove(number);
                    }
                });
        reports.incrementAndGet();
    }

    /** Of what is held and of what is overdue. */
    private long oldestUnacknowledgedMs() {
        Long held = unacknowledged.ceiling(0L);
        long oldest = due(held == null ? next.get() : held);
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - oldest));
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
