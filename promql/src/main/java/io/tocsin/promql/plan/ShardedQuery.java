package io.tocsin.promql.plan;

import io.tocsin.promql.ast.Expr;
import java.util.List;
import java.util.Optional;

/**
 * A query split into what shards evaluate and what is evaluated over their merged results.
 *
 * @param original the query as it was planned
 * @param leaves what each shard evaluates
 * @param rest what is evaluated over the leaves; a leaf stands in it as a selector that only {@link ShardMerger} answers
 * @param condition the outer comparison, if the query has one
 */
public record ShardedQuery(Expr original, List<Leaf> leaves, Expr rest, Optional<OuterComparison> condition) {
    public ShardedQuery {
        leaves = List.copyOf(leaves);
    }
}
