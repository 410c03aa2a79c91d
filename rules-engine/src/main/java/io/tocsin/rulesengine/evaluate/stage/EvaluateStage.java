package io.tocsin.rulesengine.evaluate.stage;

import io.tocsin.contracts.ProtoSerde;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.PartialBatch;
import io.tocsin.rulesengine.RulesEngineConfig;
import io.tocsin.rulesengine.evaluate.EngineView;
import io.tocsin.rulesengine.rules.compile.EngineRules;
import io.tocsin.rulesengine.shard.LocalShards;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Evaluation in the topology. */
public final class EvaluateStage {

    /** The key of what every environment must hear. */
    static final String EVERYWHERE = "";

    /**
     * Transitions go where their environment lives. That a tick is done goes to every partition: so each of them hears the
     * same of all evaluate partitions, whichever environments those have seen alerts in.
     */
    private static final StreamPartitioner<String, AlertEvent> BY_ENVIRONMENT =
            (topic, key, event, partitions) -> event.hasTickDone()
                    ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                    : Optional.empty();

    private EvaluateStage() {}

    /**
     * Adds evaluation.
     *
     * @param partials per evaluate partition
     */
    public static void add(
            KStream<String, PartialBatch> partials,
            RulesEngineConfig config,
            EngineRules rules,
            EngineView view,
            LocalShards shards,
            EvaluateMeters meters) {
        partials.process(new Supplier(config, rules, view, shards, meters), Named.as("evaluate"))
                .to(
                        Topics.ALERTS.name(),
                        Produced.with(Serdes.String(), new ProtoSerde<>(AlertEvent.parser()))
                                .withStreamPartitioner(BY_ENVIRONMENT)
                                .withName("alerts-out"));
    }

    /** What makes an evaluate partition, for those who drive it without a topology. */
    public static ProcessorSupplier<String, PartialBatch, String, AlertEvent> supplier(
            RulesEngineConfig config, EngineRules rules, EngineView view, LocalShards shards, EvaluateMeters meters) {
        return new Supplier(config, rules, view, shards, meters);
    }

    private record Supplier(
            RulesEngineConfig config, EngineRules rules, EngineView view, LocalShards shards, EvaluateMeters meters)
            implements ProcessorSupplier<String, PartialBatch, String, AlertEvent> {

        @Override
        public Processor<String, PartialBatch, String, AlertEvent> get() {
            return new EvaluateProcessor(config, rules, view, shards, meters);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return EvaluateStores.builders();
        }
    }
}
