package io.tocsin.promql.plan;

import io.tocsin.promql.ast.AggregateOp;
import io.tocsin.promql.ast.BinaryOp;
import io.tocsin.promql.ast.DurationExpr;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Function;
import io.tocsin.promql.ast.ValueType;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Splits a query into parts that each shard evaluates over its own series and a rest that is evaluated over their merged
 * results. The largest local subtrees become leaves; an aggregation over one is pre-aggregated; what cannot be proven
 * local is evaluated in the rest, over shipped instant vectors.
 */
public final class Planner {
    private final Locality locality;
    private final PlanOptions options;
    private final List<Leaf> leaves = new ArrayList<>();

    private Planner(PlanOptions options) {
        this.options = options;
        this.locality = new Locality(options);
    }

    /** Plans a query over series that come from one input, none of them recorded. */
    public static ShardedQuery plan(Expr expr) {
        return plan(expr, PlanOptions.DEFAULT);
    }

    /** Plans a query. */
    public static ShardedQuery plan(Expr expr, PlanOptions options) {
        Planner planner = new Planner(options);
        Expr folded = ConstantFolding.fold(expr);
        if (!Conditions.isCondition(folded)) {
            Expr rest = planner.split(folded, null);
            return new ShardedQuery(expr, planner.leaves, rest, Optional.empty());
        }
        Expr rest = planner.splitCandidates(folded);
        Expr filtered = planner.splitCondition(folded);
        return new ShardedQuery(expr, planner.leaves, rest, Optional.of(new OuterComparison(filtered)));
    }

    /** What the outer comparisons compare, without them. */
    private Expr splitCandidates(Expr expr) {
        if (!(Trees.unwrap(expr) instanceof Expr.Binary b) || !Conditions.isCondition(b)) {
            return split(expr, null);
        }
        if (Conditions.isScalarComparison(b)) {
            return split(b.left().type() == ValueType.SCALAR ? b.right() : b.left(), null);
        }
        if (b.op().isComparison()) {
            // Which elements meet is known from the comparison that gives 0 or 1 for each.
            return split(new Expr.Binary(b.op(), b.left(), b.right(), true, b.matching()), null);
        }
        Expr left = splitCandidates(b.left());
        return b.op() == BinaryOp.OR
                ? new Expr.Binary(b.op(), left, splitCandidates(b.right()), false, b.matching())
                : left;
    }

    /** The whole, split below its outer comparisons, so that they stay in the rest. */
    private Expr splitCondition(Expr expr) {
        if (expr instanceof Expr.Paren p) {
            return new Expr.Paren(splitCondition(p.expr()), p.span());
        }
        if (!(expr instanceof Expr.Binary b) || !Conditions.isCondition(b)) {
            return split(expr, null);
        }
        if (Conditions.isScalarComparison(b)) {
            return Trees.withChildren(b, side -> split(side, null));
        }
        if (b.op().isComparison()) {
            return split(b, null);
        }
        Expr right = b.op() == BinaryOp.OR ? splitCondition(b.right()) : split(b.right(), null);
        return new Expr.Binary(b.op(), splitCondition(b.left()), right, b.returnBool(), b.matching());
    }

    private Expr split(Expr expr, @Nullable Grid grid) {
        if (expr.type() == ValueType.VECTOR && locality.prove(expr).isPresent()) {
            return ship(expr, grid, Optional.empty(), List.of());
        }
        return switch (expr) {
            case Expr.Aggregate a -> splitAggregate(a, grid);
            case Expr.Call c -> splitCall(c, grid);
            case Expr.Subquery s -> splitSubquery(s, grid);
            case Expr.MatrixSelector m -> splitRange(m, grid);
            case Expr.Binary b -> Trees.withChildren(b, child -> split(child, grid));
            case Expr.Unary u -> Trees.withChildren(u, child -> split(child, grid));
            case Expr.Paren p -> Trees.withChildren(p, child -> split(child, grid));
            case Expr.VectorSelector v -> v;
            case Expr.NumberLiteral n -> n;
            case Expr.StringLiteral t -> t;
        };
    }

