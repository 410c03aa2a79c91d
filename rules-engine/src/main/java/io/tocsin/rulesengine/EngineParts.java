package io.tocsin.rulesengine;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.rulesengine.rules.compile.EngineRules;
import io.tocsin.rulesengine.shard.LocalShards;
import io.tocsin.rulesengine.shard.ShardMeters;
import java.time.Clock;

/**
 * What the stages of one instance share with each other and with those who read from outside.
 *
 * @param rules the rule versions that were read
 * @param shards the shards that this instance owns
 * @param shardMeters what the shards count
 */
public record EngineParts(EngineRules rules, LocalShards shards, ShardMeters shardMeters) {

    /** Fresh parts of one instance. */
    public static EngineParts of(PrometheusRegistry registry, Clock clock) {
        return new EngineParts(new EngineRules(), new LocalShards(), new ShardMeters(registry, clock));
    }
}
