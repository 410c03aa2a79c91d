package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.ValueType;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;

/** The labels that describe a metric instead of telling series apart: its name, type and unit. */
final class Names {

    static final String TYPE = "__type__";
    static final String UNIT = "__unit__";

    private Names() {}

    static boolean describes(String label) {
        return label.equals(Labels.METRIC_NAME) || label.equals(TYPE) || label.equals(UNIT);
    }

    static Labels drop(Labels labels) {
        return labels.filter(name -> !describes(name));
    }

    static boolean hasTypeOrUnit(Labels labels) {
        return labels.has(TYPE) || labels.has(UNIT);
    }

    /** Whether all series of the result surely have the same metric name, or none, so that it can go without a clash. */
    static boolean single(Expr expr) {
        return switch (expr) {
            case Expr.NumberLiteral n -> true;
            case Expr.StringLiteral s -> true;
            case Expr.VectorSelector v ->
                v.matchers().stream()
                        .anyMatch(m -> m.type() == LabelMatcher.Type.EQ && m.name().equals(Labels.METRIC_NAME));
            case Expr.MatrixSelector m -> single(m.selector());
            case Expr.Subquery s -> single(s.expr());
            case Expr.Paren p -> single(p.expr());
            case Expr.Unary u -> single(u.expr());
            case Expr.Aggregate a -> a.op().hasParameter() ? false : !a.grouping().contains(Labels.METRIC_NAME);
            case Expr.Binary b -> binary(b);
            case Expr.Call c -> call(c);
        };
    }

    private static boolean binary(Expr.Binary b) {
        if (b.op().isSet()) {
            return false;
        }
        boolean leftVector = b.left().type() == ValueType.VECTOR;
        return leftVector == (b.right().type() == ValueType.VECTOR)
                ? false
                : single(leftVector ? b.left() : b.right());
    }

    private static boolean call(Expr.Call c) {
        return switch (c.function()) {
            case LABEL_REPLACE, LABEL_JOIN, INFO -> false;
            default -> c.args().stream().allMatch(Names::single);
        };
    }
}
