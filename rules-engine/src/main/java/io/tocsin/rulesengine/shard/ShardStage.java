package io.tocsin.rulesengine.shard;

import io.tocsin.contracts.ProtoSerde;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.DeadLetter;
import io.tocsin.contracts.v1.EdgeRecord;
import io.tocsin.contracts.v1.PartialBatch;
import io.tocsin.contracts.v1.TopologyRecord;
import io.tocsin.rulesengine.RulesEngineConfig;
import io.tocsin.rulesengine.rules.compile.EngineRules;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The shards in the topology. Metrics and spans are two sub-topologies with one input each, so that a shard's order is
 * its log's order; their outputs meet only behind a repartition.
 */
public final class ShardStage {

    private static final StreamPartitioner<String, PartialBatch> BY_EVALUATE_PARTITION =
            (topic, key, batch, partitions) -> Optional.of(Set.of(Integer.parseInt(key)));

    private static final StreamPartitioner<String, EdgeRecord> BY_TRACE =
            (topic, key, edge, partitions) -> edge.hasTime()
                    ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                    : Optional.empty();

    private ShardStage() {}

    /**
     * What the shards give to the other stages.
     *
     * @param partials per evaluate partition, keyed by its number
     * @param edges half-edges, partitioned by trace id; how far a shard is goes to each partition
     */
    public record Streams(KStream<String, PartialBatch> partials, KStream<String, EdgeRecord> edges) {}

    /** Adds the shards of both kinds. */
    public static Streams add(
            StreamsBuilder builder,
            RulesEngineConfig config,
            EngineRules rules,
            LocalShards shards,
            ShardMeters meters) {
        KStream<String, ShardOutput> metrics = shard(builder, ShardKind.METRICS, config, rules, shards, meters);
        KStream<String, ShardOutput> spans = shard(builder, ShardKind.SPANS, config, rules, shards, meters);
        KStream<String, PartialBatch> partials = partials(ShardKind.METRICS, metrics, config)
                .merge(partials(ShardKind.SPANS, spans, config), Named.as("partials"));
        return new Streams(partials, edges(spans, config));
    }

    private static KStream<String, ShardOutput> shard(
            StreamsBuilder builder,
            ShardKind kind,
            RulesEngineConfig config,
            EngineRules rules,
            LocalShards shards,
            ShardMeters meters) {
        Consumed<byte[], byte[]> consumed = Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withTimestampExtractor(new ArrivalTime())
                .withName("telemetry-" + kind.label());
        KStream<String, ShardOutput> output = builder.stream(kind.topic().name(), consumed)
                .process(new Supplier(kind, config, rules, shards, meters), Named.as("shard-" + kind.label()));
        deadLetters(kind, output);
        placements(kind, output);
        return output;
    }

    /** What makes a shard of one kind, for those who drive it without a topology. */
    public static ProcessorSupplier<byte[], byte[], String, ShardOutput> supplier(
            ShardKind kind, RulesEngineConfig config, EngineRules rules, LocalShards shards, ShardMeters meters) {
        return new Supplier(kind, config, rules, shards, meters);
    }

    private record Supplier(
            ShardKind kind, RulesEngineConfig config, EngineRules rules, LocalShards shards, ShardMeters meters)
            implements ProcessorSupplier<byte[], byte[], String, ShardOutput> {

        @Override
        public Processor<byte[], byte[], String, ShardOutput> get() {
            return new ShardProcessor(kind, config, rules, shards, meters);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return ShardStores.builders(kind, config.storeLimits());
        }
    }

    private static KStream<String, PartialBatch> partials(
            ShardKind kind, KStream<String, ShardOutput> output, RulesEngineConfig config) {
        String name = "partials-" + kind.label();
        return only(output, ShardOutput.Partial.class, name)
                .mapValues(ShardOutput.Partial::batch, Named.as(name + "-batch"))
                .repartition(Repartitioned.with(Serdes.String(), new ProtoSerde<>(PartialBatch.parser()))
                        .withName(name)
                        .withNumberOfPartitions(config.evaluatePartitions())
                        .withStreamPartitioner(BY_EVALUATE_PARTITION));
    }

    private static KStream<String, EdgeRecord> edges(KStream<String, ShardOutput> output, RulesEngineConfig config) {
        return only(output, ShardOutput.Edge.class, "edges")
                .mapValues(ShardOutput.Edge::edge, Named.as("edges-record"))
                .repartition(Repartitioned.with(Serdes.String(), new ProtoSerde<>(EdgeRecord.parser()))
                        .withName("edges")
                        .withNumberOfPartitions(config.evaluatePartitions())
                        .withStreamPartitioner(BY_TRACE));
    }

    private static void deadLetters(ShardKind kind, KStream<String, ShardOutput> output) {
        String name = "dead-letters-" + kind.label();
        only(output, ShardOutput.Dead.class, name)
                .mapValues(ShardOutput.Dead::letter, Named.as(name + "-letter"))
                .to(
                        Topics.DEAD_LETTERS.name(),
                        Produced.with(Serdes.String(), new ProtoSerde<>(DeadLetter.parser()))
                                .withName(name));
    }

    private static void placements(ShardKind kind, KStream<String, ShardOutput> output) {
        String name = "placements-" + kind.label();
        only(output, ShardOutput.Placed.class, name)
                .mapValues(ShardOutput.Placed::placement, Named.as(name + "-record"))
                .to(
                        Topics.TOPOLOGY.name(),
                        Produced.with(Serdes.String(), new ProtoSerde<>(TopologyRecord.parser()))
                                .withName(name));
    }

    private static <T extends ShardOutput> KStream<String, T> only(
            KStream<String, ShardOutput> output, Class<T> type, String name) {
        return output.filter((key, value) -> type.isInstance(value), Named.as(name + "-filter"))
                .mapValues(type::cast, Named.as(name + "-cast"));
    }
}
