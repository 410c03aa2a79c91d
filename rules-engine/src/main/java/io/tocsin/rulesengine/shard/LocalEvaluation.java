package io.tocsin.rulesengine.shard;

import com.google.protobuf.ByteString;
import io.tocsin.contracts.v1.LeafPartial;
import io.tocsin.contracts.v1.RulePartial;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.engine.SeriesSource;
import io.tocsin.promql.plan.Leaf;
import io.tocsin.promql.plan.Merge;
import io.tocsin.promql.plan.ShardEvaluator;
import io.tocsin.promql.plan.ShardedQuery;
import io.tocsin.rulesengine.rules.compile.CompiledGroup;
import io.tocsin.rulesengine.rules.compile.CompiledRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The local part of the rules that are due at one tick. A leaf that several rules share is computed once. */
final class LocalEvaluation {

    private static final Logger LOG = LoggerFactory.getLogger(LocalEvaluation.class);

    private final Engine engine;
    private final NewestSample source;
    private final long tickMs;
    private final Map<LeafAt, Computed> computed = new HashMap<>();

    private record Computed(ByteString result, long newestMs) {}

    private record LeafAt(Expr local, Optional<Merge> merge, long atMs) {}

    LocalEvaluation(Engine engine, SeriesSource source, long tickMs) {
        this.engine = engine;
        this.source = new NewestSample(source);
        this.tickMs = tickMs;
    }

    /** The partial results of all rules of these groups, in their order. */
    List<RulePartial> evaluate(List<CompiledGroup> due) {
        List<RulePartial> partials = new ArrayList<>();
        for (CompiledGroup group : due) {
            long at = tickMs - group.queryOffsetMs();
            for (CompiledRule rule : group.rules()) {
                partials.add(evaluate(rule, 0, rule.expr(), at));
                rule.recover().ifPresent(recover -> partials.add(evaluate(rule, 1, recover, at)));
            }
        }
        return partials;
    }

    private RulePartial evaluate(CompiledRule rule, int expression, ShardedQuery query, long atMs) {
        RulePartial.Builder partial =
                RulePartial.newBuilder().setRule(rule.id()).setExpression(expression);
        try {
            for (Leaf leaf : query.leaves()) {
                Computed found = evaluate(leaf, atMs);
                partial.addLeaves(LeafPartial.newBuilder().setLeaf(leaf.id()).setData(found.result()));
                partial.setNewestSampleMs(Math.max(partial.getNewestSampleMs(), found.newestMs()));
            }
            return partial.build();
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever a rule does, it is that rule's error and never the end of the stream thread.
            LOG.warn("rule {} failed at {}", rule.id(), tickMs, e);
            String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return partial.clearLeaves().setError(message).build();
        }
    }

    private Computed evaluate(Leaf leaf, long atMs) {
        LeafAt key = new LeafAt(leaf.local(), leaf.merge(), atMs);
        Computed known = computed.get(key);
        if (known != null) {
            return known;
        }
        source.forget();
        ByteString result = ByteString.copyFrom(
                ShardEvaluator.evaluate(leaf, engine, source, atMs).encode());
        Computed done = new Computed(result, source.newestMs());
        computed.put(key, done);
        return done;
    }
}
