package io.tocsin.promql.plan;

import io.tocsin.promql.ast.At;
import io.tocsin.promql.ast.DurationExpr;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Span;
import org.jspecify.annotations.Nullable;

/**
 * The times at which the operand of a subquery is evaluated: the multiples of {@code step} within {@code range} before
 * the tick. Of nested subqueries it covers all times of the inner one.
 */
record Grid(long rangeNanos, @Nullable DurationExpr step, long offsetNanos, @Nullable At at) {

    /** True if the durations of a subquery are known without the query's step and range. */
    static boolean isKnown(Expr.Subquery s) {
        return s.range() instanceof DurationExpr.Fixed
                && (s.offset() == null || s.offset() instanceof DurationExpr.Fixed)
                && (s.step() == null || s.step() instanceof DurationExpr.Fixed);
    }

    static Grid of(@Nullable Grid outer, Expr.Subquery inner) {
        long range = nanos(inner.range());
        long offset = inner.offset() == null ? 0 : nanos(inner.offset());
        if (outer == null || inner.at() != null) {
            return new Grid(range, inner.step(), offset, inner.at());
        }
        return new Grid(outer.rangeNanos + range, inner.step(), outer.offsetNanos + offset, outer.at);
    }

    private static long nanos(DurationExpr fixed) {
        return ((DurationExpr.Fixed) fixed).nanos();
    }

    /** An instant expression at each of these times. */
    Expr evaluated(Expr instant) {
        return new Expr.Subquery(
                instant, duration(rangeNanos), step, offsetNanos == 0 ? null : duration(offsetNanos), at, instant.span());
    }

    /** The raw samples that a range selector reads at each of these times. */
    Expr.MatrixSelector raw(Expr.MatrixSelector selector) {
        Expr.VectorSelector series = selector.selector();
        long range = nanos(selector.range());
        if (series.at() != null) {
            return selector;
        }
        long offset = series.offset() == null ? 0 : nanos(series.offset());
        Expr.VectorSelector moved = new Expr.VectorSelector(
                series.name(),
                series.matchers(),
                duration(offset + offsetNanos),
                at,
                series.extension(),
                series.span());
        return new Expr.MatrixSelector(moved, duration(range + rangeNanos), selector.span());
    }

    private static DurationExpr duration(long nanos) {
        return new DurationExpr.Fixed(nanos, Span.NONE);
    }
}
