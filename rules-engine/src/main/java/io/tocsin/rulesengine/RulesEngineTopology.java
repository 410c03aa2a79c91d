package io.tocsin.rulesengine;

import io.tocsin.rulesengine.converge.stage.ConvergeStage;
import io.tocsin.rulesengine.evaluate.stage.EvaluateStage;
import io.tocsin.rulesengine.rules.apply.RulesTable;
import io.tocsin.rulesengine.shard.ShardKind;
import io.tocsin.rulesengine.shard.ShardStage;
import io.tocsin.rulesengine.topology.stage.PairStage;
import java.util.Properties;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** The whole topology: shards, evaluation, pairing of calls, convergence, and the global table of rules. */
public final class RulesEngineTopology {

    private RulesEngineTopology() {}

    /**
     * Builds it. No node depends on anything but its arguments.
     *
     * @param config the same on every instance
     * @param parts what this instance shares between its stages and its surroundings
     */
    public static Topology build(RulesEngineConfig config, EngineParts parts) {
        StreamsBuilder builder = new StreamsBuilder();
        RulesTable.add(builder, config.compiler(), parts.rules());
        ShardStage.Streams shards = ShardStage.add(builder, config, parts.rules(), parts.shards(), parts.shardMeters());
        EvaluateStage.add(
                shards.partials(), config, parts.rules(), parts.view(), parts.shards(), parts.evaluateMeters());
        PairStage.add(shards.edges(), config.shards(ShardKind.SPANS));
        ConvergeStage.add(builder, config.convergence(), config.evaluatePartitions(), parts.convergeMeters());
        Properties unoptimised = new Properties();
        unoptimised.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
        return builder.build(unoptimised);
    }
}
