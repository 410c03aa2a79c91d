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
import io.tocsin.notifier.intake.AlertPublisher;
import io.tocsin.notifier.intake.IntakeMetrics;
import io.tocsin.notifier.intake.PostedAlerts;
import io.tocsin.notifier.reload.ConfigurationWatcher;
import io.tocsin.notifier.reload.CurrentRouting;
import io.tocsin.notifier.reload.ReloadMetrics;
import io.tocsin.notifier.template.RoutingTemplates;
import io.tocsin.runtime.kafka.KafkaSettings;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;

/** Puts the parts together. */
@Factory
final class NotifierFactory {

    @Singleton
    CurrentRouting routing(NotifierSettings settings) {
        return new CurrentRouting(ConfigurationRefused.load(settings.configFile()));
    }

    @Singleton
    @Bean(preDestroy = "close")
    ConfigurationWatcher configurationWatcher(
            NotifierSettings settings, CurrentRouting routing, InstantSource clock, PrometheusRegistry registry) {
        return new ConfigurationWatcher(
                settings.configFile(), routing, settings.configPoll(), clock, new ReloadMetrics(registry));
    }

    @Singleton
    @io.micronaut.context.annotation.Primary
    InstantSource clock() {
        return InstantSource.system();
    }

    @Singleton
    @Bean(preDestroy = "close")
    Teller teller(CurrentRouting routing, NotifierSettings settings) {
        return new Teller(new RoutingTemplates(() -> routing.get().templates()), settings.requestTimeout());
    }

    @Singleton
    IncidentDispatch incidentDispatch(CurrentRouting routing) {
        return new IncidentDispatch(routing);
    }

    @Singleton
    IntakeMetrics intakeMetrics(PrometheusRegistry registry) {
        return new IntakeMetrics(registry);
    }

    @Singleton
    @Bean(preDestroy = "close")
    AlertPublisher alertPublisher(KafkaSettings kafka) {
        return new AlertPublisher(kafka);
    }

    @Singleton
    PostedAlerts postedAlerts(Jdbi jdbi, AlertPublisher publisher, PrometheusRegistry registry) {
        return new PostedAlerts(jdbi, publisher, registry);
    }

    @Singleton
    GroupFlush groupFlush(CurrentRouting routing, NotifierSettings settings, PrometheusRegistry registry) {
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
            Jdbi jdbi, CurrentRouting routing, Teller teller, InstantSource clock, PrometheusRegistry registry) {
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
