package io.tocsin.notifier;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.notifier.deliver.Courier;
import io.tocsin.notifier.dispatch.Doorbell;
import io.tocsin.notifier.dispatch.GroupFlush;
import io.tocsin.notifier.dispatch.IncidentDispatch;
import io.tocsin.notifier.dispatch.Loop;
import io.tocsin.notifier.intake.IncidentConsumer;
import io.tocsin.notifier.intake.IntakeMetrics;
import io.tocsin.notifier.reload.ConfigurationWatcher;
import io.tocsin.notifier.reload.CurrentRouting;
import io.tocsin.notifier.store.Groups;
import io.tocsin.notifier.store.Notices;
import io.tocsin.notifier.store.Retention;
import io.tocsin.runtime.health.ReadinessCheck;
import io.tocsin.runtime.kafka.KafkaSettings;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The notifier at work: incidents come in, groups are flushed, notices are delivered. */
@Context
final class Notifier implements ApplicationEventListener<ServerStartupEvent>, ReadinessCheck {

    private static final Duration RETENTION_ROUND = Duration.ofHours(1);
    /** As long as Alertmanager's notification log: 120 h. */
    private static final Duration RECENT = Duration.ofDays(5);

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final IncidentDispatch dispatch;
    private final NotifierSettings settings;
    private final IncidentConsumer consumer;
    private final Loop flushes;
    private final Loop deliveries;
    private final Loop retention;
    private final ConfigurationWatcher watcher;

    Notifier(
            Jdbi jdbi,
            InstantSource clock,
            KafkaSettings kafka,
            NotifierSettings settings,
            IncidentDispatch dispatch,
            GroupFlush flush,
            CurrentRouting routing,
            ConfigurationWatcher watcher,
            Courier courier,
            IntakeMetrics metrics,
            PrometheusRegistry registry) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.dispatch = dispatch;
        this.settings = settings;
        this.watcher = watcher;
        Doorbell outbox = new Doorbell();
        Doorbell due = new Doorbell();
        routing.onChange(() -> {
            rejoin();
            due.ring();
        });
        consumer = new IncidentConsumer(kafka, jdbi, dispatch, clock, due, metrics);
        flushes = new Loop("notifier-flush", due, clock, flushWork(flush, outbox));
        deliveries = new Loop("notifier-deliver", outbox, clock, deliveryWork(courier));
        retention = new Loop("notifier-retention", new Doorbell(), clock, retentionWork());
        NotifierGauges.register(registry, jdbi);
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        rejoin();
        consumer.start();
        deliveries.start(settings.workers());
        flushes.start(1);
        retention.start(1);
        watcher.start();
    }

    /** Active alerts go where the configuration in force brings them. */
    private void rejoin() {
        jdbi.useTransaction(handle -> dispatch.rejoin(handle, clock.instant()));
    }

    private Loop.Work flushWork(GroupFlush flush, Doorbell outbox) {
        return new Loop.Work() {
            @Override
            public boolean once() throws InterruptedException {
                // What burned and was over while the notifier was away is no news: first learn, then decide.
                consumer.awaitCaughtUp(settings.catchUpLimit());
                boolean flushed = jdbi.inTransaction(handle -> flush.once(handle, clock.instant()));
                if (flushed) {
                    outbox.ring();
                }
                return flushed;
            }

            @Override
            public Optional<Instant> next() {
                return jdbi.withHandle(Groups::nextFlush);
            }
        };
    }

    private Loop.Work deliveryWork(Courier courier) {
        return new Loop.Work() {
            @Override
            public boolean once() throws InterruptedException {
                return courier.once();
            }

            @Override
            public Optional<Instant> next() {
                return jdbi.withHandle(Notices::nextDue);
            }
        };
    }

    private Loop.Work retentionWork() {
        Retention retained = new Retention(settings.historyRetention(), RECENT);
        return new Loop.Work() {
            private Instant next = Instant.MIN;

            @Override
            public boolean once() {
                Instant now = clock.instant();
                if (now.isBefore(next)) {
                    return false;
                }
                jdbi.useTransaction(handle -> retained.apply(handle, now));
                next = now.plus(RETENTION_ROUND);
                return true;
            }

            @Override
            public Optional<Instant> next() {
                return Optional.of(next);
            }
        };
    }

    @Override
    public String name() {
        return "notifier";
    }

    @Override
    public Optional<String> problem() {
        return consumer.problem();
    }

    @PreDestroy
    void close() {
        watcher.close();
        consumer.close();
        flushes.close();
        deliveries.close();
        retention.close();
    }
}
