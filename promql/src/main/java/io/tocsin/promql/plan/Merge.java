package io.tocsin.promql.plan;

import io.tocsin.promql.ast.Expr;

/**
 * How the vectors of all shards become one. The families that keep an own state (sum, avg, stddev, stdvar) are folded in
 * each shard and merged in shard order; the others are aggregated by the engine twice, in each shard and over what the
 * shards sent.
 */
public sealed interface Merge {

    /** The groups that are merged. */
    Grouping grouping();

    /** Compensated sum of floats, sum of histograms, and whether both occurred. */
    record Sum(Grouping grouping) implements Merge {}

    /** Sum and number; an incremental mean from the moment the sum overflows. */
    record Avg(Grouping grouping) implements Merge {}

    /** Number, mean and sum of squared differences (Chan, Golub and LeVeque 1979). */
    record Stddev(Grouping grouping) implements Merge {}

    /** As {@link Stddev}, without the root. */
    record Stdvar(Grouping grouping) implements Merge {}

    /** Counts add up. */
    record Count(Grouping grouping) implements Merge {}

    /** A group is there if it is in one shard. */
    record Group(Grouping grouping) implements Merge {}

    /** The smallest of the smallest. */
    record Min(Grouping grouping) implements Merge {}

    /** The largest of the largest. */
    record Max(Grouping grouping) implements Merge {}

    /** The k largest of each shard's k largest. */
    record TopK(Grouping grouping, Expr k) implements Merge {}

    /** The k smallest of each shard's k smallest. */
    record BottomK(Grouping grouping, Expr k) implements Merge {}

    /** Counts per value add up. */
    record CountValues(Grouping grouping, Expr label) implements Merge {}
}
