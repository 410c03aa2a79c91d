package io.tocsin.rulesengine.converge.stage;

import io.tocsin.contracts.ProtoSerde;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.DeadLetter;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.rulesengine.converge.ConvergePolicy;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Convergence in the topology. Its three topics share one partition count and one partitioner. */
public final class ConvergeStage {

    private static final List<String> INPUTS =
            List.of(Topics.ALERTS.name(), Topics.TOPOLOGY.name(), Topics.REMEDIATIONS.name());

    private ConvergeStage() {}

    /**
     * Adds convergence.
     *
     * @param evaluatePartitions how many evaluate partitions must be done with a tick
     */
    public static void add(
            StreamsBuilder builder, ConvergePolicy policy, int evaluatePartitions, ConvergeMeters meters) {
        Consumed<byte[], byte[]> consumed =
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("converge-in");
        KStream<String, ConvergeOutput> output = builder.stream(INPUTS, consumed)
                .process(new Supplier(policy, evaluatePartitions, meters), Named.as("converge"));
        only(output, ConvergeOutput.Told.class, "incidents")
                .mapValues(ConvergeOutput.Told::incident, Named.as("incidents-snapshot"))
                .to(
                        Topics.INCIDENTS.name(),
                        Produced.with(Serdes.String(), new ProtoSerde<>(IncidentSnapshot.parser()))
                                .withName("incidents-out"));
        only(output, ConvergeOutput.Dead.class, "converge-dead-letters")
                .mapValues(ConvergeOutput.Dead::letter, Named.as("converge-dead-letters-letter"))
                .to(
                        Topics.DEAD_LETTERS.name(),
                        Produced.with(Serdes.String(), new ProtoSerde<>(DeadLetter.parser()))
                                .withName("converge-dead-letters-out"));
    }

    private static <T extends ConvergeOutput> KStream<String, T> only(
            KStream<String, ConvergeOutput> output, Class<T> type, String name) {
        return output.filter((key, value) -> type.isInstance(value), Named.as(name + "-filter"))
                .mapValues(type::cast, Named.as(name + "-cast"));
    }

    private record Supplier(ConvergePolicy policy, int evaluatePartitions, ConvergeMeters meters)
            implements ProcessorSupplier<byte[], byte[], String, ConvergeOutput> {

        @Override
        public Processor<byte[], byte[], String, ConvergeOutput> get() {
            return new ConvergeProcessor(policy, evaluatePartitions, meters);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return ConvergeStores.builders();
        }
    }
}
