package io.tocsin.promql.plan;

import io.tocsin.promql.ast.Expr;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds expressions that occur more than once in a query or in a set of rules, so that they are evaluated once. */
public final class CommonSubexpressions {
    private CommonSubexpressions() {}

    /**
     * Repeated expressions with the number of their occurrences, in the order of the first. Of nested ones only the
     * largest is given, unless the smaller one occurs elsewhere too. Literals do not count.
     */
    public static Map<Expr, Integer> in(Collection<? extends Expr> roots) {
        Map<Expr, Integer> all = new LinkedHashMap<>();
        roots.forEach(root -> count(root, all));
        Map<Expr, Integer> largest = new LinkedHashMap<>();
        roots.forEach(root -> collect(root, 1, all, largest));
        largest.values().removeIf(times -> times < 2);
        return largest;
    }

    private static void count(Expr expr, Map<Expr, Integer> all) {
        Expr inner = Trees.unwrap(expr);
        if (isWorthSharing(inner)) {
            all.merge(inner, 1, Integer::sum);
        }
        inner.children().forEach(child -> count(child, all));
    }

    /** {@code implied} occurrences of this expression come from a larger repeated one around it. */
    private static void collect(Expr expr, int implied, Map<Expr, Integer> all, Map<Expr, Integer> largest) {
        Expr inner = Trees.unwrap(expr);
        int times = isWorthSharing(inner) ? all.getOrDefault(inner, 1) : 1;
        if (times > implied) {
            largest.put(inner, times);
        }
        int known = Math.max(times, implied);
        inner.children().forEach(child -> collect(child, known, all, largest));
    }

    private static boolean isWorthSharing(Expr expr) {
        return switch (expr) {
            case Expr.NumberLiteral n -> false;
            case Expr.StringLiteral s -> false;
            case Expr.MatrixSelector m -> false;
            case Expr.VectorSelector v -> true;
            case Expr.Subquery s -> true;
            case Expr.Call c -> !c.args().isEmpty();
            case Expr.Aggregate a -> true;
            case Expr.Binary b -> true;
            case Expr.Unary u -> true;
            case Expr.Paren p -> true;
        };
    }
}
