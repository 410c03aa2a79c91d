package io.tocsin.promql.plan;

import io.tocsin.promql.ast.BinaryOp;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.ValueType;
import io.tocsin.promql.ast.VectorMatching;

/**
 * Which part of an expression is its condition. A rule is true where its outer comparison holds; knowing what was
 * compared tells a series that is there and does not satisfy it from one that is gone.
 */
final class Conditions {
    private Conditions() {}

    /** True for a filtering comparison, and for and, unless and or over one on the left (or, with or, on either side). */
    static boolean isCondition(Expr expr) {
        return Trees.unwrap(expr) instanceof Expr.Binary b && (isComparison(b) || isSetOverCondition(b));
    }

    private static boolean isSetOverCondition(Expr.Binary b) {
        return switch (b.op()) {
            case AND, UNLESS -> keepsLabels(b.left());
            case OR -> keepsLabels(b.left()) || keepsLabels(b.right());
            case EQ, NEQ, LT, LTE, GT, GTE, TRIM_UPPER, TRIM_LOWER, ADD, SUB, MUL, DIV, MOD, ATAN2, POW -> false;
        };
    }

    private static boolean keepsLabels(Expr operand) {
        return isCondition(operand) && projection(operand).equals(OuterComparison.Projection.NONE);
    }

    /** Between vectors, the result must have the labels of the left side, so that candidates can be recognised in it. */
    private static boolean isComparison(Expr.Binary b) {
        if (!b.op().isComparison() || b.returnBool() || b.type() != ValueType.VECTOR) {
            return false;
        }
        VectorMatching matching = b.matching();
        if (isScalarComparison(b) || matching == null) {
            return true;
        }
        boolean left = matching.cardinality() == VectorMatching.Cardinality.ONE_TO_ONE
                || matching.cardinality() == VectorMatching.Cardinality.MANY_TO_ONE;
        return left && matching.include().isEmpty() && !matching.fills();
    }

    /** What a condition does to the labels of its candidates. */
    static OuterComparison.Projection projection(Expr condition) {
        if (Trees.unwrap(condition) instanceof Expr.Binary b && b.op().isComparison()) {
            VectorMatching matching = b.matching();
            if (matching != null && matching.cardinality() == VectorMatching.Cardinality.ONE_TO_ONE) {
                return new OuterComparison.Projection(matching.labels(), matching.on());
            }
        }
        return OuterComparison.Projection.NONE;
    }

    /** What a comparison between vectors compares: the left elements that have a partner. */
    static Expr partners(Expr.Binary comparison, VectorMatching matching) {
        VectorMatching any = VectorMatching.DEFAULT
                .withCardinality(VectorMatching.Cardinality.MANY_TO_MANY)
                .withLabels(matching.labels(), matching.on());
        return new Expr.Binary(BinaryOp.AND, comparison.left(), comparison.right(), false, any);
    }

    /** True for a comparison between a vector and a scalar. */
    static boolean isScalarComparison(Expr.Binary b) {
        return b.op().isComparison()
                && (b.left().type() == ValueType.SCALAR || b.right().type() == ValueType.SCALAR);
    }
}
