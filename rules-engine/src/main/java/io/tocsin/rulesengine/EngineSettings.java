package io.tocsin.rulesengine;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.rulesengine.converge.ConvergePolicy;
import io.tocsin.rulesengine.converge.declared.DependencyFile;
import io.tocsin.rulesengine.shard.ForeignTime;
import io.tocsin.rulesengine.store.StoreLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of the rules engine.
 *
 * @param stateDir where local state is kept; it may be lost, the log rebuilds it
 * @param instanceId name of this instance, stable over restarts
 * @param applicationId name of the Kafka Streams application; another one starts from the beginning of the log
 * @param telemetryPartitions partitions of the telemetry topics
 * @param evaluatePartitions partitions over which rule groups are spread
 * @param environmentPartitions partitions of the topics keyed by environment
 * @param replication replication factor of what the engine creates
 * @param baseTick ticks lie at multiples of this
 * @param evaluationInterval interval of rule groups that name none
 * @param spanInterval how often span metrics are sampled
 * @param retention how long samples are kept
 * @param retentionMib how many MiB of compressed samples each shard keeps, whatever the retention
 * @param streamThreads threads of the topology
 * @param standbyReplicas copies of the state on other instances
 * @param rulesDir directory of rule files to be watched; none when rules are applied from elsewhere
 * @param rulesPoll how often that directory is looked at
 * @param dependenciesFile what depends on what, where no trace shows it; none when nothing is declared
 * @param externalUrl where people reach this engine
 * @param replay when the log is a copy, that holds its heartbeats and arrival times already: a file of what the first
 *     evaluation of it left out, as {@link Replay#read} reads it
 * @param advertisedAddress host and port at which other instances reach this one's query API; without it they do not ask it
 * @param streams raw Kafka Streams properties, passed through untouched
 */
@ConfigurationProperties("tocsin.engine")
public record EngineSettings(
        @Bindable(defaultValue = "./data/rules-engine") String stateDir,
        @Bindable(defaultValue = "engine-1") String instanceId,
        @Bindable(defaultValue = "tocsin-engine") String applicationId,
        @Bindable(defaultValue = "4") int telemetryPartitions,
        @Bindable(defaultValue = "4") int evaluatePartitions,
        @Bindable(defaultValue = "4") int environmentPartitions,
        @Bindable(defaultValue = "1") int replication,
        @Bindable(defaultValue = "1s") Duration baseTick,
        @Bindable(defaultValue = "15s") Duration evaluationInterval,
        @Bindable(defaultValue = "2s") Duration spanInterval,
        @Bindable(defaultValue = "6h") Duration retention,
        @Bindable(defaultValue = "512") int retentionMib,
        @Bindable(defaultValue = "2") int streamThreads,
        @Bindable(defaultValue = "0") int standbyReplicas,
        @Nullable String rulesDir,
        @Bindable(defaultValue = "2s") Duration rulesPoll,
        @Nullable String dependenciesFile,
        @Bindable(defaultValue = "http://127.0.0.1:9090") String externalUrl,
        @Nullable String replay,
        @Nullable String advertisedAddress,
        @Nullable Map<String, Object> streams) {

    /** What the topology needs to know. */
    RulesEngineConfig topology() {
        return new RulesEngineConfig(
                telemetryPartitions,
                evaluatePartitions,
                environmentPartitions,
                baseTick,
                evaluationInterval,
                spanInterval,
                replay == null ? Replay.NONE : Replay.read(Path.of(replay)),
                StoreLimits.DEFAULT.withRetention(retention.toMillis(), (long) retentionMib << 20),
                dependenciesFile == null
                        ? ConvergePolicy.DEFAULT
                        : ConvergePolicy.DEFAULT.with(DependencyFile.read(Path.of(dependenciesFile))),
                externalUrl);
    }

    /** How missing topics are created. */
    TopicCreation topics() {
        return new TopicCreation(telemetryPartitions, environmentPartitions, (short) replication);
    }

    /** The properties of the Kafka Streams application. */
    Map<String, Object> streamsProperties(Map<String, Object> clientProperties) {
        Map<String, Object> all = new HashMap<>(clientProperties);
        all.put("application.id", applicationId);
        all.put("state.dir", stateDir);
        all.put("processing.guarantee", "exactly_once_v2");
        all.put("commit.interval.ms", 100);
        all.put("poll.ms", 10);
        all.put("acceptable.recovery.lag", 10_000L);
        // An instance that joined gets its part a minute after it has caught up, not ten.
        all.put("probing.rebalance.interval.ms", 60_000L);
        all.put("topology.optimization", "none");
        all.put("num.stream.threads", streamThreads);
        all.put("num.standby.replicas", standbyReplicas);
        all.put("replication.factor", replication);
        // Every read sees what was written, and what is written is in the log at the next commit.
        all.put("statestore.cache.max.bytes", 0L);
        all.put("consumer.group.instance.id", instanceId);
        all.put("consumer.session.timeout.ms", 10_000);
        all.put("consumer.heartbeat.interval.ms", 3_000);
        all.put("consumer.auto.offset.reset", "earliest");
        all.put("main.consumer.interceptor.classes", ForeignTime.class.getName());
        all.put("producer.compression.type", "lz4");
        all.put("producer.max.request.size", 16 * 1024 * 1024);
        // A transaction of an instance that died is over before its successor could be called late.
        all.put("producer.transaction.timeout.ms", 10_000);
        all.put("topic.max.message.bytes", 16 * 1024 * 1024);
        if (advertisedAddress != null) {
            all.put("application.server", advertisedAddress);
        }
        if (streams != null) {
            all.putAll(streams);
        }
        return all;
    }
}
