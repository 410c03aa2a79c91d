package io.tocsin.promql.engine;

import io.tocsin.promql.ast.BinaryOp;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Span;
import io.tocsin.promql.engine.Annotations.Operation;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a binary operator has to say about its operands. As in Prometheus, at each step the last element that gives cause
 * for a remark decides; so the remark about each element is noted with the element's place.
 */
final class Remarks {

    /** What was wrong with two elements. */
    enum Kind {
        INCOMPATIBLE_TYPES,
        INCOMPATIBLE_BUCKETS,
        RESET_COLLISION,
        BOUNDS_RECONCILED
    }

    private record Remark(Kind kind, String left, String right) {}

    private record Placed(int place, Remark remark) {}

    private final BinaryOp op;
    private final Span span;
    private final Annotations annotations;
    private final Map<Integer, Placed> bySteps = new HashMap<>();
    private @Nullable Remark pending;

    Remarks(Expr.Binary binary, Annotations annotations) {
        this.op = binary.op();
        this.span = binary.span();
        this.annotations = annotations;
    }

    /** Something is to be said about the elements at hand. */
    void set(Kind kind, String left, String right) {
        pending = new Remark(kind, left, right);
    }

    /** Notes what was said about the elements at hand, if anything. */
    void place(int step, int place) {
        Remark remark = pending;
        if (remark != null) {
            pending = null;
            Placed before = bySteps.get(step);
            if (before == null || before.place() <= place) {
                bySteps.put(step, new Placed(place, remark));
            }
        }
    }

    /** Says what remains. */
    void flush() {
        bySteps.values().stream().map(Placed::remark).distinct().forEach(this::say);
    }

    private void say(Remark remark) {
        Operation operation = op == BinaryOp.ADD ? Operation.ADDITION : Operation.SUBTRACTION;
        switch (remark.kind()) {
            case INCOMPATIBLE_TYPES -> annotations.incompatibleTypes(remark.left(), op, remark.right(), span);
            case INCOMPATIBLE_BUCKETS -> annotations.incompatibleBuckets(op, span);
            case RESET_COLLISION -> annotations.counterResetCollision(operation, span);
            case BOUNDS_RECONCILED -> annotations.boundsReconciled(operation, span);
        }
    }
}
