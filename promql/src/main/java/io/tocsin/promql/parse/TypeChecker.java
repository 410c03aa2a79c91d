package io.tocsin.promql.parse;

import io.tocsin.promql.ast.AggregateOp;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Function;
import io.tocsin.promql.ast.Span;
import io.tocsin.promql.ast.ValueType;
import io.tocsin.promql.ast.VectorMatching;
import io.tocsin.promql.ast.VectorMatching.Cardinality;
import io.tocsin.promql.model.GoQuote;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that operands have the types that their operators take, bottom up, and reports the first that has not. */
final class TypeChecker {

    private final Tokens tokens;

    private TypeChecker(Tokens tokens) {
        this.tokens = tokens;
    }

    static void check(Expr expr, Tokens tokens) throws PromqlParseException {
        new TypeChecker(tokens).check(expr);
    }

    private void check(Expr expr) throws PromqlParseException {
        switch (expr) {
            case Expr.NumberLiteral n -> {}
            case Expr.StringLiteral s -> {}
            case Expr.VectorSelector v -> selector(v, false);
            case Expr.MatrixSelector m -> selector(m.selector(), false);
            case Expr.Paren p -> check(p.expr());
            case Expr.Unary u -> unary(u);
            case Expr.Subquery s -> subquery(s);
            case Expr.Aggregate a -> aggregate(a);
            case Expr.Binary b -> binary(b);
            case Expr.Call c -> call(c);
        }
    }

    private void selector(Expr.VectorSelector selector, boolean mayMatchAll) throws PromqlParseException {
        if (!selector.name().isEmpty()) {
            long names = selector.matchers().stream()
                    .filter(m -> m.name().equals(Labels.METRIC_NAME))
                    .count();
            if (names > 1) {
                throw tokens.error(
                        selector.span(),
                        "metric name must not be set twice: " + GoQuote.quote(selector.name()) + " or "
                                + GoQuote.quote(otherName(selector)));
            }
            return;
        }
        if (!mayMatchAll && selector.matchers().stream().allMatch(m -> m.matches(""))) {
            throw tokens.error(selector.span(), "vector selector must contain at least one non-empty matcher");
        }
    }

    private static String otherName(Expr.VectorSelector selector) {
        LabelMatcher own = LabelMatcher.equal(Labels.METRIC_NAME, selector.name());
        return selector.matchers().stream()
                .filter(m -> m.name().equals(Labels.METRIC_NAME) && !m.equals(own))
                .findFirst()
                .orElse(own)
                .value();
    }

    private void unary(Expr.Unary unary) throws PromqlParseException {
        check(unary.expr());
        ValueType type = unary.expr().type();
        if (type != ValueType.SCALAR && type != ValueType.VECTOR) {
            throw tokens.error(
                    unary.span(),
                    "unary expression only allowed on expressions of type scalar or instant vector, got \""
                            + type.documented() + "\"");
        }
    }

    private void subquery(Expr.Subquery subquery) throws PromqlParseException {
        check(subquery.expr());
        if (subquery.expr().type() != ValueType.VECTOR) {
            throw tokens.error(
                    subquery.span(),
                    "subquery is only allowed on instant vector, got "
                            + subquery.expr().type().wireName() + " instead");
        }
    }

    private void aggregate(Expr.Aggregate aggregate) throws PromqlParseException {
        expect(aggregate.expr(), ValueType.VECTOR, "aggregation expression");
        if (aggregate.parameter() != null) {
            ValueType wanted = aggregate.op() == AggregateOp.COUNT_VALUES ? ValueType.STRING : ValueType.SCALAR;
            expect(aggregate.parameter(), wanted, "aggregation parameter");
        }
    }

    private void expect(Expr expr, ValueType wanted, String context) throws PromqlParseException {
        check(expr);
        if (expr.type() != wanted) {
            throw tokens.error(
                    expr.span(),
                    "expected type " + wanted.documented() + " in " + context + ", got " + expr.type().documented());
        }
    }

