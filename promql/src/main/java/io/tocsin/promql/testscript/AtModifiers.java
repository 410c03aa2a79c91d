package io.tocsin.promql.testscript;

import io.tocsin.promql.ast.At;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Function;
import io.tocsin.promql.plan.Trees;
import java.util.Optional;

/** Pins all selectors of a query to one time with {@code @}, so that the query means the same whenever it is asked. */
final class AtModifiers {
    private AtModifiers() {}

    /** The pinned query; empty if it depends on the time of evaluation in another way too. */
    static Optional<Expr> pin(Expr expr, long timeMs) {
        return dependsOnTime(expr) ? Optional.empty() : Optional.of(pinned(expr, new At.Time(timeMs)));
    }

    private static boolean dependsOnTime(Expr expr) {
        if (expr instanceof Expr.Subquery) {
            return false;
        }
        if (expr instanceof Expr.Call call && readsClock(call.function())) {
            return true;
        }
        return expr.children().stream().anyMatch(AtModifiers::dependsOnTime);
    }

    private static boolean readsClock(Function function) {
        return switch (function.symbol()) {
            case "days_in_month",
                    "day_of_month",
                    "day_of_week",
                    "day_of_year",
                    "end",
                    "hour",
                    "minute",
                    "month",
                    "year",
                    "predict_linear",
                    "range",
                    "start",
                    "step",
                    "time",
                    "timestamp" -> true;
            default -> false;
        };
    }

    private static Expr pinned(Expr expr, At.Time time) {
        if (expr instanceof Expr.VectorSelector v) {
            return v.at() instanceof At.Time ? v : v.withAt(time, v.span());
        }
        if (expr instanceof Expr.Subquery s) {
            return s.at() instanceof At.Time ? s : s.withAt(time, s.span());
        }
        return Trees.withChildren(expr, child -> pinned(child, time));
    }
}