    private Expr.VectorSelector ship(
            Expr instant, @Nullable Grid grid, Optional<Merge> merge, List<LabelMatcher> matchers) {
        Expr local = grid == null ? instant : grid.evaluated(instant);
        return Placeholders.of(leaf(local, merge), matchers, instant.span());
    }

    private int leaf(Expr local, Optional<Merge> merge) {
        for (Leaf leaf : leaves) {
            if (leaf.local().equals(local) && leaf.merge().equals(merge)) {
                return leaf.id();
            }
        }
        leaves.add(new Leaf(leaves.size(), local, merge));
        return leaves.size() - 1;
    }

    private Expr splitRange(Expr.MatrixSelector range, @Nullable Grid grid) {
        if (options.isRecorded(range.selector()) || !hasKnownDurations(range)) {
            return range;
        }
        // The function around it cannot run in the shard, so it gets the samples themselves.
        Expr.MatrixSelector local = grid == null ? range : grid.raw(range);
        Expr.VectorSelector placeholder = Placeholders.of(leaf(local, Optional.empty()), range.selector().span());
        Expr.VectorSelector moved = new Expr.VectorSelector(
                "",
                placeholder.matchers(),
                range.selector().offset(),
                range.selector().at(),
                range.selector().extension(),
                placeholder.span());
        return new Expr.MatrixSelector(moved, range.range(), range.span());
    }

    private static boolean hasKnownDurations(Expr.MatrixSelector range) {
        DurationExpr offset = range.selector().offset();
        return range.range() instanceof DurationExpr.Fixed && (offset == null || offset instanceof DurationExpr.Fixed);
    }

    private Expr splitSubquery(Expr.Subquery subquery, @Nullable Grid grid) {
        if (!Grid.isKnown(subquery)) {
            return subquery;
        }
        Grid inner = Grid.of(grid, subquery);
        return Trees.withChildren(subquery, child -> split(child, inner));
    }

    private Expr splitCall(Expr.Call call, @Nullable Grid grid) {
        if (call.function() == Function.ABSENT) {
            return splitAbsent(call, call.args().getFirst(), grid);
        }
        if (call.function() == Function.ABSENT_OVER_TIME) {
            return splitAbsent(call, new Expr.Call(Function.PRESENT_OVER_TIME, call.args(), call.span()), grid);
        }
        return call.function() == Function.INFO ? splitInfo(call, grid) : splitOperands(call, grid);
    }

    private Expr splitOperands(Expr.Call call, @Nullable Grid grid) {
        return Trees.withChildren(call, arg -> split(arg, grid));
    }

    /** Whether anything is there: each shard says so with one element at most. */
    private Expr splitAbsent(Expr.Call call, Expr present, @Nullable Grid grid) {
        if (locality.prove(present).isEmpty()) {
            return splitOperands(call, grid);
        }
        Optional<Merge> merge = Optional.of(new Merge.Group(new Grouping(List.of(), false)));
        // The result takes its labels from the matchers, so they stay beside the placeholder's name.
        List<LabelMatcher> matchers = selectorOf(call.args().getFirst())
                .map(selector -> selector.matchers().stream()
                        .filter(m -> !m.name().equals(Labels.METRIC_NAME))
                        .toList())
                .orElse(List.of());
        Expr.VectorSelector there = ship(present, grid, merge, matchers);
        return new Expr.Call(Function.ABSENT, List.of(there), call.span());
    }

    private static Optional<Expr.VectorSelector> selectorOf(Expr arg) {
        Expr inner = Trees.unwrap(arg);
        if (inner instanceof Expr.MatrixSelector m) {
            return Optional.of(m.selector());
        }
        return inner instanceof Expr.VectorSelector v ? Optional.of(v) : Optional.empty();
    }

    /** The info series are shipped beside the operand; the engine finds them under their own names. */
    private Expr splitInfo(Expr.Call call, @Nullable Grid grid) {
        ship(InfoMetric.of(call), grid, Optional.empty(), List.of());
        List<Expr> args = new ArrayList<>(call.args());
        args.set(0, split(args.getFirst(), grid));
        return new Expr.Call(call.function(), args, call.span());
    }

