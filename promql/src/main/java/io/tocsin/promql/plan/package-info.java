/**
 * The planner: decides which part of an expression each shard evaluates over its own series, and how the parts are merged.
 * Touches no topic.
 * Pure.
 */
@NullMarked
package io.tocsin.promql.plan;

import org.jspecify.annotations.NullMarked;
