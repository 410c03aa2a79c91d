package io.tocsin.promql.plan;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Function;
import io.tocsin.promql.engine.Annotation;
import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.engine.PromqlException;
import io.tocsin.promql.engine.QueryResult;
import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.engine.SeriesSource;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.RangeSeries;
import io.tocsin.promql.model.Sample;
import io.tocsin.promql.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Merges what shards found for the leaves of a query, in shard order, and evaluates the rest. */
public final class ShardMerger {
    private final ShardedQuery query;
    private final Engine engine;
    private final List<Map<Integer, LeafPartial>> shards;
    private final long atMs;
    private final Set<Annotation> remarks = new LinkedHashSet<>();
    private final SeriesSource source;

    private ShardMerger(
            ShardedQuery query,
            Engine engine,
            List<Map<Integer, LeafPartial>> shards,
            SeriesSource recorded,
            long atMs) {
        this.query = query;
        this.engine = engine;
        this.shards = shards;
        this.atMs = atMs;
        this.source = new MergedSource(mergeLeaves(), infoLeaves(), recorded);
    }

    /**
     * The result of a query that reads no recorded series.
     *
     * @param perShardInShardOrder the partials of each shard by leaf; a leaf that is missing counts as empty
     * @throws PromqlException if the rest cannot be evaluated, as the whole query could not
     */
    public static ConditionResult finish(
            ShardedQuery query, Engine engine, List<Map<Integer, LeafPartial>> perShardInShardOrder, long atMs) {
        return finish(query, engine, perShardInShardOrder, (matchers, from, to) -> List.of(), atMs);
    }

    /** The result of a query; {@code recorded} holds the series that rules have recorded. */
    public static ConditionResult finish(
            ShardedQuery query,
            Engine engine,
            List<Map<Integer, LeafPartial>> perShardInShardOrder,
            SeriesSource recorded,
            long atMs) {
        return new ShardMerger(query, engine, perShardInShardOrder, recorded, atMs).finish();
    }

    private ConditionResult finish() {
        Map<Labels, ConditionResult.Entry> entries = new LinkedHashMap<>();
        boolean conditional = query.condition().isPresent();
        for (Sample sample : evaluate(query.rest())) {
            put(entries, conditional ? sample.labels().withoutName() : sample.labels(), sample, !conditional);
        }
        if (conditional) {
            Set<Labels> seen = new HashSet<>();
            for (Sample sample : evaluate(query.condition().get().filtered())) {
                Labels labels = sample.labels().withoutName();
                if (!seen.add(labels)) {
                    throw duplicate();
                }
                entries.put(labels, new ConditionResult.Entry(labels, sample.value(), sample.histogram(), true));
            }
        }
        return new ConditionResult(List.copyOf(entries.values()), List.copyOf(remarks));
    }

    private static void put(
            Map<Labels, ConditionResult.Entry> entries, Labels labels, Sample sample, boolean holds) {
        entries.putIfAbsent(
                labels, new ConditionResult.Entry(labels, sample.value(), sample.histogram(), holds));
    }

    private List<Sample> evaluate(Expr expr) {
        QueryResult result = engine.instant(expr, source, atMs);
        remarks.addAll(result.annotations());
        return switch (result.value()) {
            case Value.VectorValue v -> v.samples();
            case Value.ScalarValue s -> List.of(new Sample(Labels.EMPTY, atMs, s.value(), null));
            case Value.MatrixValue m -> throw notInstant("range vector");
            case Value.StringValue s -> throw notInstant("string");
        };
    }

    private static PromqlException notInstant(String type) {
        return new PromqlException(
                PromqlException.Kind.EXECUTION, "expected an instant vector or scalar as result, got a " + type);
    }

    private static PromqlException duplicate() {
        return new PromqlException(
                PromqlException.Kind.EXECUTION, "vector contains metrics with the same labelset after applying rule labels");
    }

    private Map<Integer, List<SeriesSlice>> mergeLeaves() {
        Map<Integer, List<SeriesSlice>> merged = new HashMap<>();
        for (Leaf leaf : query.leaves()) {
            merged.put(leaf.id(), mergeLeaf(leaf));
        }
        return merged;
    }

