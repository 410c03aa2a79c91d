package io.tocsin.rulesengine;

import io.micronaut.context.annotation.Factory;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.rulesengine.evaluate.EngineView;
import io.tocsin.rulesengine.heartbeat.HeartbeatWriter;
import io.tocsin.rulesengine.heartbeat.OwnedPartitions;
import io.tocsin.rulesengine.query.Peers;
import io.tocsin.rulesengine.rules.apply.RulePublisher;
import io.tocsin.rulesengine.rules.compile.CompiledRules;
import io.tocsin.rulesengine.rules.compile.EngineRules;
import io.tocsin.rulesengine.shard.LocalShards;
import io.tocsin.runtime.kafka.KafkaSettings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the parts of the engine; {@link EngineLifecycle} starts them. */
@Factory
final class EngineFactory {

    private static final Logger LOG = LoggerFactory.getLogger(EngineFactory.class);
    private static final Duration CLOSE = Duration.ofSeconds(20);

    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Singleton
    EngineParts parts(PrometheusRegistry registry, Clock clock) {
        return EngineParts.of(registry, clock);
    }

    @Singleton
    EngineRules rules(EngineParts parts) {
        return parts.rules();
    }

    @Singleton
    LocalShards shards(EngineParts parts) {
        return parts.shards();
    }

    @Singleton
    EngineView view(EngineParts parts) {
        return parts.view();
    }

    @Singleton
    RulesEngineConfig config(EngineSettings settings) {
        return settings.topology();
    }

    @Singleton
    KafkaStreams streams(
            EngineSettings settings,
            RulesEngineConfig config,
            KafkaSettings kafka,
            EngineParts parts,
            PrometheusRegistry registry) {
        Properties properties = new Properties();
        properties.putAll(settings.streamsProperties(kafka.clientProperties()));
        KafkaStreams streams =
                new KafkaStreams(RulesEngineTopology.build(config, parts), new StreamsConfig(properties));
        streams.setUncaughtExceptionHandler(error -> {
            // The thread's work is in the log: another thread takes it up from the last commit.
            LOG.error("a stream thread failed and is replaced", error);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        EngineGauges.register(registry, streams);
        return streams;
    }

    @Singleton
    Peers peers(KafkaStreams streams, EngineSettings settings) {
        return new StreamsPeers(streams, settings.advertisedAddress());
    }

    @Singleton
    HeartbeatWriter heartbeats(
            KafkaSettings kafka,
            KafkaStreams streams,
            RulesEngineConfig config,
            EngineRules rules,
            Clock clock,
            PrometheusRegistry registry) {
        return new HeartbeatWriter(
                kafka.clientProperties(), new OwnedPartitions(streams), () -> period(config, rules), clock, registry);
    }

    /** As close as ticks are. */
    private static long period(RulesEngineConfig config, EngineRules rules) {
        CompiledRules newest = rules.newest();
        boolean fine = newest != null && newest.needsTicksBetween(config.baseTickMs());
        return fine ? config.fineTickMs() : config.baseTickMs();
    }

    @Singleton
    RulePublisher publisher(KafkaSettings kafka, RulesEngineConfig config, Clock clock) {
        return new RulePublisher(kafka.clientProperties(), config.baseTick(), clock);
    }

    /**
     * Stops the topology.
     *
     * @param handover whether others stand by: then they are told to take over at once. An instance without a stand-in keeps
     *     its place instead, and finds its partitions when it is back.
     */
    static void close(KafkaStreams streams, boolean handover) {
        GroupMembershipOperation membership =
                handover ? GroupMembershipOperation.LEAVE_GROUP : GroupMembershipOperation.REMAIN_IN_GROUP;
        if (!streams.close(CloseOptions.timeout(CLOSE).withGroupMembershipOperation(membership))) {
            LOG.warn("the topology did not stop within {}", CLOSE);
        }
    }
}
