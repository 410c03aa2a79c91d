package io.tocsin.rulesengine;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.rulesengine.converge.stage.ConvergeMeters;
import io.tocsin.rulesengine.evaluate.EngineView;
import io.tocsin.rulesengine.evaluate.stage.EvaluateMeters;
import io.tocsin.rulesengine.rules.compile.EngineRules;
import io.tocsin.rulesengine.shard.LocalShards;
import io.tocsin.rulesengine.shard.ShardMeters;
import java.time.Clock;

/**
 * What the stages of one instance share with each other and with those who read from outside.
 *
 * @param rules the rule versions that were read
 * @param shards the shards that this instance owns
 * @param view how the rules of this instance are after the newest tick
 * @param shardMeters what the shards count
 * @param evaluateMeters what evaluation counts
 * @param convergeMeters what convergence counts
 */
public record EngineParts(
        EngineRules rules,
        LocalShards shards,
        EngineView view,
        ShardMeters shardMeters,
        EvaluateMeters evaluateMeters,
        ConvergeMeters convergeMeters) {

    /** Fresh parts of one instance. */
    public static EngineParts of(PrometheusRegistry registry, Clock clock) {
        return new EngineParts(
                new EngineRules(),
                new LocalShards(),
                new EngineView(),
                new ShardMeters(registry, clock),
                new EvaluateMeters(registry, clock),
                new ConvergeMeters(registry, clock));
    }
}
