package io.tocsin.console;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.console.alert.AlertFold;
import io.tocsin.console.asset.Assets;
import io.tocsin.console.engine.EngineClient;
import io.tocsin.console.graph.CallFold;
import io.tocsin.console.incident.BoardFold;
import io.tocsin.console.intake.AlertIntake;
import io.tocsin.console.intake.CallMetrics;
import io.tocsin.console.intake.DoorIntake;
import io.tocsin.console.intake.IncidentIntake;
import io.tocsin.console.intake.Intake;
import io.tocsin.console.intake.LogReader;
import io.tocsin.console.intake.RuleIntake;
import io.tocsin.console.intake.TopologyIntake;
import io.tocsin.console.live.LiveFeed;
import io.tocsin.console.notice.NotifierClient;
import io.tocsin.console.notice.RecentNotices;
import io.tocsin.console.page.Pages;
import io.tocsin.console.remote.Remote;
import io.tocsin.console.remote.Remotes;
import io.tocsin.runtime.kafka.KafkaSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Puts the parts together. */
@Factory
final class ConsoleFactory {

    /** Between two questions to the notifier, however many people look. */
    private static final Duration NOTICES_VALID = Duration.ofSeconds(1);

    /** Calls older than this are on no map. */
    private static final Duration MAP_HISTORY = Duration.ofMinutes(15);

    // Before the framework's own clock bean, which is an InstantSource too.
    @Singleton
    @Primary
    InstantSource clock() {
        return InstantSource.system();
    }

    @Singleton
    @Bean(preDestroy = "close")
    LiveFeed liveFeed(ConsoleSettings settings, InstantSource clock) {
        return new LiveFeed(Long.toString(clock.millis(), Character.MAX_RADIX), settings.liveStreams());
    }

    @Singleton
    IncidentIntake incidentIntake(ConsoleSettings settings) {
        return new IncidentIntake(new BoardFold(settings.keepClosed()));
    }

    @Singleton
    AlertIntake alertIntake(ConsoleSettings settings) {
        return new AlertIntake(new AlertFold(settings.keepEnded()), settings.alertHistory());
    }

    @Singleton
    RuleIntake ruleIntake() {
        return new RuleIntake();
    }

    @Singleton
    TopologyIntake topologyIntake(PrometheusRegistry registry, InstantSource clock) {
        TopologyIntake topology = new TopologyIntake(new CallFold(MAP_HISTORY));
        new CallMetrics(topology::calls, clock, Duration.ofMinutes(5)).register(registry);
        return topology;
    }

    @Singleton
    DoorIntake doorIntake() {
        return new DoorIntake();
    }

    @Singleton
    @Bean(preDestroy = "close")
    LogReader logReader(
            KafkaSettings kafka,
            List<Intake> intakes,
            PrometheusRegistry registry,
            InstantSource clock,
            LiveFeed live) {
        Counter records = Counter.builder()
                .name("tocsin_console_records_total")
                .help("Records read from the log, by topic and what became of them")
                .labelNames("topic", "outcome")
                .register(registry);
        return new LogReader(kafka, intakes, clock, records, live::changed);
    }

    @Singleton
    @Bean(preDestroy = "close")
    Remotes remotes(ConsoleSettings settings) {
        return new Remotes(
                new Remote(settings.queryUrl(), settings.requestTimeout()),
                new Remote(settings.notifierUrl(), settings.requestTimeout()),
                new Remote(settings.selfhealUrl(), settings.requestTimeout()));
    }

    @Singleton
    EngineClient engineClient(Remotes remotes) {
        return new EngineClient(remotes.engine());
    }

    @Singleton
    NotifierClient notifierClient(Remotes remotes) {
        return new NotifierClient(remotes.notifier());
    }

    @Singleton
    RecentNotices recentNotices(NotifierClient notifier, InstantSource clock) {
        return new RecentNotices(notifier::latest, NOTICES_VALID, clock);
    }

    @Singleton
    Assets assets() {
        return new Assets();
    }

    @Singleton
    Pages pages(Assets assets, LiveFeed live, InstantSource clock) {
        return new Pages(assets, live, clock);
    }
}
