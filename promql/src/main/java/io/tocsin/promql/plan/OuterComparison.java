package io.tocsin.promql.plan;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.model.Labels;
import java.util.List;

/**
 * The condition of a rule, taken off its expression: {@link ShardedQuery#rest} gives all candidates, and {@code filtered}
 * those for which the condition holds. A candidate that is missing from {@code filtered} is false rather than vanished.
 *
 * @param projection which labels of a candidate its result has
 */
public record OuterComparison(Expr filtered, Projection projection) {

    /**
     * What a comparison between vectors does to labels.
     *
     * @param labels labels that are kept alone, or removed
     * @param only whether they are kept alone
     */
    public record Projection(List<String> labels, boolean only) {
        static final Projection NONE = new Projection(List.of(), false);

        public Projection {
            labels = List.copyOf(labels);
        }

        /** The labels of the result for a candidate. */
        public Labels of(Labels candidate) {
            if (only) {
                return candidate.keep(labels);
            }
            return labels.isEmpty() ? candidate : candidate.drop(labels);
        }
    }
}