    private void binary(Expr.Binary binary) throws PromqlParseException {
        check(binary.left());
        check(binary.right());
        boolean scalars = binary.type() == ValueType.SCALAR;
        if (binary.returnBool() && !binary.op().isComparison()) {
            throw atOperator(binary, "bool modifier can only be used on comparison operators");
        }
        if (binary.op().isComparison() && !binary.returnBool() && scalars) {
            throw atOperator(binary, "comparisons between scalars must use BOOL modifier");
        }
        VectorMatching matching = binary.matching();
        if (matching != null && matching.on()) {
            for (String label : matching.labels()) {
                if (matching.include().contains(label)) {
                    throw atOperator(
                            binary, "label " + GoQuote.quote(label) + " must not occur in ON and GROUP clause at once");
                }
            }
        }
        operand(binary.left());
        operand(binary.right());
        matching(binary, matching);
    }

    private void operand(Expr operand) throws PromqlParseException {
        if (operand.type() != ValueType.SCALAR && operand.type() != ValueType.VECTOR) {
            throw tokens.error(
                    operand.span(), "binary expression must contain only scalar and instant vector types");
        }
    }

    private void matching(Expr.Binary binary, @Nullable VectorMatching matching) throws PromqlParseException {
        Span span = binary.span();
        boolean vectors = binary.left().type() == ValueType.VECTOR && binary.right().type() == ValueType.VECTOR;
        if (!vectors && matching != null) {
            throw tokens.error(
                    span,
                    matching.labels().isEmpty()
                            ? "filling in missing series only allowed between instant vectors"
                            : "vector matching only allowed between instant vectors");
        }
        if (matching != null && binary.op().isSet()) {
            if (matching.cardinality() != Cardinality.MANY_TO_MANY) {
                throw tokens.error(span, "no grouping allowed for \"" + binary.op().symbol() + "\" operation");
            }
            if (matching.fills()) {
                throw tokens.error(span, "filling in missing series not allowed for set operators");
            }
        }
        if (!vectors && binary.op().isSet()) {
            throw tokens.error(
                    span, "set operator \"" + binary.op().symbol() + "\" not allowed in binary scalar expression");
        }
    }

    private PromqlParseException atOperator(Expr.Binary binary, String message) {
        return tokens.error(tokens.afterSpace(binary.left().span().end()), message);
    }

    private void call(Expr.Call call) throws PromqlParseException {
        count(call);
        if (call.function() == Function.INFO && call.args().size() > 1) {
            dataLabels(call);
        }
        List<ValueType> types = call.function().argTypes();
        for (int i = 0; i < call.args().size(); i++) {
            Expr arg = call.args().get(i);
            if (call.function() == Function.INFO && i == 1 && arg instanceof Expr.VectorSelector selector) {
                selector(selector, true);
                continue;
            }
            check(arg);
            ValueType wanted = types.get(Math.min(i, types.size() - 1));
            if (arg.type() != wanted) {
                throw tokens.error(
                        arg.span(),
                        "expected type " + wanted.documented() + " in call to function \""
                                + call.function().symbol() + "\", got " + arg.type().documented());
            }
        }
    }

    private void count(Expr.Call call) throws PromqlParseException {
        Function function = call.function();
        int given = call.args().size();
        int wanted = function.argTypes().size();
        String rest = " argument(s) in call to \"" + function.symbol() + "\", got " + given;
        if (function.variadic() == 0) {
            if (given != wanted) {
                throw tokens.error(call.span(), "expected " + wanted + rest);
            }
            return;
        }
        int least = wanted - 1;
        if (given < least) {
            throw tokens.error(call.span(), "expected at least " + least + rest);
        }
        int most = least + function.variadic();
        if (function.variadic() > 0 && given > most) {
            throw tokens.error(call.span(), "expected at most " + most + rest);
        }
    }

    /** The second argument of {@code info} selects labels, not series. */
    private void dataLabels(Expr.Call call) throws PromqlParseException {
        Expr arg = call.args().get(1);
        if (arg.type() != ValueType.VECTOR) {
            throw tokens.error(
                    call.span(),
                    "expected type instant vector in call to function \"info\", got " + arg.type().documented());
        }
        if (!(arg instanceof Expr.VectorSelector selector)) {
            throw tokens.error(arg.span(), "expected label selectors only");
        }
        if (!selector.name().isEmpty()) {
            throw tokens.error(arg.span(), "expected label selectors only, got vector selector instead");
        }
    }
}
