package io.tocsin.rulesengine.evaluate;

import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.engine.SeriesSource;
import io.tocsin.promql.plan.ConditionResult;
import io.tocsin.promql.plan.LeafPartial;
import io.tocsin.promql.plan.ShardMerger;
import io.tocsin.promql.plan.ShardedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Merges what shards found for a rule's expression, in the order of their ids, and finishes it. */
record Merging(Engine engine, SeriesSource recorded) {

    /** @throws RuleFailure when a shard could not evaluate its part */
    ConditionResult finish(AssembledTick tick, String rule, int expression, ShardedQuery query, long atMs) {
        List<Map<Integer, LeafPartial>> shards = new ArrayList<>();
        for (ShardReport report : tick.reports().values()) {
            ShardReport.Part part = report.rules().get(ShardReport.key(rule, expression));
            if (part == null) {
                throw new RuleFailure(report.shard() + " sent nothing for this rule");
            }
            if (!part.error().isEmpty()) {
                throw new RuleFailure(part.error());
            }
            Map<Integer, LeafPartial> leaves = new HashMap<>();
            part.leaves().forEach((leaf, bytes) -> leaves.put(leaf, LeafPartial.decode(bytes)));
            shards.add(leaves);
        }
        return ShardMerger.finish(query, engine, shards, recorded, atMs);
    }
}
