package io.tocsin.rulesengine;

import io.tocsin.rulesengine.rules.apply.RulesTable;
import io.tocsin.rulesengine.shard.ShardStage;
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
        ShardStage.Streams _ = ShardStage.add(builder, config, parts.rules(), parts.shards(), parts.shardMeters());
        Properties unoptimised = new Properties();
        unoptimised.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
        return builder.build(unoptimised);
    }
}
