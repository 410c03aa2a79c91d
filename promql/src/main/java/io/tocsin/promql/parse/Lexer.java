package io.tocsin.promql.parse;

import io.tocsin.promql.ast.Span;
import io.tocsin.promql.model.GoQuote;
import io.tocsin.promql.model.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads tokens from a query, over its UTF-8 bytes, because positions count bytes. The first error ends the reading: from
 * then on {@link #next} gives the same error again.
 */
final class Lexer {

    private static final int END = -1;

    private final byte[] in;
    private int pos;
    private int start;
    private int width;
    private int line = 1;
    private int lineStart;
    private int counted;

    private int parens;
    private boolean inBraces;
    private boolean inBracket;
    /** After a left bracket and until the first number, other rules hold for what may follow. */
    private boolean inDuration;

    private boolean colonSeen;
    private boolean durationSeen;
    private @Nullable Token failed;

    Lexer(String query) {
        in = Utf8.encode(query);
    }

    Token next() {
        if (failed != null) {
            return failed;
        }
        Token token;
        do {
            token = inDuration ? duration() : inBraces ? braces() : statement();
        } while (token == null && failed == null);
        return failed != null ? failed : java.util.Objects.requireNonNull(token);
    }

    private @Nullable Token statement() {
        int c = advance();
        if (c == '#') {
            return comment();
        }
        if (isSpace(c)) {
            return space();
        }
        return switch (c) {
            case END -> end();
            case ',' -> emit(TokenType.COMMA);
            case '*' -> emit(TokenType.MUL);
            case '/' -> emit(TokenType.DIV);
            case '%' -> emit(TokenType.MOD);
            case '+' -> emit(TokenType.ADD);
            case '-' -> emit(TokenType.SUB);
            case '^' -> emit(TokenType.POW);
            case '@' -> emit(TokenType.AT);
            case '=' -> equals();
            case '!' -> bang();
            case '<' -> follow('=', TokenType.LTE, '/', TokenType.TRIM_UPPER, TokenType.LSS);
            case '>' -> follow('=', TokenType.GTE, '/', TokenType.TRIM_LOWER, TokenType.GTR);
            case '"', '\'' -> quoted(c);
            case '`' -> raw();
            case '(' -> open();
            case ')' -> close();
            case '{' -> {
                inBraces = true;
                yield emit(TokenType.LEFT_BRACE);
            }
            case '[' -> bracket();
            case ']' -> unbracket();
            default -> word(c);
        };
    }

    private @Nullable Token word(int c) {
        if (isDigit(c) || (c == '.' && isDigit(peek()))) {
            backup();
            return numberOrDuration();
        }
        if (!isAlpha(c) && c != ':') {
            return fail("unexpected character: " + GoQuote.quoteRune(c));
        }
        if (!inBracket) {
            backup();
            return keywordOrIdentifier();
        }
        if (c == ':') {
            if (colonSeen) {
                return fail("unexpected colon " + GoQuote.quoteRune(c));
            }
            colonSeen = true;
            return emit(TokenType.COLON);
        }
        Token keyword = durationKeyword(c);
        return keyword != null ? keyword : fail("unexpected character: " + GoQuote.quoteRune(c) + ", expected ':'");
    }

    private @Nullable Token end() {
        if (parens != 0) {
            return fail("unclosed left parenthesis");
        }
        return inBracket ? fail("unclosed left bracket") : emit(TokenType.EOF);
    }

    private @Nullable Token equals() {
        int c = peek();
        if (c == '~') {
            return fail("unexpected character after '=': " + GoQuote.quoteRune(c));
        }
        if (c != '=') {
            return emit(TokenType.EQL);
        }
        advance();
        return emit(TokenType.EQLC);
    }

    private @Nullable Token bang() {
        int c = advance();
        return c == '=' ? emit(TokenType.NEQ) : fail("unexpected character after '!': " + GoQuote.quoteRune(c));
    }

    private Token follow(int a, TokenType ifA, int b, TokenType ifB, TokenType other) {
        int c = peek();
        if (c == a || c == b) {
            advance();
        }
        return emit(c == a ? ifA : c == b ? ifB : other);
    }

    private Token open() {
        parens++;
        return emit(TokenType.LEFT_PAREN);
    }

    private @Nullable Token close() {
        parens--;
        Token token = emit(TokenType.RIGHT_PAREN);
        return parens < 0 ? fail("unexpected right parenthesis ')'") : token;
    }

    private @Nullable Token bracket() {
        if (inBracket) {
            return fail("unexpected left bracket '['");
        }
        colonSeen = false;
        durationSeen = false;
        inBracket = true;
        inDuration = true;
        return emit(TokenType.LEFT_BRACKET);
    }

    private @Nullable Token unbracket() {
        if (!inBracket) {
            return fail("unexpected right bracket ']'");
        }
        inBracket = false;
        return emit(TokenType.RIGHT_BRACKET);
    }

    /** What may follow a left bracket, up to the first number. */
    private @Nullable Token duration() {
        int c = advance();
        if (isSpace(c)) {
            return space();
        }
        if (isDigit(c) || (c == '.' && isDigit(peek()))) {
            backup();
            durationSeen = true;
            inDuration = false;
            return numberOrDuration();
        }
        return switch (c) {
            case END -> fail("unexpected end of input in duration expression");
            case ']' -> {
                inBracket = false;
                colonSeen = false;
                inDuration = false;
                yield emit(TokenType.RIGHT_BRACKET);
            }
            case ':' -> durationColon();
            case '(' -> open();
            case ')' -> close();
            case '+' -> emit(TokenType.ADD);
            case '-' -> emit(TokenType.SUB);
            case '*' -> emit(TokenType.MUL);
            case '/' -> emit(TokenType.DIV);
            case '%' -> emit(TokenType.MOD);
            case '^' -> emit(TokenType.POW);
            case ',' -> emit(TokenType.COMMA);
            default -> {
                Token keyword = durationKeyword(c);
                yield keyword != null
                        ? keyword
                        : fail("unexpected character in duration expression: " + GoQuote.quoteRune(c));
            }
        };
    }

    private @Nullable Token durationColon() {
        Token token = emit(TokenType.COLON);
        if (!durationSeen) {
            return fail("unexpected colon before duration in duration expression");
        }
        if (colonSeen) {
            return fail("unexpected repeated colon in duration expression");
        }
        colonSeen = true;
        return token;
    }

    /** A word that durations know, or null; the word is consumed either way. */
    private @Nullable Token durationKeyword(int first) {
        if (!isAlpha(first) || "srm".indexOf(Character.toLowerCase(first)) < 0) {
            return null;
        }
        while (isAlpha(peek())) {
            advance();
        }
        TokenType type = TokenType.word(text()).orElse(TokenType.IDENTIFIER);
        return switch (type) {
            case STEP, RANGE, MAX_OF, MIN_OF -> {
                durationSeen = true;
                yield emit(type);
            }
            default -> null;
        };
    }

    /** Between braces there are no keywords. */
    private @Nullable Token braces() {
        int c = advance();
        if (c == '#') {
            return comment();
        }
        if (isSpace(c)) {
            return space();
        }
        if (isAlpha(c)) {
            while (isAlphaNumeric(peek())) {
                advance();
            }
            return emit(TokenType.IDENTIFIER);
        }
        return switch (c) {
            case END -> fail("unexpected end of input inside braces");
            case ',' -> emit(TokenType.COMMA);
            case '"', '\'' -> quoted(c);
            case '`' -> raw();
            case '=' -> {
                boolean regex = peek() == '~';
                if (regex) {
                    advance();
                }
                yield emit(regex ? TokenType.EQL_REGEX : TokenType.EQL);
            }
            case '!' -> {
                int next = advance();
                yield next == '~'
                        ? emit(TokenType.NEQ_REGEX)
                        : next == '='
                                ? emit(TokenType.NEQ)
                                : fail("unexpected character after '!' inside braces: " + GoQuote.quoteRune(next));
            }
            case '{' -> fail("unexpected left brace '{'");
            case '}' -> {
                inBraces = false;
                yield emit(TokenType.RIGHT_BRACE);
            }
            default -> fail("unexpected character inside braces: " + GoQuote.quoteRune(c));
        };
    }

    private @Nullable Token space() {
        while (isSpace(peek())) {
            advance();
        }
        start = pos;
        return null;
    }

    private @Nullable Token comment() {
        while (peek() != END && peek() != '\n' && peek() != '\r') {
            advance();
        }
        start = pos;
        return null;
    }

    private @Nullable Token raw() {
        while (true) {
            int c = advance();
            if (c == '`') {
                return emit(TokenType.STRING);
            }
            if (c == END) {
                return fail("unterminated raw string");
            }
            if (c == 0xFFFD) {
                return fail("invalid UTF-8 rune");
            }
        }
    }

    private @Nullable Token quoted(int quote) {
        while (failed == null) {
            int c = advance();
            if (c == quote) {
                return emit(TokenType.STRING);
            }
            switch (c) {
                case '\\' -> escape(quote);
                case END, '\n' -> fail("unterminated quoted string");
                case 0xFFFD -> fail("invalid UTF-8 rune");
                default -> {}
            }
        }
        return null;
    }

    private void escape(int quote) {
        int c = advance();
        if (c == quote || (c != END && "abfnrtv\\".indexOf(c) >= 0)) {
            return;
        }
        if (c >= '0' && c <= '7') {
            digits(c, 3, 8, 255);
        } else {
            switch (c) {
                case 'x' -> digits(advance(), 2, 16, 255);
                case 'u' -> digits(advance(), 4, 16, 0x10FFFF);
                case 'U' -> digits(advance(), 8, 16, 0x10FFFF);
                case END -> fail("escape sequence not terminated");
                default -> fail("unknown escape sequence " + unicode(c));
            }
        }
    }

    private void digits(int first, int count, int base, long max) {
        int c = first;
        long x = 0;
        for (int n = count; n > 0; n--) {
            int d = c < 0 ? 16 : c > 'f' ? 16 : Character.digit(c, 16);
            if (d < 0 || d >= base) {
                fail(
                        c == END
                                ? "escape sequence not terminated"
                                : "illegal character " + unicode(c) + " in escape sequence");
                return;
            }
            x = x * base + d;
            if (n > 1) {
                c = advance();
            }
        }
        if (x > max || (x >= 0xD800 && x < 0xE000)) {
            fail("escape sequence is an invalid Unicode code point");
        }
    }

    /** Go's {@code %#U}: the code point, and the character where it can be printed. */
    private static String unicode(int rune) {
        String quoted = GoQuote.quoteRune(rune);
        boolean printable = !quoted.startsWith("'\\") || rune == '\\' || rune == '\'';
        return String.format("U+%04X", rune) + (printable ? " '" + Character.toString(rune) + "'" : "");
    }

    private @Nullable Token numberOrDuration() {
        if (number()) {
            return emit(TokenType.NUMBER);
        }
        if (restOfDuration()) {
            return emit(TokenType.DURATION);
        }
        return fail("bad number or duration syntax: " + GoQuote.quote(text()));
    }

    private boolean restOfDuration() {
        if (!accept("smhdwy")) {
            return false;
        }
        accept("s");
        while (accept("0123456789")) {
            acceptAll("0123456789");
            if (!accept("smhdw")) {
                return false;
            }
            accept("s");
        }
        if (isAlphaNumeric(peek())) {
            advance();
            return false;
        }
        return true;
    }

    /** Whether a number was read; what it reads is a number in form only, the parser computes it. */
    private boolean number() {
        int from = pos;
        String digits = "0123456789";
        if (accept("0") && accept("xX")) {
            accept("_");
            digits = "0123456789abcdefABCDEF";
        }
        accept(".");
        accept(digits);
        boolean dot = false;
        boolean exponent = false;
        while (is(digits) || is("._eE")) {
            if ((is(".") && dot) || (is("eE") && exponent)) {
                advance();
                return false;
            }
            if (accept(".")) {
                dot = true;
                if (accept("_.") || digits.length() > 10) {
                    return false;
                }
            } else if (accept("eE")) {
                exponent = true;
                accept("+-");
                if (accept("._eE") || peek() == END) {
                    return false;
                }
            } else if (accept("_")) {
                if (accept("._eE") || peek() == END) {
                    return false;
                }
            } else {
                acceptAll(digits);
            }
        }
        return pos != from && !isAlphaNumeric(peek());
    }

    private Token keywordOrIdentifier() {
        boolean colon = false;
        while (isAlphaNumeric(peek()) || peek() == ':') {
            colon |= advance() == ':';
        }
        TokenType type = TokenType.word(text()).orElse(colon ? TokenType.METRIC_IDENTIFIER : TokenType.IDENTIFIER);
        boolean fill = type == TokenType.FILL || type == TokenType.FILL_LEFT || type == TokenType.FILL_RIGHT;
        // A metric may be called "fill": only before a parenthesis is it the modifier.
        return emit(fill && !parenthesisFollows() ? TokenType.IDENTIFIER : type);
    }

    private boolean parenthesisFollows() {
        int i = pos;
        while (i < in.length && isSpace(in[i])) {
            i++;
        }
        return i < in.length && in[i] == '(';
    }

    // ---- characters ----

    /** The next character, or U+FFFD for a byte that is not UTF-8, as Go decodes. */
    private int advance() {
        if (pos >= in.length) {
            width = 0;
            return END;
        }
        int b = in[pos];
        int rune = b >= 0 ? b : Utf8.rune(in, pos, in.length);
        width = rune < 0 ? 1 : Utf8.width(rune);
        pos += width;
        return rune < 0 ? 0xFFFD : rune;
    }

    private void backup() {
        pos -= width;
    }

    private int peek() {
        if (pos >= in.length) {
            return END;
        }
        int b = in[pos];
        int rune = b >= 0 ? b : Utf8.rune(in, pos, in.length);
        return rune < 0 ? 0xFFFD : rune;
    }

    private boolean is(String set) {
        int c = peek();
        return c != END && set.indexOf(c) >= 0;
    }

    private boolean accept(String set) {
        boolean found = is(set);
        if (found) {
            advance();
        }
        return found;
    }

    private void acceptAll(String set) {
        while (accept(set)) {
            // All of the run is taken.
        }
    }

    private String text() {
        return Utf8.decode(in, start, pos);
    }

    private Token emit(TokenType type) {
        Token token = new Token(type, text(), span());
        start = pos;
        return token;
    }

    private @Nullable Token fail(String message) {
        if (failed == null) {
            failed = new Token(TokenType.ERROR, message, span());
        }
        return null;
    }

    private Span span() {
        for (; counted < start; counted++) {
            if (in[counted] == '\n') {
                line++;
                lineStart = counted + 1;
            }
        }
        return new Span(start, pos, line, start - lineStart + 1);
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAlpha(int c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isAlphaNumeric(int c) {
        return isAlpha(c) || isDigit(c);
    }
}
