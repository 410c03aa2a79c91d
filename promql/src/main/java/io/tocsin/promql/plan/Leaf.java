package io.tocsin.promql.plan;

import io.tocsin.promql.ast.Expr;
import java.util.Optional;

/**
 * A part of a query that each shard evaluates by itself.
 *
 * <p>An instant vector is evaluated at the tick. A range vector holds either raw samples, for a function that cannot run
 * in the shard, or an instant expression at each step of a subquery whose operand is merged.
 *
 * @param id number within its query, from 0
 * @param local what a shard evaluates over its own series
 * @param merge how the results are pre-aggregated; without it every element is shipped
 */
public record Leaf(int id, Expr local, Optional<Merge> merge) {}
