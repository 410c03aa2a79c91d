package io.tocsin.rulesengine.backtest;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.PartialBatch;
import io.tocsin.rulesengine.EngineParts;
import io.tocsin.rulesengine.RulesEngineConfig;
import io.tocsin.rulesengine.evaluate.stage.EvaluateStage;
import io.tocsin.rulesengine.recording.LoggedRecord;
import io.tocsin.rulesengine.rules.compile.CompiledRules;
import io.tocsin.rulesengine.shard.ShardKind;
import io.tocsin.rulesengine.shard.ShardOutput;
import io.tocsin.rulesengine.shard.ShardStage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The shards and the evaluation of the engine, the same code, called one record after another: what a shard sends reaches
 * evaluation at once. Owned by one thread.
 */
final class PastEngine {

    private final Map<String, List<Shard>> shards = new HashMap<>();
    private final List<Processor<String, PartialBatch, String, AlertEvent>> evaluation = new ArrayList<>();
    private long poison;

    private record Shard(
            Processor<byte[], byte[], String, ShardOutput> processor, Surroundings<String, ShardOutput> around) {}

    /**
     * An engine at the beginning of a log.
     *
     * @param versions all that are in force at some tick of the log
     * @param said takes transitions and ends of ticks
     */
    PastEngine(RulesEngineConfig config, Collection<CompiledRules> versions, Consumer<AlertEvent> said) {
        EngineParts parts = EngineParts.of(new PrometheusRegistry(), Clock.systemUTC());
        versions.forEach(parts.rules()::add);
        // The log's heartbeats name offsets of the rules that were in force then; others are in their place.
        parts.rules().readUpTo(Long.MAX_VALUE);
        for (int partition = 0; partition < config.evaluatePartitions(); partition++) {
            var supplier =
                    EvaluateStage.supplier(config, parts.rules(), parts.view(), parts.shards(), parts.evaluateMeters());
            Surroundings<String, AlertEvent> around =
                    new Surroundings<>(partition, supplier.stores(), record -> said.accept(record.value()));
            evaluation.add(begun(supplier, around));
        }
        for (ShardKind kind : ShardKind.values()) {
            var supplier = ShardStage.supplier(kind, config, parts.rules(), parts.shards(), parts.shardMeters());
            List<Shard> all = new ArrayList<>();
            for (int partition = 0; partition < config.telemetryPartitions(); partition++) {
                Surroundings<String, ShardOutput> around = new Surroundings<>(partition, supplier.stores(), this::pass);
                all.add(new Shard(begun(supplier, around), around));
            }
            shards.put(kind.topic().name(), all);
        }
    }

    private static <A, B, C, D> Processor<A, B, C, D> begun(
            ProcessorSupplier<A, B, C, D> supplier, Surroundings<C, D> around) {
        Processor<A, B, C, D> processor = supplier.get();
        processor.init(around);
        return processor;
    }

    private void pass(Record<String, ShardOutput> record) {
        switch (record.value()) {
            case ShardOutput.Partial partial ->
                evaluation
                        .get(partial.evaluatePartition())
                        .process(new Record<>(record.key(), partial.batch(), record.timestamp()));
            case ShardOutput.Dead dead -> poison++;
            // Who calls whom is not what rules are about.
            case ShardOutput.Edge edge -> {}
            case ShardOutput.Placed placed -> {}
        }
    }

    /** Takes the next record of its partition; what is not telemetry is left out. */
    @SuppressWarnings("NullAway") // Kafka's records may have no key and no value; its types do not say so.
    void take(LoggedRecord record) {
        List<Shard> of = shards.get(record.topic());
        if (of == null) {
            return;
        }
        Shard shard = of.get(record.partition());
        shard.around().at(record.topic(), record.offset());
        shard.processor()
                .process(new Record<>(
                        record.key(), record.value(), record.timestampMs(), new RecordHeaders(record.headers())));
    }

    /** How many records could not be processed. */
    long poison() {
        return poison;
    }
}
