package io.tocsin.promql.parse;

import io.tocsin.promql.ast.At;
import io.tocsin.promql.ast.DurationExpr;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Expr.Extension;
import io.tocsin.promql.ast.Span;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Reads what may follow an expression: ranges and subqueries, {@code offset}, {@code @}, {@code anchored}, {@code smoothed}. */
final class ModifierParser {

    private static final String OFFSET_EXPECTED = "number, duration, step(), or range()";

    private final Tokens tokens;
    private final ParserOptions options;
    private final DurationParser durations;

    ModifierParser(Tokens tokens, ParserOptions options) {
        this.tokens = tokens;
        this.options = options;
        this.durations = new DurationParser(tokens, options);
    }

    /** A number or duration token as a literal. */
    Expr.NumberLiteral literal(Token token) throws PromqlParseException {
        return durations.literal(token);
    }

    /** Whether the next token is such a modifier. */
    boolean follow() {
        return switch (tokens.type()) {
            case LEFT_BRACKET, OFFSET, AT, ANCHORED, SMOOTHED -> true;
            default -> false;
        };
    }

    Expr apply(Expr expr) throws PromqlParseException {
        Token token = tokens.take();
        return switch (token.type()) {
            case LEFT_BRACKET -> bracket(expr, token);
            case OFFSET -> offset(expr);
            case AT -> at(expr);
            case ANCHORED -> extend(expr, Extension.ANCHORED, "anchored");
            default -> extend(expr, Extension.SMOOTHED, "smoothed");
        };
    }

    private Expr bracket(Expr expr, Token open) throws PromqlParseException {
        DurationExpr range = durations.positive("subquery or range selector", OFFSET_EXPECTED);
        if (tokens.accept(TokenType.COLON)) {
            return subquery(expr, range);
        }
        if (tokens.type() != TokenType.RIGHT_BRACKET) {
            throw tokens.unexpected("subquery or range", "\":\" or \"]\"");
        }
        Token close = tokens.take();
        String wrong = null;
        if (!(expr instanceof Expr.VectorSelector selector)) {
            throw tokens.error(open.span(), "ranges only allowed for vector selectors");
        }
        if (selector.offset() != null) {
            wrong = "no offset modifiers allowed before range";
        } else if (selector.at() != null) {
            wrong = "no @ modifiers allowed before range";
        }
        if (wrong != null) {
            throw tokens.error(open.span(), wrong);
        }
        return new Expr.MatrixSelector(selector, range, selector.span().to(close.span()));
    }

    private Expr subquery(Expr expr, DurationExpr range) throws PromqlParseException {
        String context = "subquery selector";
        DurationExpr step = null;
        if (tokens.type() != TokenType.RIGHT_BRACKET) {
            step = durations.positive(context, OFFSET_EXPECTED.replace(", or", ",") + ", or \"]\"");
        }
        if (tokens.type() != TokenType.RIGHT_BRACKET) {
            throw tokens.unexpected(context, "\"]\"");
        }
        Token close = tokens.take();
        return new Expr.Subquery(expr, range, step, null, null, expr.span().to(close.span()));
    }

    private Expr offset(Expr expr) throws PromqlParseException {
        DurationExpr offset = durations.offset("offset", OFFSET_EXPECTED);
        Span end = tokens.last().span();
        DurationExpr before =
                switch (expr) {
                    case Expr.VectorSelector v -> v.offset();
                    case Expr.MatrixSelector m -> m.selector().offset();
                    case Expr.Subquery s -> s.offset();
                    default -> throw tokens.error(
                            expr.span(),
                            "offset modifier must be preceded by an instant vector selector or range vector selector"
                                    + " or a subquery");
                };
        if (before != null) {
            throw tokens.error(expr.span(), "offset may not be set multiple times");
        }
        if (offset instanceof DurationExpr.Fixed fixed && fixed.nanos() == 0) {
            return expr;
        }
        Span span = expr.span().to(end);
        return switch (expr) {
            case Expr.VectorSelector v -> v.withOffset(offset, span);
            case Expr.MatrixSelector m ->
                new Expr.MatrixSelector(m.selector().withOffset(offset, m.selector().span()), m.range(), span);
            case Expr.Subquery s -> s.withOffset(offset, span);
            default -> expr;
        };
    }

    private Expr at(Expr expr) throws PromqlParseException {
        Token first = tokens.peek();
        At at;
        if (first.type() == TokenType.START || first.type() == TokenType.END) {
            tokens.take();
            if (!tokens.accept(TokenType.LEFT_PAREN) || !tokens.accept(TokenType.RIGHT_PAREN)) {
                throw tokens.unexpected("@", "timestamp");
            }
            at = first.type() == TokenType.START ? new At.Start() : new At.End();
        } else {
            at = PromqlParser.at(atSeconds(expr));
        }
        Span span = expr.span().to(tokens.last().span());
        return switch (expr) {
            case Expr.VectorSelector v -> v.withAt(once(v.at(), at, expr), span);
            case Expr.MatrixSelector m ->
                new Expr.MatrixSelector(
                        m.selector().withAt(once(m.selector().at(), at, expr), m.selector().span()), m.range(), span);
            case Expr.Subquery s -> s.withAt(once(s.at(), at, expr), span);
            default -> throw tokens.error(
                    expr.span(),
                    "@ modifier must be preceded by an instant vector selector or range vector selector or a subquery");
        };
    }

    private double atSeconds(Expr expr) throws PromqlParseException {
        boolean minus = tokens.accept(TokenType.SUB);
        if (!minus) {
            tokens.accept(TokenType.ADD);
        }
        if (tokens.type() != TokenType.NUMBER && tokens.type() != TokenType.DURATION) {
            throw tokens.unexpected("@", "timestamp");
        }
        double value = literal(tokens.take()).value();
        double seconds = minus ? -value : value;
        // As in Prometheus: at least 2^63 seconds away, or no number.
        if (!(Math.abs(seconds) < 0x1p63)) {
            throw tokens.error(expr.span(), "timestamp out of bounds for @ modifier: " + fixed(seconds));
        }
        return seconds;
    }

    private At once(@Nullable At before, At at, Expr expr) throws PromqlParseException {
        if (before != null) {
            throw tokens.error(expr.span(), "@ <timestamp> may not be set multiple times");
        }
        return at;
    }

    private Expr extend(Expr expr, Extension extension, String name) throws PromqlParseException {
        if (!options.extendedSelectors()) {
            throw tokens.error(expr.span(), name + " modifier is experimental and not enabled");
        }
        return switch (expr) {
            case Expr.VectorSelector v -> extended(v, extension, expr);
            case Expr.MatrixSelector m ->
                new Expr.MatrixSelector(extended(m.selector(), extension, expr), m.range(), m.span());
            case Expr.Subquery s ->
                throw tokens.error(expr.span(), name + " modifier is not supported for subqueries");
            default -> throw tokens.error(expr.span(), name + " modifier not implemented");
        };
    }

    private Expr.VectorSelector extended(Expr.VectorSelector selector, Extension extension, Expr expr)
            throws PromqlParseException {
        if (selector.extension() != Extension.NONE && selector.extension() != extension) {
            throw tokens.error(expr.span(), "anchored and smoothed modifiers cannot be used together");
        }
        return selector.withExtension(extension);
    }

    private static String fixed(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).setScale(6, RoundingMode.HALF_EVEN).toPlainString()
                : io.tocsin.promql.model.GoFloat.format(value);
    }
}
