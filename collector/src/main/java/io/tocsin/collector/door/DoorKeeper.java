package io.tocsin.collector.door;

import io.micronaut.context.annotation.Context;
import io.tocsin.collector.CollectorSettings;
import io.tocsin.collector.admission.Admission;
import io.tocsin.collector.publish.Publisher;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.Door;
import io.tocsin.runtime.health.ReadinessCheck;
import jakarta.annotation.PreDestroy;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a door record every second, and a last one at an orderly stop. */
@Context
public final class DoorKeeper implements ReadinessCheck {

    private static final Logger LOG = LoggerFactory.getLogger(DoorKeeper.class);
    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final CollectorSettings settings;
    private final Admission admission;
    private final Publisher publisher;
    private final ScheduledExecutorService clock;
    private volatile long lastAcknowledged;
    private volatile boolean acknowledgedOnce;

    DoorKeeper(CollectorSettings settings, Admission admission, Publisher publisher) {
        this.settings = settings;
        this.admission = admission;
        this.publisher = publisher;
        this.clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("door").factory());
        var _ = clock.scheduleAtFixedRate(() -> report(false), 0, 1, TimeUnit.SECONDS);
    }

    private void report(boolean closing) {
        long now = System.nanoTime();
        Door door = Door.newBuilder()
                .setCollector(settings.id())
                .setAccepting(!closing && admission.accepting())
                .setRefused(admission.takeRefused())
                .setOldestUnacknowledgedMs(TimeUnit.NANOSECONDS.toMillis(admission.oldestNanos(now)))
                .addAllSenders(admission.senders(now))
                .setClosing(closing)
                .build();
        byte[] key = settings.id().getBytes(StandardCharsets.UTF_8);
        var _ = publisher.publish(Topics.DOORS, key, door.toByteArray()).whenComplete((done, failure) -> {
            if (failure == null) {
                lastAcknowledged = System.nanoTime();
                acknowledgedOnce = true;
            } else {
                LOG.warn("the door record was not acknowledged: {}", failure.toString());
            }
        });
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public Optional<String> problem() {
        boolean recent = acknowledgedOnce && System.nanoTime() - lastAcknowledged < READY_NANOS;
        return recent ? Optional.empty() : Optional.of("Kafka has acknowledged nothing for 10 s");
    }

    @PreDestroy
    void close() {
        clock.shutdownNow();
        report(true);
    }
}
