package io.tocsin.rulesengine.evaluate;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Function;
import io.tocsin.promql.ast.ValueType;
import java.util.EnumSet;
import java.util.Set;

/**
 * What holds of a series although samples of its windows may not have arrived yet. The newest value of a series is what it
 * is; but a window with a hole in it can show anything, unless what is missing can only add to what is seen: a counter that
 * has grown too much has done so whatever else it did.
 */
final class PartialWindows {

    private static final Set<Function> GROW = EnumSet.of(
            Function.RATE,
            Function.INCREASE,
            Function.MAX_OVER_TIME,
            Function.COUNT_OVER_TIME,
            Function.CHANGES,
            Function.RESETS);
    private static final Set<Function> SHRINK = EnumSet.of(Function.MIN_OVER_TIME);
    /** As an instant selector: the newest value that there is. */
    private static final Set<Function> NEWEST = EnumSet.of(Function.LAST_OVER_TIME, Function.PRESENT_OVER_TIME);

    private PartialWindows() {}

    /** Whether the condition stays true when more samples arrive. */
    static boolean hold(Expr condition) {
        Expr bare = bare(condition);
        if (!hasWindows(bare)) {
            return true;
        }
        if (!(bare instanceof Expr.Binary comparison) || !comparison.op().isComparison()) {
            return false;
        }
        boolean leftIsConstant = comparison.left().type() == ValueType.SCALAR;
        Expr seen = bare(leftIsConstant ? comparison.right() : comparison.left());
        Expr bound = leftIsConstant ? comparison.left() : comparison.right();
        if (hasWindows(bound) || !(seen instanceof Expr.Call call)) {
            return false;
        }
        return switch (comparison.op()) {
            case GT, GTE -> (leftIsConstant ? SHRINK : GROW).contains(call.function());
            case LT, LTE -> (leftIsConstant ? GROW : SHRINK).contains(call.function());
            default -> false;
        };
    }

    private static boolean hasWindows(Expr expr) {
        return switch (expr) {
            case Expr.MatrixSelector m -> true;
            case Expr.Subquery s -> true;
            case Expr.Call call
            when NEWEST.contains(call.function()) -> call.args().stream().anyMatch(Expr.Subquery.class::isInstance);
            default -> expr.children().stream().anyMatch(PartialWindows::hasWindows);
        };
    }

    private static Expr bare(Expr expr) {
        return expr instanceof Expr.Paren paren ? bare(paren.expr()) : expr;
    }
}
