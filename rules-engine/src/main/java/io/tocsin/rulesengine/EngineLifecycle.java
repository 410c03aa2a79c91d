package io.tocsin.rulesengine;

import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.tocsin.rulesengine.heartbeat.HeartbeatWriter;
import io.tocsin.rulesengine.rules.apply.RuleFileWatcher;
import io.tocsin.rulesengine.rules.apply.RulePublisher;
import io.tocsin.runtime.kafka.KafkaSettings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** Starts the engine when the whole module is built, and stops it in the opposite order. */
@Singleton
final class EngineLifecycle {

    private final EngineSettings settings;
    private final KafkaSettings kafka;
    private final KafkaStreams streams;
    private final HeartbeatWriter heartbeats;
    private final @Nullable RuleFileWatcher watcher;

    EngineLifecycle(
            EngineSettings settings,
            KafkaSettings kafka,
            KafkaStreams streams,
            HeartbeatWriter heartbeats,
            RulePublisher publisher) {
        this.settings = settings;
        this.kafka = kafka;
        this.streams = streams;
        this.heartbeats = heartbeats;
        String directory = settings.rulesDir();
        this.watcher =
                directory == null ? null : new RuleFileWatcher(Path.of(directory), publisher, settings.rulesPoll());
    }

    @EventListener
    void start(StartupEvent event) {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            settings.topics().ensure(admin);
        }
        if (watcher != null) {
            watcher.start();
        }
        streams.start();
        if (settings.replay() == null) {
            heartbeats.start();
        }
    }

    @PreDestroy
    void stop() {
        if (watcher != null) {
            watcher.close();
        }
        heartbeats.close();
        EngineFactory.close(streams, settings.standbyReplicas() > 0);
    }
}
