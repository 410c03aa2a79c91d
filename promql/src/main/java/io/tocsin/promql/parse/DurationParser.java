package io.tocsin.promql.parse;

import io.tocsin.promql.ast.DurationExpr;
import io.tocsin.promql.ast.DurationExpr.Op;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Span;
import java.util.Optional;

/** Reads durations: literals, and the arithmetic over them that may stand in brackets and after {@code offset}. */
final class DurationParser {

    private static final int MAX_DEPTH = 200;

    private final Tokens tokens;
    private final ParserOptions options;
    private String context = "";
    private String expected = "";
    private int depth;

    DurationParser(Tokens tokens, ParserOptions options) {
        this.tokens = tokens;
        this.options = options;
    }

    Expr.NumberLiteral literal(Token token) throws PromqlParseException {
        try {
            boolean unit = token.type() == TokenType.DURATION;
            double value = unit ? seconds(Literals.durationNanos(token.text())) : Literals.number(token.text());
            return new Expr.NumberLiteral(value, unit, token.span());
        } catch (Literals.MalformedLiteralException e) {
            throw tokens.error(token.span(), e.getMessage());
        }
    }

    /** A range or a resolution; what does not fit is reported with this context. */
    DurationExpr positive(String inContext, String orExpected) throws PromqlParseException {
        context = inContext;
        expected = orExpected;
        DurationExpr duration = expression(0);
        if (duration instanceof DurationExpr.Number number) {
            if (fixed(number).nanos() <= 0) {
                throw tokens.error(number.span(), "duration must be greater than 0");
            }
            return fixed(number);
        }
        return duration;
    }

    /**
     * An offset. A literal, a call and a signed parenthesis end it, so that {@code x offset 5m + 1} adds one to x; what
     * starts with a parenthesis or with two signs goes on with operators.
     */
    DurationExpr offset(String inContext, String orExpected) throws PromqlParseException {
        context = inContext;
        expected = orExpected;
        DurationExpr duration = startOfOffset();
        return duration instanceof DurationExpr.Number number ? fixed(number) : duration;
    }

    private DurationExpr startOfOffset() throws PromqlParseException {
        switch (tokens.type()) {
            case NUMBER, DURATION, STEP, RANGE, MAX_OF, MIN_OF -> {
                return operand();
            }
            case ADD, SUB -> {
                Token sign = tokens.take();
                return switch (tokens.type()) {
                    case NUMBER, DURATION, STEP, RANGE, MAX_OF, MIN_OF, LEFT_PAREN -> signed(sign, operand());
                    default -> climb(signed(sign, expression(Op.POW.precedence())), 0);
                };
            }
            default -> {
                return expression(0);
            }
        }
    }

    private DurationExpr expression(int precedence) throws PromqlParseException {
        if (++depth > MAX_DEPTH) {
            throw tokens.error(tokens.peek().span(), "duration is nested too deeply: more than " + MAX_DEPTH + " levels");
        }
        DurationExpr found;
        if (tokens.type() == TokenType.ADD || tokens.type() == TokenType.SUB) {
            Token sign = tokens.take();
            found = climb(signed(sign, expression(Op.POW.precedence())), precedence);
        } else {
            found = climb(operand(), precedence);
        }
        depth--;
        return found;
    }

    private DurationExpr climb(DurationExpr first, int precedence) throws PromqlParseException {
        DurationExpr left = first;
        int length = 0;
        while (true) {
            Optional<Op> op = operator(tokens.type());
            if (op.isEmpty() || op.get().precedence() < precedence) {
                return left;
            }
            if (++length > MAX_DEPTH) {
                throw tokens.error(
                        tokens.peek().span(), "duration has too many operators: more than " + MAX_DEPTH);
            }
            Token operator = tokens.take();
            DurationExpr right = expression(op.get() == Op.POW ? op.get().precedence() : op.get().precedence() + 1);
            enabled(left);
            boolean zero = right instanceof DurationExpr.Number number && number.seconds() == 0;
            if (zero && (op.get() == Op.DIV || op.get() == Op.MOD)) {
                throw tokens.error(operator.span(), (op.get() == Op.DIV ? "division" : "modulo") + " by zero");
            }
            left = new DurationExpr.Binary(op.get(), left, right);
        }
    }

