package io.tocsin.promql.engine;

import io.tocsin.promql.ast.BinaryOp;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.VectorMatching;
import io.tocsin.promql.model.Labels;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** {@code and}, {@code or}, {@code unless}: elements of one side by the presence of a match on the other, step by step. */
final class SetOperation {

    private SetOperation() {}

    static void stream(Evaluator evaluator, Expr.Binary binary, VectorMatching matching, Grid grid, Sink sink) {
        Signature signature = new Signature(matching);
        if (binary.op() == BinaryOp.OR) {
            Sink unique = new Unique(sink);
            Map<Labels, BitSet> left = new HashMap<>();
            evaluator.stream(binary.left(), grid, noting(left, signature, unique));
            evaluator.stream(binary.right(), grid, filtered(left, signature, false, unique));
            return;
        }
        Map<Labels, BitSet> right = new HashMap<>();
        evaluator.stream(binary.right(), grid, noting(right, signature, new Sink() {
            @Override
            void accept(Column column) {
                // The right side only decides what of the left side stays.
            }
        }));
        evaluator.stream(binary.left(), grid, filtered(right, signature, binary.op() == BinaryOp.AND, sink));
    }

    private static Sink noting(Map<Labels, BitSet> present, Signature signature, Sink sink) {
        return new Sink.Stage(sink) {
            @Override
            void accept(Column column) {
                BitSet steps = present.computeIfAbsent(signature.of(column.labels), k -> new BitSet());
                for (int i = 0; i < column.steps(); i++) {
                    if (column.has(i)) {
                        steps.set(i);
                    }
                }
                next.accept(column);
            }
        };
    }

    /** Keeps the samples at the steps where a match is there, or is not there. */
    private static Sink filtered(Map<Labels, BitSet> present, Signature signature, boolean wanted, Sink sink) {
        return new Sink.Stage(sink) {
            @Override
            void accept(Column column) {
                BitSet steps = present.get(signature.of(column.labels));
                if (steps == null && wanted) {
                    return;
                }
                for (int i = 0; steps != null && i < column.steps(); i++) {
                    if (steps.get(i) != wanted) {
                        column.remove(i);
                    }
                }
                if (!column.isEmpty()) {
                    next.accept(column);
                }
            }
        };
    }
}