    private List<SeriesSlice> mergeLeaf(Leaf leaf) {
        MergedSource.Builder builder = new MergedSource.Builder(leaf.local() instanceof Expr.Subquery);
        Map<Labels, Map<Long, GroupState>> groups = new LinkedHashMap<>();
        boolean tellApart = leaf.merge().isPresent() && hasGroupLabels(leaf.merge().get());
        for (int shard = 0; shard < shards.size(); shard++) {
            LeafPartial partial = shards.get(shard).get(leaf.id());
            if (partial == null) {
                continue;
            }
            remarks.addAll(partial.annotations());
            String mark = tellApart ? Integer.toString(shard) : "";
            switch (partial) {
                case LeafPartial.Vector v -> addVector(builder, v.samples(), mark);
                case LeafPartial.Matrix m -> addMatrix(builder, m.series(), mark);
                case LeafPartial.Groups g -> mergeGroups(groups, g.rows());
            }
        }
        boolean root = leaf.merge().isPresent() && leaf.merge().get() instanceof Merge.Stddev;
        groups.forEach((labels, times) -> times.forEach((time, state) -> addState(builder, labels, time, state, root)));
        return builder.build();
    }

    /** False where the elements of a shard keep their own labels, so that no two shards send the same. */
    private static boolean hasGroupLabels(Merge merge) {
        return switch (merge) {
            case Merge.TopK m -> false;
            case Merge.BottomK m -> false;
            case Merge.Sum m -> true;
            case Merge.Avg m -> true;
            case Merge.Stddev m -> true;
            case Merge.Stdvar m -> true;
            case Merge.Count m -> true;
            case Merge.Group m -> true;
            case Merge.Min m -> true;
            case Merge.Max m -> true;
            case Merge.CountValues m -> true;
        };
    }

    private static Labels marked(Labels labels, String mark) {
        return mark.isEmpty() ? labels : labels.with(Placeholders.SHARD_LABEL, mark);
    }

    private static void addVector(MergedSource.Builder builder, List<Sample> samples, String mark) {
        for (Sample s : samples) {
            builder.add(marked(s.labels(), mark), s.timestampMs(), s.value(), s.histogram());
        }
    }

    private static void addMatrix(MergedSource.Builder builder, List<RangeSeries> all, String mark) {
        for (RangeSeries series : all) {
            builder.add(series, marked(series.labels(), mark));
        }
    }

    private static void mergeGroups(
            Map<Labels, Map<Long, GroupState>> groups, List<LeafPartial.GroupRow> rows) {
        for (LeafPartial.GroupRow row : rows) {
            groups.computeIfAbsent(row.labels(), k -> new LinkedHashMap<>())
                    .computeIfAbsent(row.timestampMs(), k -> row.state().fresh())
                    .merge(row.state());
        }
    }

    /** One element for each kind of sample, so that the engine finds mixes by itself. */
    private static void addState(
            MergedSource.Builder builder, Labels labels, long timeMs, GroupState state, boolean root) {
        if (state.hasFloats()) {
            builder.add(marked(labels, "float"), timeMs, state.result(root), null);
        }
        addHistogram(builder, marked(labels, "exponential"), timeMs, state.exponential());
        addHistogram(builder, marked(labels, "custom"), timeMs, state.custom());
    }

    private static void addHistogram(
            MergedSource.Builder builder, Labels labels, long timeMs, @Nullable FloatHistogram histogram) {
        if (histogram != null) {
            builder.add(labels, timeMs, 0, histogram);
        }
    }

    private Set<Integer> infoLeaves() {
        Set<Integer> ids = new HashSet<>();
        collectInfoLeaves(query.rest(), ids);
        query.condition().ifPresent(condition -> collectInfoLeaves(condition.filtered(), ids));
        return ids;
    }

    private void collectInfoLeaves(Expr expr, Set<Integer> ids) {
        if (expr instanceof Expr.Call call && call.function() == Function.INFO) {
            Expr.VectorSelector selector = InfoMetric.of(call);
            for (Leaf leaf : query.leaves()) {
                Expr local = leaf.local() instanceof Expr.Subquery s ? s.expr() : leaf.local();
                if (leaf.merge().isEmpty() && local.equals(selector)) {
                    ids.add(leaf.id());
                }
            }
        }
        for (Expr child : new ArrayList<>(expr.children())) {
            collectInfoLeaves(child, ids);
        }
    }
}
