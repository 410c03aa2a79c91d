package io.tocsin.promql.plan;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Span;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Selectors that stand for leaves in the rest of a query. Their metric name starts with a control character. */
final class Placeholders {
    /** Tells the elements of shards apart that belong to one group; gone after the aggregation over them. */
    static final String SHARD_LABEL = "\u0001shard";

    private static final String PREFIX = "\u0001leaf ";

    private Placeholders() {}

    static Expr.VectorSelector of(int leaf, Span span) {
        return of(leaf, List.of(), span);
    }

    /** With more matchers, for functions that read labels off the selector's text. */
    static Expr.VectorSelector of(int leaf, List<LabelMatcher> more, Span span) {
        List<LabelMatcher> matchers = new ArrayList<>(more);
        matchers.add(LabelMatcher.equal(Labels.METRIC_NAME, PREFIX + leaf));
        return new Expr.VectorSelector("", matchers, null, null, Expr.Extension.NONE, span);
    }

    /** The leaf that a selector stands for. */
    static OptionalInt leaf(List<LabelMatcher> matchers) {
        for (LabelMatcher matcher : matchers) {
            if (matcher.name().equals(Labels.METRIC_NAME) && matcher.value().startsWith(PREFIX)) {
                return OptionalInt.of(Integer.parseInt(matcher.value().substring(PREFIX.length())));
            }
        }
        return OptionalInt.empty();
    }
}
