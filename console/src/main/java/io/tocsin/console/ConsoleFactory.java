package io.tocsin.console;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.console.asset.Assets;
import io.tocsin.console.incident.BoardFold;
import io.tocsin.console.intake.LogReader;
import io.tocsin.console.live.LiveFeed;
import io.tocsin.console.notice.NotifierClient;
import io.tocsin.console.notice.RecentNotices;
import io.tocsin.console.page.Pages;
import io.tocsin.runtime.kafka.KafkaSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** Puts the parts together. */
@Factory
final class ConsoleFactory {

    /** Between two questions to the notifier, however many people look. */
    private static final Duration NOTICES_VALID = Duration.ofSeconds(1);

    // Before the framework's own clock bean, which is an InstantSource too.
    @Singleton
    @Primary
    InstantSource clock() {
        return InstantSource.system();
    }

    @Singleton
    @Bean(preDestroy = "close")
    LiveFeed liveFeed(InstantSource clock) {
        return new LiveFeed(Long.toString(clock.millis(), Character.MAX_RADIX));
    }

    @Singleton
    @Bean(preDestroy = "close")
    LogReader logReader(KafkaSettings kafka, ConsoleSettings settings, PrometheusRegistry registry, LiveFeed live) {
        Counter records = Counter.builder()
                .name("tocsin_console_records_total")
                .help("Records read from the log, by topic and what became of them")
                .labelNames("topic", "outcome")
                .register(registry);
        return new LogReader(kafka, new BoardFold(settings.keepClosed()), records, live::changed);
    }

    @Singleton
    @Bean(preDestroy = "close")
    NotifierClient notifierClient(ConsoleSettings settings) {
        return new NotifierClient(settings.notifierUrl(), settings.requestTimeout());
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
