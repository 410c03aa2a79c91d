package io.tocsin.promql.plan;

import io.tocsin.promql.ast.Expr;

/**
 * The condition of a rule, taken off its expression: {@link ShardedQuery#rest} gives all candidates, and {@code filtered}
 * those for which the condition holds. A candidate that is missing from {@code filtered} is false rather than vanished.
 */
public record OuterComparison(Expr filtered) {}
