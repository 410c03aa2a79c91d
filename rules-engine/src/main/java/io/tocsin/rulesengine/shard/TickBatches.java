package io.tocsin.rulesengine.shard;

import io.tocsin.contracts.v1.Completeness;
import io.tocsin.contracts.v1.PartialBatch;
import io.tocsin.contracts.v1.RulePartial;
import io.tocsin.contracts.v1.TargetSilence;
import io.tocsin.promql.engine.Engine;
import io.tocsin.rulesengine.rules.compile.CompiledGroup;
import io.tocsin.rulesengine.rules.compile.CompiledRules;
import io.tocsin.rulesengine.rules.compile.EngineRules;
import io.tocsin.rulesengine.store.SampleStore;
import io.tocsin.rulesengine.store.Target;
import io.tocsin.rulesengine.store.Targets;
import io.tocsin.rulesengine.tick.Tick;
import java.util.ArrayList;
import java.util.List;

/** What one shard sends for one tick: a batch to each evaluate partition, so that each knows how far the shard is. */
final class TickBatches {

    private final String shard;
    private final EngineRules rules;
    private final SampleStore store;
    private final Targets targets;
    private final int evaluatePartitions;
    private final Engine engine;

    TickBatches(
            String shard,
            EngineRules rules,
            SampleStore store,
            Targets targets,
            Engine engine,
            int evaluatePartitions) {
        this.shard = shard;
        this.rules = rules;
        this.store = store;
        this.targets = targets;
        this.evaluatePartitions = evaluatePartitions;
        this.engine = engine;
    }

    /** The batches of a tick; their index is the evaluate partition. */
    List<PartialBatch> at(Tick tick) {
        CompiledRules version = rules.at(tick.atMs());
        Targets.Census census = targets.census(tick.atMs(), tick.gap());
        LocalEvaluation evaluation = new LocalEvaluation(engine, store, tick.atMs());
        List<PartialBatch> batches = new ArrayList<>();
        for (int partition = 0; partition < evaluatePartitions; partition++) {
            List<CompiledGroup> due = version.due(tick.atMs(), partition, evaluatePartitions);
            batches.add(batch(tick, version, census, evaluation.evaluate(due), !due.isEmpty()));
        }
        return batches;
    }

    private PartialBatch batch(
            Tick tick, CompiledRules version, Targets.Census census, List<RulePartial> partials, boolean due) {
        boolean complete = tick.doors().complete() && census.blind().isEmpty();
        PartialBatch.Builder batch = PartialBatch.newBuilder()
                .setShard(shard)
                .setTickMs(tick.atMs())
                .setRuleVersion(version.version())
                .setCompleteness(complete ? Completeness.COMPLETE : Completeness.INCOMPLETE)
                .setBlindEndMs(tick.gap().endMs())
                .setLiveTargets(census.live())
                .addAllRules(partials);
        if (due) {
            // Only transitions need to know who is silent; a batch that only says "I am here" stays small.
            census.silent().forEach(target -> batch.addSilent(silence(target)));
            census.blind().forEach(target -> batch.addBlind(silence(target)));
        }
        return batch.build();
    }

    private static TargetSilence silence(Target target) {
        return TargetSilence.newBuilder()
                .setJob(target.identity().job())
                .setInstance(target.identity().instance())
                .setLastArrivalMs(target.lastArrivalMs())
                .setCadenceMs(target.cadenceMs())
                .build();
    }
}
