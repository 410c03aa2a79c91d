package io.tocsin.selfheal;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tocsin.runtime.health.ReadinessCheck;
import io.tocsin.runtime.kafka.KafkaSettings;
import io.tocsin.selfheal.action.Executors;
import io.tocsin.selfheal.diagnose.Diagnosis;
import io.tocsin.selfheal.heal.Healer;
import io.tocsin.selfheal.heal.Sender;
import io.tocsin.selfheal.intake.IncidentConsumer;
import io.tocsin.selfheal.playbook.files.PlanFiles;
import io.tocsin.selfheal.store.Incidents;
import io.tocsin.selfheal.store.Lease;
import io.tocsin.selfheal.store.Outbox;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Self-healing at work: incidents come in, repairs are decided and carried out, events go out. */
@Context
final class Selfheal implements ApplicationEventListener<ServerStartupEvent>, ReadinessCheck {

    private static final Logger LOG = LoggerFactory.getLogger(Selfheal.class);
    private static final Duration FORGET_EVERY = Duration.ofHours(1);

    private final Jdbi jdbi;
    private final SelfhealSettings settings;
    private final InstantSource clock = InstantSource.system();
    private final Diagnosis diagnosis;
    private final Executors executors = new Executors(clock);
    private final IncidentConsumer consumer;
    private final Healer healer;
    private final Sender sender;
    private final ScheduledExecutorService forgetting = java.util.concurrent.Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("selfheal-forget").daemon(true).factory());

    Selfheal(Jdbi jdbi, KafkaSettings kafka, SelfhealSettings settings, PlanFiles files) {
        this.jdbi = jdbi;
        this.settings = settings;
        this.diagnosis = new Diagnosis(settings.queryUrl(), settings.notifierUrl());
        Lease lease = new Lease(jdbi, UUID.randomUUID().toString(), settings.lease());
        this.consumer = new IncidentConsumer(kafka.clientProperties(), jdbi, this::ring);
        this.healer = new Healer(jdbi, lease, files, diagnosis, executors, consumer::caughtUp, consumer::current);
        this.sender = new Sender(kafka.clientProperties(), jdbi, clock);
    }

    private void ring() {
        healer.ring();
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        consumer.start();
        healer.start();
        sender.start();
        var _ = forgetting.scheduleWithFixedDelay(this::forget, 0, FORGET_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void forget() {
        try {
            Instant before = clock.instant().minus(settings.keep());
            jdbi.useTransaction(handle -> {
                Incidents.forget(handle, before);
                Outbox.forget(handle, before);
            });
        } catch (RuntimeException e) {
            LOG.warn("old incidents could not be deleted; tried again in an hour", e);
        }
    }

    @Override
    public String name() {
        return "selfheal";
    }

    @Override
    public Optional<String> problem() {
        return consumer.problem();
    }

    @PreDestroy
    void close() {
        forgetting.shutdownNow();
        consumer.close();
        healer.close();
        sender.close();
        executors.close();
        diagnosis.close();
    }
}
