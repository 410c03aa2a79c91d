package io.tocsin.promql.parse;

import io.tocsin.promql.ast.AggregateOp;
import io.tocsin.promql.ast.At;
import io.tocsin.promql.ast.BinaryOp;
import io.tocsin.promql.ast.DurationExpr;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Function;
import io.tocsin.promql.ast.Span;
import io.tocsin.promql.ast.VectorMatching;
import io.tocsin.promql.ast.VectorMatching.Cardinality;
import io.tocsin.promql.model.LabelMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads PromQL by recursive descent, with precedence climbing for operators. It accepts what Prometheus' grammar
 * accepts, and reports the first error in its words. Input of any kind ends in a tree or an exception: depth and length
 * are limited, so that no query can exhaust the stack of the parser or of what works on its trees.
 */
public final class PromqlParser {

    /** The deepest tree; an operator chain counts each of its operators. */
    public static final int MAX_DEPTH = 1_000;

    /** The longest query, in characters. */
    public static final int MAX_LENGTH = 1 << 20;

    /** Unary minus binds as tight as multiplication: only {@code ^} goes before it. */
    private static final int UNARY_PRECEDENCE = BinaryOp.POW.precedence();

    private final ParserOptions options;
    private final Tokens tokens;
    private final SelectorParser selectors;
    private final ModifierParser modifiers;
    private int depth;
    /** How many aggregations are open: what does not fit in one is reported as "in aggregation". */
    private int aggregations;

    private PromqlParser(String query, ParserOptions options) {
        this.options = options;
        this.tokens = new Tokens(query);
        this.selectors = new SelectorParser(tokens);
        this.modifiers = new ModifierParser(tokens, options);
    }

    /** Reads an expression of the stable language. */
    public static Expr parse(String query) throws PromqlParseException {
        return parse(query, ParserOptions.STABLE);
    }

    /** Reads an expression and checks its types. */
    public static Expr parse(String query, ParserOptions options) throws PromqlParseException {
        PromqlParser parser = start(query, options);
        Expr expr = parser.whole();
        TypeChecker.check(expr, parser.tokens);
        return expr;
    }

    /** Reads a series selector, as the {@code match[]} parameters of the HTTP API have it. */
    public static List<LabelMatcher> parseSelector(String query) throws PromqlParseException {
        PromqlParser parser = start(query, ParserOptions.STABLE);
        TokenType first = parser.tokens.type();
        if (first != TokenType.LEFT_BRACE && !first.isMetricName()) {
            throw parser.tokens.unexpected("", "");
        }
        Expr.VectorSelector selector = parser.selectors.vector();
        if (parser.tokens.type() != TokenType.EOF) {
            throw parser.tokens.unexpected("", "");
        }
        return selector.matchers();
    }

    private static PromqlParser start(String query, ParserOptions options) throws PromqlParseException {
        if (query.length() > MAX_LENGTH) {
            throw new PromqlParseException("", 0, "expression is longer than " + MAX_LENGTH + " characters");
        }
        return new PromqlParser(query, options);
    }

    private Expr whole() throws PromqlParseException {
        if (tokens.type() == TokenType.EOF) {
            throw tokens.error(Span.NONE, "no expression found in input");
        }
        Expr expr = expression(0);
        if (tokens.type() != TokenType.EOF) {
            throw unexpected();
        }
        return expr;
    }

    /** An expression whose operators bind at least as tight as {@code precedence}. */
    private Expr expression(int precedence) throws PromqlParseException {
        int outer = depth;
        deeper();
        Expr left = operand();
        while (true) {
            Optional<BinaryOp> op = tokens.type().binary();
            if (op.isEmpty() || op.get().precedence() < precedence) {
                depth = outer;
                return left;
            }
            deeper();
            left = binary(left, op.get());
        }
    }

    private Expr binary(Expr left, BinaryOp op) throws PromqlParseException {
        tokens.take();
        boolean returnBool = tokens.accept(TokenType.BOOL);
        VectorMatching matching = matching();
        Expr right = expression(op.rightAssociative() ? op.precedence() : op.precedence() + 1);
        if (matching.fills() && !options.fill()) {
            throw tokens.error(left.span(), "binop fill modifiers are experimental and not enabled");
        }
        return new Expr.Binary(op, left, right, returnBool, matching);
    }

