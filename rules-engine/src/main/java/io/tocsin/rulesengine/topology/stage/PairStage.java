package io.tocsin.rulesengine.topology.stage;

import io.tocsin.contracts.ProtoSerde;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.EdgeRecord;
import io.tocsin.contracts.v1.TopologyRecord;
import io.tocsin.rulesengine.topology.PairPolicy;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Pairing in the topology. */
public final class PairStage {

    private PairStage() {}

    /**
     * Adds pairing.
     *
     * @param edges half-edges by trace id, and how far each shard is in every partition
     * @param shards the ids of the shards that edges come from
     */
    public static void add(KStream<String, EdgeRecord> edges, List<String> shards) {
        edges.process(new Supplier(shards), Named.as("pair"))
                .to(
                        Topics.TOPOLOGY.name(),
                        Produced.with(Serdes.String(), new ProtoSerde<>(TopologyRecord.parser()))
                                .withName("topology-calls-out"));
    }

    private record Supplier(List<String> shards)
            implements ProcessorSupplier<String, EdgeRecord, String, TopologyRecord> {

        @Override
        public Processor<String, EdgeRecord, String, TopologyRecord> get() {
            return new PairProcessor(PairPolicy.DEFAULT, shards);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return PairStores.builders();
        }
    }
}
