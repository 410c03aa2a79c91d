package io.tocsin.promql.plan;

import io.tocsin.promql.ast.AggregateOp;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.engine.Annotation;
import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.engine.PromqlException;
import io.tocsin.promql.engine.QueryResult;
import io.tocsin.promql.engine.SeriesSource;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.RangeSeries;
import io.tocsin.promql.model.Sample;
import io.tocsin.promql.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Evaluates the leaves of a query over the series of one shard. */
public final class ShardEvaluator {
    private ShardEvaluator() {}

    /**
     * What this shard contributes to a leaf at a time in Unix milliseconds.
     *
     * @throws PromqlException if the leaf cannot be evaluated over these series
     */
    public static LeafPartial evaluate(Leaf leaf, Engine engine, SeriesSource source, long atMs) {
        if (leaf.merge().isEmpty()) {
            return plain(leaf, engine.instant(leaf.local(), source, atMs));
        }
        return switch (leaf.merge().get()) {
            case Merge.Sum m -> fold(leaf, m.grouping(), AggregateOp.SUM, engine, source, atMs);
            case Merge.Avg m -> fold(leaf, m.grouping(), AggregateOp.AVG, engine, source, atMs);
            case Merge.Stddev m -> fold(leaf, m.grouping(), AggregateOp.STDDEV, engine, source, atMs);
            case Merge.Stdvar m -> fold(leaf, m.grouping(), AggregateOp.STDVAR, engine, source, atMs);
            case Merge.Count m -> aggregate(leaf, AggregateOp.COUNT, m.grouping(), null, engine, source, atMs);
            case Merge.Group m -> aggregate(leaf, AggregateOp.GROUP, m.grouping(), null, engine, source, atMs);
            case Merge.Min m -> aggregate(leaf, AggregateOp.MIN, m.grouping(), null, engine, source, atMs);
            case Merge.Max m -> aggregate(leaf, AggregateOp.MAX, m.grouping(), null, engine, source, atMs);
            case Merge.TopK m -> aggregate(leaf, AggregateOp.TOPK, m.grouping(), m.k(), engine, source, atMs);
            case Merge.BottomK m -> aggregate(leaf, AggregateOp.BOTTOMK, m.grouping(), m.k(), engine, source, atMs);
            case Merge.CountValues m ->
                aggregate(leaf, AggregateOp.COUNT_VALUES, m.grouping(), m.label(), engine, source, atMs);
        };
    }

    private static LeafPartial plain(Leaf leaf, QueryResult result) {
        return switch (result.value()) {
            case Value.VectorValue v -> new LeafPartial.Vector(leaf.id(), v.samples(), result.annotations());
            case Value.MatrixValue m -> new LeafPartial.Matrix(leaf.id(), m.series(), result.annotations());
            case Value.ScalarValue s -> throw new IllegalArgumentException("a leaf cannot be a scalar");
            case Value.StringValue s -> throw new IllegalArgumentException("a leaf cannot be a string");
        };
    }

    private static LeafPartial aggregate(
            Leaf leaf,
            AggregateOp op,
            Grouping grouping,
            @Nullable Expr parameter,
            Engine engine,
            SeriesSource source,
            long atMs) {
        return plain(leaf, engine.instant(aggregated(leaf.local(), op, grouping, parameter), source, atMs));
    }

    /** The aggregation over the operand, inside the subquery that gives it its times, if there is one. */
    private static Expr aggregated(Expr local, AggregateOp op, Grouping grouping, @Nullable Expr parameter) {
        if (local instanceof Expr.Subquery subquery) {
            return Trees.withChildren(subquery, child -> aggregated(child, op, grouping, parameter));
        }
        return new Expr.Aggregate(op, local, parameter, grouping.labels(), grouping.without(), local.span());
    }

    private static LeafPartial fold(
            Leaf leaf, Grouping grouping, AggregateOp op, Engine engine, SeriesSource source, long atMs) {
        QueryResult result = engine.instant(leaf.local(), source, atMs);
        Folding folding = new Folding(grouping, kind(op));
        List<Annotation> annotations = new ArrayList<>(result.annotations());
        boolean histograms =
                switch (result.value()) {
                    case Value.VectorValue v -> folding.addAll(v.samples());
                    case Value.MatrixValue m -> folding.addSeries(m.series());
                    case Value.ScalarValue s -> throw new IllegalArgumentException("a leaf cannot be a scalar");
                    case Value.StringValue s -> throw new IllegalArgumentException("a leaf cannot be a string");
                };
        if (histograms) {
            // Remarks about histograms are the engine's to make, so it aggregates once more.
            Expr whole = aggregated(leaf.local(), op, grouping, null);
            annotations.addAll(engine.instant(whole, source, atMs).annotations());
        }
        return new LeafPartial.Groups(leaf.id(), folding.rows(), Remarks.distinct(annotations));
    }

    private static GroupState.Kind kind(AggregateOp op) {
        return switch (op) {
            case SUM -> GroupState.Kind.SUM;
            case AVG -> GroupState.Kind.AVG;
            case STDDEV, STDVAR -> GroupState.Kind.VARIANCE;
            case MIN, MAX, COUNT, GROUP, TOPK, BOTTOMK, COUNT_VALUES, QUANTILE, LIMITK, LIMIT_RATIO ->
                throw new IllegalArgumentException("no state for " + op.symbol());
        };
    }

    private static final class Folding {
        private final Grouping grouping;
        private final GroupState.Kind kind;
        private final Map<Labels, TreeMap<Long, GroupState>> groups = new LinkedHashMap<>();

        Folding(Grouping grouping, GroupState.Kind kind) {
            this.grouping = grouping;
            this.kind = kind;
        }

        boolean addAll(List<Sample> samples) {
            boolean histograms = false;
            for (Sample sample : samples) {
                add(grouping.of(sample.labels()), sample.timestampMs(), sample.value(), sample.histogram());
                histograms |= sample.histogram() != null;
            }
            return histograms;
        }

        boolean addSeries(List<RangeSeries> all) {
            boolean histograms = false;
            for (RangeSeries series : all) {
                Labels group = grouping.of(series.labels());
                for (int i = 0; i < series.size(); i++) {
                    add(group, series.timestampsMs()[i], series.values()[i], series.histogram(i));
                    histograms |= series.histogram(i) != null;
                }
            }
            return histograms;
        }

        private void add(Labels group, long timeMs, double value, @Nullable FloatHistogram histogram) {
            groups.computeIfAbsent(group, k -> new TreeMap<>())
                    .computeIfAbsent(timeMs, k -> new GroupState(kind))
                    .add(value, histogram);
        }

        List<LeafPartial.GroupRow> rows() {
            List<LeafPartial.GroupRow> rows = new ArrayList<>();
            groups.forEach((labels, times) ->
                    times.forEach((time, state) -> rows.add(new LeafPartial.GroupRow(labels, time, state))));
            return rows;
        }
    }
}