    private VectorMatching matching() throws PromqlParseException {
        VectorMatching matching = VectorMatching.DEFAULT;
        boolean on = tokens.type() == TokenType.ON;
        if (on || tokens.type() == TokenType.IGNORING) {
            tokens.take();
            matching = matching.withLabels(selectors.groupingLabels(), on);
            boolean left = tokens.type() == TokenType.GROUP_LEFT;
            if (left || tokens.type() == TokenType.GROUP_RIGHT) {
                tokens.take();
                List<String> include =
                        tokens.type() == TokenType.LEFT_PAREN ? selectors.groupingLabels() : List.of();
                matching = matching.withGroup(left ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY, include);
            }
        }
        return fill(matching);
    }

    private VectorMatching fill(VectorMatching matching) throws PromqlParseException {
        if (tokens.accept(TokenType.FILL)) {
            double both = fillValue();
            return matching.withFill(both, both);
        }
        if (tokens.accept(TokenType.FILL_LEFT)) {
            Double left = fillValue();
            return matching.withFill(left, tokens.accept(TokenType.FILL_RIGHT) ? (Double) fillValue() : null);
        }
        if (tokens.accept(TokenType.FILL_RIGHT)) {
            Double right = fillValue();
            return matching.withFill(tokens.accept(TokenType.FILL_LEFT) ? (Double) fillValue() : null, right);
        }
        return matching;
    }

    private double fillValue() throws PromqlParseException {
        expect(TokenType.LEFT_PAREN);
        boolean minus = tokens.accept(TokenType.SUB);
        if (!minus) {
            tokens.accept(TokenType.ADD);
        }
        if (tokens.type() != TokenType.NUMBER && tokens.type() != TokenType.DURATION) {
            throw unexpected();
        }
        double value = modifiers.literal(tokens.take()).value();
        expect(TokenType.RIGHT_PAREN);
        return minus ? -value : value;
    }

    private Expr operand() throws PromqlParseException {
        if (tokens.type() == TokenType.SUB || tokens.type() == TokenType.ADD) {
            Token sign = tokens.take();
            boolean minus = sign.type() == TokenType.SUB;
            Expr inner = expression(UNARY_PRECEDENCE);
            Span span = sign.span().to(inner.span());
            return inner instanceof Expr.NumberLiteral n
                    ? new Expr.NumberLiteral(minus ? -n.value() : n.value(), n.unit(), span)
                    : new Expr.Unary(minus, inner, span);
        }
        Expr expr = primary();
        while (modifiers.follow()) {
            deeper();
            expr = modifiers.apply(expr);
        }
        return expr;
    }

    private Expr primary() throws PromqlParseException {
        return switch (tokens.type()) {
            case LEFT_PAREN -> paren();
            case NUMBER, DURATION -> modifiers.literal(tokens.take());
            case STRING -> {
                Token token = tokens.take();
                yield new Expr.StringLiteral(Literals.unquote(token.text()), token.span());
            }
            case LEFT_BRACE -> selectors.vector();
            default -> {
                if (!tokens.type().isMetricName()) {
                    throw unexpected();
                }
                yield named();
            }
        };
    }

    private Expr paren() throws PromqlParseException {
        Token open = tokens.take();
        Expr inner = expression(0);
        Token close = expect(TokenType.RIGHT_PAREN);
        return new Expr.Paren(inner, open.span().to(close.span()));
    }

    /** What starts with a name: a function call, an aggregation or a selector. */
    private Expr named() throws PromqlParseException {
        Token name = tokens.take();
        boolean called = tokens.type() == TokenType.LEFT_PAREN;
        Optional<AggregateOp> op = name.type().aggregate();
        if (op.isPresent()) {
            boolean grouped = tokens.type() == TokenType.BY || tokens.type() == TokenType.WITHOUT;
            return called || grouped ? aggregate(name, op.get()) : selectors.named(name);
        }
        boolean function = name.type() == TokenType.IDENTIFIER || name.type().kind() == TokenType.Kind.PREPROCESSOR;
        return called && function ? call(name) : selectors.named(name);
    }

