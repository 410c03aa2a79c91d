package io.tocsin.promql.engine;

import io.tocsin.promql.ast.BinaryOp;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.ValueType;
import io.tocsin.promql.ast.VectorMatching;
import io.tocsin.promql.histogram.FloatHistogram;
import java.util.Objects;

/** Binary operators with at least one vector. */
final class BinaryOperation {

    private BinaryOperation() {}

    static void stream(Evaluator evaluator, Expr.Binary binary, Grid grid, Sink sink) {
        boolean left = binary.left().type() == ValueType.VECTOR;
        boolean right = binary.right().type() == ValueType.VECTOR;
        if (left && right) {
            VectorMatching matching = Objects.requireNonNull(binary.matching());
            if (binary.op().isSet()) {
                SetOperation.stream(evaluator, binary, matching, grid, sink);
            } else {
                new VectorJoin(evaluator, binary, matching, grid).stream(sink);
            }
        } else {
            withScalar(evaluator, binary, grid, sink, left);
        }
    }

    /** Whether the result is another quantity than the operands, so that it cannot keep the name. */
    static boolean changesMetric(BinaryOp op) {
        return switch (op) {
            case ADD, SUB, MUL, DIV, MOD, POW, ATAN2 -> true;
            case EQ, NEQ, LT, LTE, GT, GTE, AND, OR, UNLESS, TRIM_LOWER, TRIM_UPPER -> false;
        };
    }

    private static void withScalar(
            Evaluator evaluator, Expr.Binary binary, Grid grid, Sink sink, boolean vectorIsLeft) {
        Expr vector = vectorIsLeft ? binary.left() : binary.right();
        double[] scalars = evaluator.scalar(vectorIsLeft ? binary.right() : binary.left(), grid);
        boolean nameless = changesMetric(binary.op()) || binary.returnBool();
        Sink target = nameless ? evaluator.nameless(vector, sink) : new Unique(sink);
        if (!nameless && Names.single(vector)) {
            target = sink;
        }
        ElementOps ops = new ElementOps(binary.op(), binary.span(), evaluator.annotations);
        evaluator.stream(vector, grid, new Sink.Stage(target) {
            @Override
            void accept(Column column) {
                if (column.histograms == null) {
                    floats(binary, column.values, scalars, vectorIsLeft, ops);
                } else {
                    mixed(binary, column, scalars, vectorIsLeft, ops);
                }
                next.accept(column);
            }
        });
    }

    private static void floats(
            Expr.Binary binary, double[] values, double[] scalars, boolean vectorIsLeft, ElementOps ops) {
        BinaryOp op = binary.op();
        boolean trims = op == BinaryOp.TRIM_LOWER || op == BinaryOp.TRIM_UPPER;
        for (int i = 0; i < values.length; i++) {
            double v = values[i];
            if (v != v && Column.absent(v)) {
                continue;
            }
            double a = vectorIsLeft ? v : scalars[i];
            double b = vectorIsLeft ? scalars[i] : v;
            if (trims) {
                ops.apply(a, null, b, null);
                values[i] = io.tocsin.promql.model.StaleNaN.VALUE;
            } else if (!op.isComparison()) {
                values[i] = ElementOps.arithmetic(op, a, b);
            } else if (binary.returnBool()) {
                values[i] = ElementOps.compare(op, a, b) ? 1 : 0;
            } else if (!ElementOps.compare(op, a, b)) {
                values[i] = io.tocsin.promql.model.StaleNaN.VALUE;
            }
        }
    }

    private static void mixed(
            Expr.Binary binary, Column column, double[] scalars, boolean vectorIsLeft, ElementOps ops) {
        for (int i = 0; i < column.steps(); i++) {
            if (!column.has(i)) {
                continue;
            }
            FloatHistogram h = column.histogram(i);
            double v = column.values[i];
            boolean done = vectorIsLeft ? ops.apply(v, h, scalars[i], null) : ops.apply(scalars[i], null, v, h);
            if (!done || !ops.holds && !binary.returnBool()) {
                column.remove(i);
                continue;
            }
            boolean keepsElement = binary.op().isComparison() && !vectorIsLeft;
            double value = keepsElement ? v : ops.value;
            FloatHistogram histogram = keepsElement ? h : ops.histogram;
            column.remove(i);
            if (binary.returnBool()) {
                column.values[i] = ops.holds ? 1 : 0;
            } else if (histogram != null) {
                column.set(i, histogram);
            } else {
                column.values[i] = value;
            }
        }
    }
}
