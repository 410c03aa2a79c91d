package io.tocsin.promql.plan;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.parse.PromqlFormatter;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A plan in words: what each shard evaluates, how it is merged, and what is left. */
public final class Explain {
    private Explain() {}

    /** Several lines, without a line break at the end. */
    public static String text(ShardedQuery query) {
        StringBuilder out = new StringBuilder();
        line(out, "query", PromqlFormatter.format(query.original()));
        for (Leaf leaf : query.leaves()) {
            line(out, "leaf " + leaf.id(), PromqlFormatter.format(leaf.local()));
            line(out, "", leaf.merge().map(Explain::merge).orElse("in each shard; every element is shipped"));
        }
        if (query.leaves().isEmpty()) {
            line(out, "", "nothing is evaluated in shards");
        }
        line(out, "rest", PromqlFormatter.format(readable(query.rest())));
        query.condition()
                .ifPresent(c -> line(out, "condition", PromqlFormatter.format(readable(c.filtered()))));
        for (Map.Entry<Expr, Integer> repeated :
                CommonSubexpressions.in(List.of(query.original())).entrySet()) {
            line(out, "repeated", repeated.getValue() + " times " + PromqlFormatter.format(repeated.getKey()));
        }
        return out.toString().stripTrailing();
    }

    private static void line(StringBuilder out, String head, String text) {
        out.append(String.format("%-10s ", head.isEmpty() ? "" : head + ":"))
                .append(text)
                .append('\n');
    }

    /** Placeholders as metrics named {@code leaf:0}. */
    private static Expr readable(Expr expr) {
        if (expr instanceof Expr.VectorSelector v) {
            OptionalInt leaf = Placeholders.leaf(v.matchers());
            if (leaf.isEmpty()) {
                return v;
            }
            String name = "leaf:" + leaf.getAsInt();
            return new Expr.VectorSelector(
                    name,
                    List.of(LabelMatcher.equal(Labels.METRIC_NAME, name)),
                    v.offset(),
                    v.at(),
                    v.extension(),
                    v.span());
        }
        if (expr instanceof Expr.Aggregate a && a.without() && a.grouping().equals(List.of(Placeholders.SHARD_LABEL))) {
            return new Expr.Aggregate(a.op(), readable(a.expr()), null, List.of("shard"), true, a.span());
        }
        return Trees.withChildren(expr, Explain::readable);
    }

    private static String merge(Merge merge) {
        String groups = groups(merge.grouping());
        return switch (merge) {
            case Merge.Sum m -> "in each shard a compensated sum" + groups + "; sums are added in shard order";
            case Merge.Avg m -> "in each shard sum and number" + groups + "; both are added in shard order";
            case Merge.Stddev m -> "in each shard number, mean and squared differences" + groups + "; merged in shard order";
            case Merge.Stdvar m -> "in each shard number, mean and squared differences" + groups + "; merged in shard order";
            case Merge.Count m -> "counted in each shard" + groups + "; counts are added";
            case Merge.Group m -> "in each shard whether there is any" + groups;
            case Merge.Min m -> "the smallest of each shard" + groups;
            case Merge.Max m -> "the largest of each shard" + groups;
            case Merge.TopK m -> "the largest " + PromqlFormatter.format(m.k()) + " of each shard" + groups;
            case Merge.BottomK m -> "the smallest " + PromqlFormatter.format(m.k()) + " of each shard" + groups;
            case Merge.CountValues m -> "values counted in each shard" + groups + "; counts are added";
        };
    }

    private static String groups(Grouping grouping) {
        if (grouping.labels().isEmpty() && !grouping.without()) {
            return "";
        }
        return (grouping.without() ? " without (" : " by (") + String.join(", ", grouping.labels()) + ")";
    }
}
