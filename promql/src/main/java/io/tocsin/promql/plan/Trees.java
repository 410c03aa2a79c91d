package io.tocsin.promql.plan;

import io.tocsin.promql.ast.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rebuilding of expressions. */
public final class Trees {
    private Trees() {}

    /**
     * The same node with each of its operands replaced; the node itself if nothing changes. The selector of a range
     * counts as its operand and has to stay a selector.
     */
    public static Expr withChildren(Expr expr, UnaryOperator<Expr> change) {
        return switch (expr) {
            case Expr.NumberLiteral n -> n;
            case Expr.StringLiteral s -> s;
            case Expr.VectorSelector v -> v;
            case Expr.MatrixSelector m ->
                new Expr.MatrixSelector((Expr.VectorSelector) change.apply(m.selector()), m.range(), m.span());
            case Expr.Subquery s ->
                new Expr.Subquery(change.apply(s.expr()), s.range(), s.step(), s.offset(), s.at(), s.span());
            case Expr.Call c -> new Expr.Call(c.function(), all(c.args(), change), c.span());
            case Expr.Aggregate a -> {
                Expr parameter = a.parameter();
                yield new Expr.Aggregate(
                        a.op(),
                        change.apply(a.expr()),
                        parameter == null ? null : change.apply(parameter),
                        a.grouping(),
                        a.without(),
                        a.span());
            }
            case Expr.Binary b ->
                new Expr.Binary(b.op(), change.apply(b.left()), change.apply(b.right()), b.returnBool(), b.matching());
            case Expr.Unary u -> new Expr.Unary(u.negative(), change.apply(u.expr()), u.span());
            case Expr.Paren p -> new Expr.Paren(change.apply(p.expr()), p.span());
        };
    }

    private static List<Expr> all(List<Expr> operands, UnaryOperator<Expr> change) {
        List<Expr> result = new ArrayList<>(operands.size());
        for (Expr operand : operands) {
            result.add(change.apply(operand));
        }
        return result;
    }

    /** The expression inside any parentheses. */
    public static Expr unwrap(Expr expr) {
        Expr inner = expr;
        while (inner instanceof Expr.Paren paren) {
            inner = paren.expr();
        }
        return inner;
    }

    /** True if no series are read anywhere in the expression. */
    public static boolean isWithoutSelectors(Expr expr) {
        if (expr instanceof Expr.VectorSelector) {
            return false;
        }
        for (Expr child : expr.children()) {
            if (!isWithoutSelectors(child)) {
                return false;
            }
        }
        return true;
    }
}