    private DurationExpr operand() throws PromqlParseException {
        Token token = tokens.peek();
        return switch (token.type()) {
            case NUMBER, DURATION -> {
                Expr.NumberLiteral literal = literal(tokens.take());
                yield number(literal.value(), literal.unit(), literal.span(), literal.span());
            }
            case STEP, RANGE -> {
                tokens.take();
                expect(TokenType.LEFT_PAREN);
                Span span = token.span().to(expect(TokenType.RIGHT_PAREN).span());
                yield enabled(
                        token.type() == TokenType.STEP ? new DurationExpr.Step(span) : new DurationExpr.Range(span));
            }
            case MAX_OF, MIN_OF -> extreme();
            case LEFT_PAREN -> {
                tokens.take();
                DurationExpr inner = enabled(expression(0));
                Span span = token.span().to(expect(TokenType.RIGHT_PAREN).span());
                yield inner instanceof DurationExpr.Wrapped ? inner : new DurationExpr.Wrapped(inner, span);
            }
            default -> throw unexpected();
        };
    }

    private DurationExpr extreme() throws PromqlParseException {
        Token name = tokens.take();
        expect(TokenType.LEFT_PAREN);
        DurationExpr left = expression(0);
        expect(TokenType.COMMA);
        DurationExpr right = expression(0);
        Span span = name.span().to(expect(TokenType.RIGHT_PAREN).span());
        return enabled(new DurationExpr.Extreme(name.type() == TokenType.MAX_OF, left, right, span));
    }

    private DurationExpr signed(Token sign, DurationExpr operand) throws PromqlParseException {
        boolean minus = sign.type() == TokenType.SUB;
        Span span = sign.span().to(operand.span());
        if (operand instanceof DurationExpr.Number n) {
            return number(minus ? -n.seconds() : n.seconds(), n.unit(), span, sign.span());
        }
        return minus ? new DurationExpr.Negated(operand, span) : operand;
    }

    private DurationExpr number(double seconds, boolean unit, Span span, Span at) throws PromqlParseException {
        if (seconds > 0x1p63 / 1e9 || seconds < -0x1p63 / 1e9 || Double.isNaN(seconds)) {
            throw tokens.error(at, "duration out of range");
        }
        return new DurationExpr.Number(seconds, unit, span);
    }

    private DurationExpr enabled(DurationExpr duration) throws PromqlParseException {
        if (!options.durations()) {
            throw tokens.error(duration.span(), "experimental duration expression is not enabled");
        }
        return duration;
    }

    private Token expect(TokenType type) throws PromqlParseException {
        if (tokens.type() != type) {
            throw unexpected();
        }
        return tokens.take();
    }

    private PromqlParseException unexpected() {
        return tokens.unexpected(context, expected);
    }

    private static DurationExpr.Fixed fixed(DurationExpr.Number number) {
        return PromqlParser.fixed(number.seconds(), number.span());
    }

    private static double seconds(long nanos) {
        return (double) (nanos / 1_000_000_000) + (double) (nanos % 1_000_000_000) / 1e9;
    }

    private static Optional<Op> operator(TokenType type) {
        return switch (type) {
            case ADD -> Optional.of(Op.ADD);
            case SUB -> Optional.of(Op.SUB);
            case MUL -> Optional.of(Op.MUL);
            case DIV -> Optional.of(Op.DIV);
            case MOD -> Optional.of(Op.MOD);
            case POW -> Optional.of(Op.POW);
            default -> Optional.empty();
        };
    }
}
