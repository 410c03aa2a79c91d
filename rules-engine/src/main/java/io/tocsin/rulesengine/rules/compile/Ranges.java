package io.tocsin.rulesengine.rules.compile;

import io.tocsin.promql.ast.DurationExpr;
import io.tocsin.promql.ast.Expr;
import org.jspecify.annotations.Nullable;

/** How far back an expression looks. */
public final class Ranges {

    private Ranges() {}

    /**
     * The longest way from the evaluation time to a sample that can count, in milliseconds, without the lookback of an
     * instant selector. A fixed time ({@code @ 123}) does not count: no retention reaches it for ever.
     */
    public static long reach(Expr expr) {
        long own = switch (expr) {
            case Expr.VectorSelector selector -> Math.max(0, millis(selector.offset()));
            case Expr.MatrixSelector matrix -> millis(matrix.range());
            case Expr.Subquery subquery -> millis(subquery.range()) + Math.max(0, millis(subquery.offset()));
            case Expr.NumberLiteral n -> 0;
            case Expr.StringLiteral s -> 0;
            case Expr.Call c -> 0;
            case Expr.Aggregate a -> 0;
            case Expr.Binary b -> 0;
            case Expr.Unary u -> 0;
            case Expr.Paren p -> 0;
        };
        long below = 0;
        for (Expr child : expr.children()) {
            below = Math.max(below, reach(child));
        }
        return own + below;
    }

    private static long millis(@Nullable DurationExpr duration) {
        return duration == null ? 0 : (long) (seconds(duration) * 1000);
    }

    private static double seconds(DurationExpr duration) {
        return switch (duration) {
            case DurationExpr.Fixed fixed -> fixed.nanos() / 1e9;
            case DurationExpr.Seconds number -> number.seconds();
            // A rule is an instant query: it has neither step nor range.
            case DurationExpr.Step step -> 0;
            case DurationExpr.Range range -> 0;
            case DurationExpr.Negated negated -> -seconds(negated.operand());
            case DurationExpr.Wrapped wrapped -> seconds(wrapped.inner());
            case DurationExpr.Binary binary -> apply(binary.op(), seconds(binary.left()), seconds(binary.right()));
            case DurationExpr.Extreme extreme ->
                extreme.max()
                        ? Math.max(seconds(extreme.left()), seconds(extreme.right()))
                        : Math.min(seconds(extreme.left()), seconds(extreme.right()));
        };
    }

    private static double apply(DurationExpr.Op op, double left, double right) {
        return switch (op) {
            case ADD -> left + right;
            case SUB -> left - right;
            case MUL -> left * right;
            case DIV -> left / right;
            case MOD -> left % right;
            case POW -> Math.pow(left, right);
        };
    }
}
