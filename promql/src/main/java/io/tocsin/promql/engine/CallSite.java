package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Expr.Extension;
import io.tocsin.promql.ast.Function;
import io.tocsin.promql.ast.Span;

/**
 * A call of a range function in a query.
 *
 * @param range where the range vector stands
 * @param rangeMs its length in milliseconds
 * @param parameters the other arguments, one array over the steps each, at their positions among the arguments
 * @param startTimes whether start times are used to find counter resets
 */
record CallSite(
        Function function,
        Expr.Call call,
        Span range,
        long rangeMs,
        Extension extension,
        double[][] parameters,
        boolean startTimes,
        Annotations annotations,
        Budget budget) {

    double rangeSeconds() {
        return rangeMs / 1000.0;
    }
}
