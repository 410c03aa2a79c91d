package io.tocsin.promql.plan;

import io.tocsin.promql.ast.BinaryOp;
import io.tocsin.promql.ast.DurationExpr;
import io.tocsin.promql.ast.Expr;
import org.jspecify.annotations.Nullable;

/**
 * Replaces arithmetic over literals by its result, in values and in durations, as an instant query would compute it:
 * there the step and the range of the query are zero. What has no result, such as a division by zero in a duration, stays
 * as it is and fails in the engine with its own message.
 */
public final class ConstantFolding {
    private ConstantFolding() {}

    /** The folded expression; equal in value at every time. */
    public static Expr fold(Expr expr) {
        Expr folded = Trees.withChildren(expr, ConstantFolding::fold);
        return switch (folded) {
            case Expr.VectorSelector v -> {
                DurationExpr offset = v.offset();
                yield offset == null ? v : v.withOffset(fixed(offset, true), v.span());
            }
            case Expr.MatrixSelector m -> new Expr.MatrixSelector(m.selector(), fixed(m.range(), false), m.span());
            case Expr.Subquery s ->
                new Expr.Subquery(
                        s.expr(),
                        fixed(s.range(), false),
                        fixedOrNull(s.step(), false),
                        fixedOrNull(s.offset(), true),
                        s.at(),
                        s.span());
            case Expr.Binary b -> foldBinary(b);
            case Expr.Unary u -> foldUnary(u);
            case Expr.Paren p -> p.expr() instanceof Expr.NumberLiteral n ? n : p;
            case Expr.NumberLiteral n -> n;
            case Expr.StringLiteral s -> s;
            case Expr.Call c -> c;
            case Expr.Aggregate a -> a;
        };
    }

    private static Expr foldUnary(Expr.Unary unary) {
        if (unary.expr() instanceof Expr.NumberLiteral n) {
            return new Expr.NumberLiteral(unary.negative() ? -n.value() : n.value(), false, unary.span());
        }
        return unary;
    }

    private static Expr foldBinary(Expr.Binary b) {
        if (b.left() instanceof Expr.NumberLiteral left && b.right() instanceof Expr.NumberLiteral right) {
            double result = compute(b.op(), left.value(), right.value());
            return new Expr.NumberLiteral(result, false, b.span());
        }
        return b;
    }

    private static double compute(BinaryOp op, double a, double b) {
        return switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case MOD -> a % b;
            case POW -> power(a, b);
            case ATAN2 -> StrictMath.atan2(a, b);
            case EQ -> a == b ? 1 : 0;
            case NEQ -> a != b ? 1 : 0;
            case LT -> a < b ? 1 : 0;
            case LTE -> a <= b ? 1 : 0;
            case GT -> a > b ? 1 : 0;
            case GTE -> a >= b ? 1 : 0;
            case AND, OR, UNLESS, TRIM_LOWER, TRIM_UPPER ->
                throw new IllegalArgumentException(op.symbol() + " between scalars");
        };
    }

    /** Go's power: 1 to any power is 1, and so is −1 to an infinite one. */
    static double power(double base, double exponent) {
        return base == 1 || (base == -1 && Double.isInfinite(exponent)) ? 1 : StrictMath.pow(base, exponent);
    }

    private static @Nullable DurationExpr fixedOrNull(@Nullable DurationExpr duration, boolean negativeToo) {
        return duration == null ? null : fixed(duration, negativeToo);
    }

    private static DurationExpr fixed(DurationExpr duration, boolean negativeToo) {
        if (duration instanceof DurationExpr.Fixed) {
            return duration;
        }
        double seconds = seconds(duration);
        boolean valid = Math.abs(seconds) < 0x1p63 / 1e9 && (negativeToo || seconds > 0);
        return valid ? new DurationExpr.Fixed(((long) (seconds * 1000)) * 1_000_000, duration.span()) : duration;
    }

    /** NaN for what has no result. */
    private static double seconds(DurationExpr duration) {
        return switch (duration) {
            case DurationExpr.Fixed f -> f.nanos() / 1e9;
            case DurationExpr.Number n -> n.seconds();
            case DurationExpr.Step s -> 0;
            case DurationExpr.Range r -> 0;
            case DurationExpr.Negated n -> -seconds(n.operand());
            case DurationExpr.Wrapped w -> seconds(w.inner());
            case DurationExpr.Extreme e ->
                e.max()
                        ? Math.max(seconds(e.left()), seconds(e.right()))
                        : Math.min(seconds(e.left()), seconds(e.right()));
            case DurationExpr.Binary b -> seconds(b.op(), seconds(b.left()), seconds(b.right()));
        };
    }

    private static double seconds(DurationExpr.Op op, double a, double b) {
        return switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> b == 0 ? Double.NaN : a / b;
            case MOD -> b == 0 ? Double.NaN : a % b;
            case POW -> power(a, b);
        };
    }
}
