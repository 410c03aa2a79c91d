package io.tocsin.promql.ast;

import io.tocsin.promql.model.LabelMatcher;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PromQL expression: the whole family on one page. Equality is by meaning, positions do not count (see {@link Span}).
 */
public sealed interface Expr {

    Span span();

    ValueType type();

    /** The direct operands, in the order in which they are written. */
    default List<Expr> children() {
        return switch (this) {
            case NumberLiteral n -> List.of();
            case StringLiteral s -> List.of();
            case VectorSelector v -> List.of();
            case MatrixSelector m -> List.of(m.selector());
            case Subquery s -> List.of(s.expr());
            case Call c -> c.args();
            case Aggregate a -> a.parameter() == null ? List.of(a.expr()) : List.of(a.parameter(), a.expr());
            case Binary b -> List.of(b.left(), b.right());
            case Unary u -> List.of(u.expr());
            case Paren p -> List.of(p.expr());
        };
    }

    /** A number; {@code unit} remembers that it was written as a duration ({@code 5m} is 300). */
    record NumberLiteral(double value, boolean unit, Span span) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.SCALAR;
        }
    }

    /** A string; bytes that are no UTF-8 are held as {@link io.tocsin.promql.model.Utf8} describes. */
    record StringLiteral(String value, Span span) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.STRING;
        }
    }

    /** The extended range selectors. */
    enum Extension {
        NONE,
        ANCHORED,
        SMOOTHED
    }

    /**
     * The series that satisfy all matchers.
     *
     * @param name the metric name where it was written before the braces, else empty; it is among the matchers too
     */
    record VectorSelector(
            String name,
            List<LabelMatcher> matchers,
            @Nullable DurationExpr offset,
            @Nullable At at,
            Extension extension,
            Span span)
            implements Expr {

        public VectorSelector {
            // A canonical order makes equal what means the same, and is the order in which selectors are printed.
            matchers = matchers.stream()
                    .sorted(Comparator.comparing(LabelMatcher::toString))
                    .toList();
        }

        @Override
        public ValueType type() {
            return ValueType.VECTOR;
        }

        public VectorSelector withOffset(DurationExpr other, Span wider) {
            return new VectorSelector(name, matchers, other, at, extension, wider);
        }

        public VectorSelector withAt(At other, Span wider) {
            return new VectorSelector(name, matchers, offset, other, extension, wider);
        }

        public VectorSelector withExtension(Extension other) {
            return new VectorSelector(name, matchers, offset, at, other, span);
        }
    }

    /** The samples of a selector's series over a range before the evaluation time: {@code (t - range, t]}. */
    record MatrixSelector(VectorSelector selector, DurationExpr range, Span span) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.MATRIX;
        }
    }

    /** An instant expression evaluated at each step of a range; a null step is the engine's default resolution. */
    record Subquery(
            Expr expr,
            DurationExpr range,
            @Nullable DurationExpr step,
            @Nullable DurationExpr offset,
            @Nullable At at,
            Span span)
            implements Expr {
        @Override
        public ValueType type() {
            return ValueType.MATRIX;
        }

        public Subquery withOffset(DurationExpr other, Span wider) {
            return new Subquery(expr, range, step, other, at, wider);
        }

        public Subquery withAt(At other, Span wider) {
            return new Subquery(expr, range, step, offset, other, wider);
        }
    }

    /** A function call. */
    record Call(Function function, List<Expr> args, Span span) implements Expr {
        public Call {
            args = List.copyOf(args);
        }

        @Override
        public ValueType type() {
            return function.returnType();
        }
    }

    /** An aggregation over groups of series. */
    record Aggregate(
            AggregateOp op,
            Expr expr,
            @Nullable Expr parameter,
            List<String> grouping,
            boolean without,
            Span span)
            implements Expr {
        public Aggregate {
            grouping = List.copyOf(grouping);
        }

        @Override
        public ValueType type() {
            return ValueType.VECTOR;
        }
    }

    /**
     * A binary operation.
     *
     * @param returnBool whether a comparison gives 0 or 1 instead of filtering
     * @param matching how elements find each other; null unless both sides are vectors
     */
    record Binary(BinaryOp op, Expr left, Expr right, boolean returnBool, @Nullable VectorMatching matching)
            implements Expr {
        public Binary {
            boolean vectors = left.type() == ValueType.VECTOR && right.type() == ValueType.VECTOR;
            if (vectors && matching == null) {
                matching = VectorMatching.DEFAULT;
            }
            if (matching != null && !vectors && matching.labels().isEmpty() && !matching.fills()) {
                matching = null;
            }
            if (matching != null
                    && op.isSet()
                    && matching.cardinality() == VectorMatching.Cardinality.ONE_TO_ONE) {
                matching = matching.withCardinality(VectorMatching.Cardinality.MANY_TO_MANY);
            }
        }

        @Override
        public ValueType type() {
            boolean scalars = left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR;
            return scalars ? ValueType.SCALAR : ValueType.VECTOR;
        }

        @Override
        public Span span() {
            return left.span().to(right.span());
        }
    }

    /** A sign before an expression. */
    record Unary(boolean negative, Expr expr, Span span) implements Expr {
        @Override
        public ValueType type() {
            return expr.type();
        }
    }

    /** An expression in parentheses. */
    record Paren(Expr expr, Span span) implements Expr {
        @Override
        public ValueType type() {
            return expr.type();
        }
    }
}
