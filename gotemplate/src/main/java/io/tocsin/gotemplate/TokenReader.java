package io.tocsin.gotemplate;

import java.util.ArrayDeque;
import java.util.Deque;

/** The items of a template as a parser takes them: with look-ahead, and with the errors that name their line. */
final class TokenReader {
    /** Deeper nesting of parentheses and blocks is refused, so that no template can exhaust the stack. */
    private static final int MAX_NESTING = 200;

    private final String parseName;
    private final Lexer lexer;
    private final Deque<Token> pending = new ArrayDeque<>();
    private int lastLine;
    private int actionLine;
    private int nesting;

    TokenReader(String parseName, Lexer lexer, int nesting) {
        this.parseName = parseName;
        this.lexer = lexer;
        this.nesting = nesting;
    }

    /** A reader for a template within this one: it goes on where this one stands. */
    TokenReader inner() {
        return new TokenReader(parseName, lexer, nesting);
    }

    /** Notes on which line the current action began; zero for none. */
    void actionLine(int line) {
        actionLine = line;
    }

    Token next() {
        Token token = pending.poll();
        if (token == null) {
            token = lexer.next();
            lastLine = token.line();
        }
        return token;
    }

    void back(Token token) {
        pending.push(token);
    }

    Token peek() {
        Token token = next();
        back(token);
        return token;
    }

    Token nextNonSpace() {
        Token token = next();
        while (token.type() == TokenType.SPACE) {
            token = next();
        }
        return token;
    }

    Token peekNonSpace() {
        Token token = nextNonSpace();
        back(token);
        return token;
    }

    TemplateException.Parse error(String message) {
        String text = "template: " + Utf8.decode(parseName) + ":" + lastLine + ": " + Utf8.decode(message);
        return new TemplateException.Parse(text, lastLine);
    }

    TemplateException.Parse unexpected(Token token, String context) {
        if (token.type() != TokenType.ERROR) {
            return error("unexpected " + token.shown() + " in " + context);
        }
        String extra = "";
        if (actionLine != 0 && actionLine != token.line()) {
            String started = " started at " + parseName + ":" + actionLine;
            extra = token.text().endsWith(" action") ? started : " in action" + started;
        }
        return error(token.shown() + extra);
    }

    Token expect(TokenType type, String context) throws TemplateException.Parse {
        Token token = nextNonSpace();
        if (token.type() != type) {
            throw unexpected(token, context);
        }
        return token;
    }

    void enter() throws TemplateException.Parse {
        if (++nesting > MAX_NESTING) {
            throw error("max expression depth exceeded");
        }
    }

    void leave() {
        nesting--;
    }

    String unquote(Token token) throws TemplateException.Parse {
        try {
            return GoQuote.unquote(token.text());
        } catch (GoQuote.SyntaxException e) {
            throw causedBy(error("invalid syntax"), e);
        }
    }

    static TemplateException.Parse causedBy(TemplateException.Parse error, Exception cause) {
        error.initCause(cause);
        return error;
    }
}
