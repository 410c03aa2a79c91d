package io.tocsin.notifier;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tocsin.notifier.dispatch.Doorbell;
import io.tocsin.notifier.dispatch.Loop;
import io.tocsin.notifier.intake.PostedAlerts;
import jakarta.annotation.PreDestroy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Ends posted alerts that are posted no more. */
@Context
final class PostedAlertsWatch implements ApplicationEventListener<ServerStartupEvent> {

    private final Loop loop;

    PostedAlertsWatch(PostedAlerts alerts, InstantSource clock) {
        loop = new Loop("notifier-posted", new Doorbell(), clock, new Loop.Work() {
            @Override
            public boolean once() throws InterruptedException {
                return alerts.lapse(clock.instant());
            }

            @Override
            public Optional<Instant> next() {
                return alerts.nextLapse();
            }
        });
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        loop.start(1);
    }

    @PreDestroy
    void close() {
        loop.close();
    }
}