    private Expr call(Token name) throws PromqlParseException {
        List<Expr> args = arguments();
        Function function = Function.named(name.text())
                .orElseThrow(() -> tokens.error(
                        name.span(),
                        "unknown function with name " + io.tocsin.promql.model.GoQuote.quote(name.text())));
        if (function.isExperimental() && !options.functions()) {
            throw tokens.error(name.span(), "function \"" + name.text() + "\" is not enabled");
        }
        return new Expr.Call(function, args, name.span().to(tokens.last().span()));
    }

    private List<Expr> arguments() throws PromqlParseException {
        tokens.take();
        List<Expr> args = new ArrayList<>();
        if (tokens.accept(TokenType.RIGHT_PAREN)) {
            return args;
        }
        args.add(expression(0));
        while (tokens.type() == TokenType.COMMA) {
            Token comma = tokens.take();
            if (tokens.type() == TokenType.RIGHT_PAREN || tokens.type() == TokenType.COMMA) {
                throw tokens.error(comma.span(), "trailing commas not allowed in function call args");
            }
            args.add(expression(0));
        }
        expect(TokenType.RIGHT_PAREN);
        return args;
    }

    private Expr aggregate(Token name, AggregateOp op) throws PromqlParseException {
        aggregations++;
        boolean without = tokens.type() == TokenType.WITHOUT;
        List<String> grouping = grouping();
        if (tokens.type() != TokenType.LEFT_PAREN) {
            throw unexpected();
        }
        List<Expr> args = arguments();
        aggregations--;
        if (grouping == null) {
            without = tokens.type() == TokenType.WITHOUT;
            grouping = grouping();
        }
        Span span = name.span().to(tokens.last().span());
        return aggregate(op, args, grouping == null ? List.of() : grouping, without, span);
    }

    private @Nullable List<String> grouping() throws PromqlParseException {
        return tokens.accept(TokenType.BY) || tokens.accept(TokenType.WITHOUT) ? selectors.groupingLabels() : null;
    }

    private Expr aggregate(AggregateOp op, List<Expr> args, List<String> grouping, boolean without, Span span)
            throws PromqlParseException {
        if (args.isEmpty()) {
            throw tokens.error(span, "no arguments for aggregate expression provided");
        }
        if (op.isExperimental() && !options.functions()) {
            throw tokens.error(
                    span,
                    op.symbol()
                            + "() is experimental and must be enabled with --enable-feature=promql-experimental-functions");
        }
        int expected = op.hasParameter() ? 2 : 1;
        if (args.size() != expected) {
            throw tokens.error(
                    span,
                    "wrong number of arguments for aggregate expression provided, expected " + expected + ", got "
                            + args.size());
        }
        return new Expr.Aggregate(op, args.getLast(), op.hasParameter() ? args.getFirst() : null, grouping, without, span);
    }

    private Token expect(TokenType type) throws PromqlParseException {
        if (tokens.type() != type) {
            throw unexpected();
        }
        return tokens.take();
    }

    private PromqlParseException unexpected() {
        return tokens.unexpected(aggregations > 0 ? "aggregation" : "", "");
    }

    private void deeper() throws PromqlParseException {
        if (++depth > MAX_DEPTH) {
            throw tokens.error(
                    tokens.peek().span(), "expression is nested too deeply: more than " + MAX_DEPTH + " levels");
        }
    }

    /** Applies {@code @}; kept here so that the two kinds of time are read in one place. */
    static At at(double seconds) {
        double millis = Math.floor(Math.abs(seconds * 1000) + 0.5);
        double signed = seconds < 0 ? -millis : millis;
        boolean fits = Math.abs(signed) < 0x1p63;
        return new At.Time(fits ? (long) signed : Long.MIN_VALUE);
    }

    static DurationExpr.Fixed fixed(double seconds, Span span) {
        return new DurationExpr.Fixed(Math.round(seconds * 1e9), span);
    }
}
