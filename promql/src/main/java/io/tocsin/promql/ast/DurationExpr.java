package io.tocsin.promql.ast;

/**
 * A duration in a range, a resolution or an offset. A plain literal is {@link Fixed}; all others are arithmetic over
 * seconds that is computed when the query's step and range are known.
 */
public sealed interface DurationExpr {

    /** The binary and unary operators of durations; they have the precedence of their PromQL counterparts. */
    enum Op {
        ADD("+", 4),
        SUB("-", 4),
        MUL("*", 5),
        DIV("/", 5),
        MOD("%", 5),
        POW("^", 6);

        private final String symbol;
        private final int precedence;

        Op(String symbol, int precedence) {
            this.symbol = symbol;
            this.precedence = precedence;
        }

        public String symbol() {
            return symbol;
        }

        public int precedence() {
            return precedence;
        }
    }

    Span span();

    /** A literal that stands alone, in nanoseconds (negative only in an offset). */
    record Fixed(long nanos, Span span) implements DurationExpr {

        /** Whole milliseconds, the resolution of time in PromQL, rounded toward zero. */
        public long millis() {
            return nanos / 1_000_000;
        }
    }

    /** A number inside of an expression, in seconds; {@code unit} tells {@code 1m} from {@code 60}. */
    record Number(double seconds, boolean unit, Span span) implements DurationExpr {}

    /** The query's step, {@code step()}. */
    record Step(Span span) implements DurationExpr {}

    /** The query's end minus its start, {@code range()}. */
    record Range(Span span) implements DurationExpr {}

    /** {@code -x}. */
    record Negated(DurationExpr operand, Span span) implements DurationExpr {}

    /** {@code (x)}. */
    record Wrapped(DurationExpr inner, Span span) implements DurationExpr {}

    /** {@code a + b} and so on. */
    record Binary(Op op, DurationExpr left, DurationExpr right) implements DurationExpr {
        @Override
        public Span span() {
            return left.span().to(right.span());
        }
    }

    /** {@code min_of(a, b)} or {@code max_of(a, b)}. */
    record Extreme(boolean max, DurationExpr left, DurationExpr right, Span span) implements DurationExpr {}
}