    private Expr splitAggregate(Expr.Aggregate aggregate, @Nullable Grid grid) {
        Optional<Merge> merge = merge(aggregate);
        if (merge.isEmpty() || locality.prove(aggregate.expr()).isEmpty()) {
            return Trees.withChildren(aggregate, child -> split(child, grid));
        }
        Expr.VectorSelector merged = ship(aggregate.expr(), grid, merge, List.of());
        return switch (merge.get()) {
            case Merge.Sum m -> over(AggregateOp.SUM, aggregate, merged, List.of());
            case Merge.Avg m -> over(AggregateOp.AVG, aggregate, merged, List.of());
            case Merge.Min m -> over(AggregateOp.MIN, aggregate, merged, List.of());
            case Merge.Max m -> over(AggregateOp.MAX, aggregate, merged, List.of());
            case Merge.Group m -> over(AggregateOp.GROUP, aggregate, merged, List.of());
            case Merge.Count m -> over(AggregateOp.SUM, aggregate, merged, List.of());
            // The merged deviation is one element for each group, which a sum leaves as it is.
            case Merge.Stddev m -> over(AggregateOp.SUM, aggregate, merged, List.of());
            case Merge.Stdvar m -> over(AggregateOp.SUM, aggregate, merged, List.of());
            case Merge.CountValues m ->
                over(AggregateOp.SUM, aggregate, merged, List.of(((Expr.StringLiteral) m.label()).value()));
            case Merge.TopK m -> again(aggregate, merged);
            case Merge.BottomK m -> again(aggregate, merged);
        };
    }

    /** The same aggregation over the elements that the shards kept, which have all their labels. */
    private static Expr again(Expr.Aggregate aggregate, Expr merged) {
        return new Expr.Aggregate(
                aggregate.op(),
                merged,
                aggregate.parameter(),
                aggregate.grouping(),
                aggregate.without(),
                aggregate.span());
    }

    /** An aggregation over elements that have the labels of their group already, and the label that tells shards apart. */
    private static Expr over(AggregateOp op, Expr.Aggregate aggregate, Expr merged, List<String> more) {
        List<String> grouping = new ArrayList<>();
        if (aggregate.without()) {
            grouping.add(Placeholders.SHARD_LABEL);
        } else {
            grouping.addAll(aggregate.grouping());
            grouping.addAll(more);
        }
        return new Expr.Aggregate(op, merged, null, grouping, aggregate.without(), aggregate.span());
    }

    private static Optional<Merge> merge(Expr.Aggregate a) {
        Grouping grouping = new Grouping(a.grouping(), a.without());
        Expr parameter = a.parameter();
        boolean shared = parameter != null && Locality.isSharedScalar(parameter);
        return switch (a.op()) {
            case SUM -> Optional.of(new Merge.Sum(grouping));
            case AVG -> Optional.of(new Merge.Avg(grouping));
            case COUNT -> Optional.of(new Merge.Count(grouping));
            case MIN -> Optional.of(new Merge.Min(grouping));
            case MAX -> Optional.of(new Merge.Max(grouping));
            case GROUP -> Optional.of(new Merge.Group(grouping));
            case STDDEV -> Optional.of(new Merge.Stddev(grouping));
            case STDVAR -> Optional.of(new Merge.Stdvar(grouping));
            case TOPK -> shared && parameter != null ? Optional.of(new Merge.TopK(grouping, parameter)) : Optional.empty();
            case BOTTOMK ->
                shared && parameter != null ? Optional.of(new Merge.BottomK(grouping, parameter)) : Optional.empty();
            case COUNT_VALUES ->
                parameter instanceof Expr.StringLiteral
                        ? Optional.of(new Merge.CountValues(grouping, parameter))
                        : Optional.empty();
            case QUANTILE, LIMITK, LIMIT_RATIO -> Optional.empty();
        };
    }
}
