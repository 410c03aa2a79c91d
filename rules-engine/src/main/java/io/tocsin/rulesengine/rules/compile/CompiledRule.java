package io.tocsin.rulesengine.rules.compile;

import io.tocsin.promql.plan.ShardedQuery;
import io.tocsin.rulesengine.rules.Rule;
import java.util.Optional;

/**
 * A rule with its plans.
 *
 * @param id "file;group/rule#index", unique in its version; the index counts the rules of that name in the group
 * @param rule an alerting or a recording rule; objectives are replaced by their alerts
 * @param expr the plan of its expression
 * @param recover the plan of its recovery condition
 * @param maxRangeMs how far before the tick its expressions look, ranges and offsets together, without the lookback
 */
public record CompiledRule(String id, Rule rule, ShardedQuery expr, Optional<ShardedQuery> recover, long maxRangeMs) {}
