package io.tocsin.promql.plan;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.ValueType;

/**
 * Which part of an expression is its condition. A rule is true where its outer comparison holds; knowing what was
 * compared tells a series that is there and does not satisfy it from one that is gone.
 */
final class Conditions {
    private Conditions() {}

    /** True for a filtering comparison, and for and, unless and or over one on the left (or, with or, on either side). */
    static boolean isCondition(Expr expr) {
        if (!(Trees.unwrap(expr) instanceof Expr.Binary b)) {
            return false;
        }
        if (b.op().isComparison()) {
            return !b.returnBool() && b.type() == ValueType.VECTOR;
        }
        return switch (b.op()) {
            case AND, UNLESS -> isCondition(b.left());
            case OR -> isCondition(b.left()) || isCondition(b.right());
            case EQ, NEQ, LT, LTE, GT, GTE, TRIM_UPPER, TRIM_LOWER, ADD, SUB, MUL, DIV, MOD, ATAN2, POW -> false;
        };
    }

    /** True for a comparison between a vector and a scalar. */
    static boolean isScalarComparison(Expr.Binary b) {
        return b.op().isComparison() && (b.left().type() == ValueType.SCALAR || b.right().type() == ValueType.SCALAR);
    }
}
