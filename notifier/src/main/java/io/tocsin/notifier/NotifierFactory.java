package io.tocsin.notifier;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.notifier.deliver.Courier;
import io.tocsin.notifier.deliver.DeliveryMetrics;
import io.tocsin.notifier.deliver.RetryPolicy;
import io.tocsin.notifier.deliver.Teller;
import io.tocsin.notifier.dispatch.GroupFlush;
import io.tocsin.notifier.dispatch.IncidentDispatch;
import io.tocsin.notifier.intake.IntakeMetrics;
import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.template.NoticeTemplates;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;

/** Puts the parts together. */
@Factory
final class NotifierFactory {

    @Singleton
    Routing routing(NotifierSettings settings) {
        return ConfigurationRefused.load(settings.configFile());
    }

    @Singleton
    @io.micronaut.context.annotation.Primary
    InstantSource clock() {
        return InstantSource.system();
    }

    @Singleton
    @Bean(preDestroy = "close")
    Teller teller(NotifierSettings settings) {
        return new Teller(NoticeTemplates.defaults(), settings.requestTimeout());
    }

    @Singleton
    IncidentDispatch incidentDispatch(Routing routing) {
        return new IncidentDispatch(routing);
    }

    @Singleton
    IntakeMetrics intakeMetrics(PrometheusRegistry registry) {
        return new IntakeMetrics(registry);
    }

    @Singleton
    GroupFlush groupFlush(Routing routing, NotifierSettings settings, PrometheusRegistry registry) {
        Counter decisions = Counter.builder()
                .name("tocsin_notifier_decisions_total")
                .help("Decisions about a receiver of a group, by reason")
                .labelNames("reason")
                .register(registry);
        return new GroupFlush(
                routing,
                settings.externalUrl(),
                settings.deliveryDeadline(),
                reason -> decisions.labelValues(reason.name()).inc());
    }

    @Singleton
    Courier courier(
            Jdbi jdbi, Routing routing, Teller teller, InstantSource clock, PrometheusRegistry registry) {
        return new Courier(
                jdbi,
                routing,
                teller,
                RetryPolicy.DEFAULT,
                clock,
                RandomGenerator.getDefault(),
                new DeliveryMetrics(registry));
    }
}
