package io.tocsin.promql.parse;

import io.tocsin.promql.ast.Span;

/** The tokens of a query with one token of lookahead, and the messages about those that do not fit. */
final class Tokens {

    private final String query;
    private final Lexer lexer;
    private Token current;
    private Token previous;

    Tokens(String query) {
        this.query = query;
        this.lexer = new Lexer(query);
        this.current = lexer.next();
        this.previous = current;
    }

    Token peek() {
        return current;
    }

    TokenType type() {
        return current.type();
    }

    /** The token that was taken last. */
    Token last() {
        return previous;
    }

    Token take() {
        previous = current;
        current = lexer.next();
        return previous;
    }

    boolean accept(TokenType type) {
        boolean fits = current.type() == type;
        if (fits) {
            take();
        }
        return fits;
    }

    PromqlParseException error(Span span, String detail) {
        return new PromqlParseException(query, span.start(), detail);
    }

    /** An empty span at the first byte from {@code offset} on that is no space. */
    Span afterSpace(int offset) {
        byte[] bytes = io.tocsin.promql.model.Utf8.encode(query);
        int i = offset;
        while (i < bytes.length && Character.isWhitespace(bytes[i])) {
            i++;
        }
        return new Span(i, i, 1, 1);
    }

    /** The message about the next token; {@code context} and {@code expected} may be empty. */
    PromqlParseException unexpected(String context, String expected) {
        if (current.type() == TokenType.ERROR) {
            return error(current.span(), current.text());
        }
        StringBuilder message = new StringBuilder("unexpected ").append(current.describe());
        if (!context.isEmpty()) {
            message.append(" in ").append(context);
        }
        if (!expected.isEmpty()) {
            message.append(", expected ").append(expected);
        }
        return error(current.span(), message.toString());
    }
}
