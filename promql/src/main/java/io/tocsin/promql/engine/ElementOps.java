package io.tocsin.promql.engine;

import io.tocsin.promql.ast.BinaryOp;
import io.tocsin.promql.ast.Span;
import io.tocsin.promql.engine.Annotations.Operation;
import io.tocsin.promql.histogram.Combined;
import io.tocsin.promql.histogram.CounterResetHint;
import io.tocsin.promql.histogram.FloatHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Binary operators on two elements. A comparison keeps the left element where it holds. One object serves one operation,
 * and holds the result of the last call.
 */
final class ElementOps {

    private final BinaryOp op;
    private final Span span;
    private final Annotations annotations;

    /** The result where there is one; what a comparison keeps may be nothing else than {@link #holds} says. */
    double value;

    @Nullable FloatHistogram histogram;
    boolean holds;

    ElementOps(BinaryOp op, Span span, Annotations annotations) {
        this.op = op;
        this.span = span;
        this.annotations = annotations;
    }

    /** The result of an operator on two numbers; comparisons give 0 or 1. */
    static double scalars(BinaryOp op, double a, double b) {
        return op.isComparison() ? (compare(op, a, b) ? 1 : 0) : arithmetic(op, a, b);
    }

    static double arithmetic(BinaryOp op, double a, double b) {
        return switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case MOD -> a % b;
            case POW -> GoMath.pow(a, b);
            case ATAN2 -> StrictMath.atan2(a, b);
            case EQ, NEQ, LT, LTE, GT, GTE, AND, OR, UNLESS, TRIM_LOWER, TRIM_UPPER ->
                throw PromqlException.execution("operator \"" + op.symbol() + "\" not allowed for Scalar operations");
        };
    }

    static boolean compare(BinaryOp op, double a, double b) {
        return switch (op) {
            case EQ -> a == b;
            case NEQ -> a != b;
            case LT -> a < b;
            case LTE -> a <= b;
            case GT -> a > b;
            case GTE -> a >= b;
            case ADD, SUB, MUL, DIV, MOD, POW, ATAN2, AND, OR, UNLESS, TRIM_LOWER, TRIM_UPPER ->
                throw new IllegalStateException("no comparison: " + op);
        };
    }

    /** Computes; false where the operator has no meaning for such elements, after saying so. */
    boolean apply(double a, @Nullable FloatHistogram ha, double b, @Nullable FloatHistogram hb) {
        histogram = null;
        value = 0;
        holds = true;
        if (ha == null && hb == null) {
            return floats(a, b);
        }
        if (ha != null && hb != null) {
            return histograms(ha, hb);
        }
        return ha == null && hb != null ? floatAndHistogram(a, hb) : ha != null && histogramAndFloat(ha, b);
    }

    private boolean floats(double a, double b) {
        if (op == BinaryOp.TRIM_LOWER || op == BinaryOp.TRIM_UPPER) {
            return incompatible("float", "float");
        }
        if (op.isComparison()) {
            value = a;
            holds = compare(op, a, b);
        } else {
            value = arithmetic(op, a, b);
        }
        return true;
    }

    private boolean floatAndHistogram(double a, FloatHistogram b) {
        if (op != BinaryOp.MUL) {
            return incompatible("float", "histogram");
        }
        histogram = b.mul(a).compact();
        return true;
    }

    private boolean histogramAndFloat(FloatHistogram a, double b) {
        switch (op) {
            case MUL -> histogram = a.mul(b).compact();
            case DIV -> histogram = a.div(b).compact();
            case TRIM_UPPER -> histogram = a.trimUpper(b);
            case TRIM_LOWER -> histogram = a.trimLower(b);
            default -> {
                return incompatible("histogram", "float");
            }
        }
        return true;
    }

    private boolean histograms(FloatHistogram a, FloatHistogram b) {
        return switch (op) {
            case ADD, SUB -> combine(a, b);
            case EQ, NEQ -> {
                histogram = a;
                holds = (op == BinaryOp.EQ) == a.sameData(b);
                yield true;
            }
            default -> incompatible("histogram", "histogram");
        };
    }

    private boolean combine(FloatHistogram a, FloatHistogram b) {
        if (!a.compatibleWith(b)) {
            annotations.incompatibleBuckets(op, span);
            return false;
        }
        boolean add = op == BinaryOp.ADD;
        Operation operation = add ? Operation.ADDITION : Operation.SUBTRACTION;
        Combined result = add ? a.add(b) : a.sub(b);
        if (result.counterResetCollision()) {
            annotations.counterResetCollision(operation, span);
            return false;
        }
        if (result.boundsReconciled()) {
            annotations.boundsReconciled(operation, span);
        }
        FloatHistogram combined = result.histogram();
        histogram = (add ? combined : combined.withHint(CounterResetHint.GAUGE)).compact();
        return true;
    }

    private boolean incompatible(String left, String right) {
        annotations.incompatibleTypes(left, op, right, span);
        return false;
    }
}
