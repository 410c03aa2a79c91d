package io.tocsin.gotemplate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Splits a template (a byte string) into items, with Go's trimming of white space around actions. */
final class Lexer {
    private static final String LEFT = "{{";
    private static final String RIGHT = "}}";
    private static final String SPACES = " \t\r\n";
    private static final int EOF = -1;
    private static final Map<String, TokenType> KEYWORDS = Map.ofEntries(
            Map.entry("block", TokenType.BLOCK),
            Map.entry("break", TokenType.BREAK),
            Map.entry("continue", TokenType.CONTINUE),
            Map.entry("define", TokenType.DEFINE),
            Map.entry("else", TokenType.ELSE),
            Map.entry("end", TokenType.END),
            Map.entry("if", TokenType.IF),
            Map.entry("range", TokenType.RANGE),
            Map.entry("nil", TokenType.NIL),
            Map.entry("template", TokenType.TEMPLATE),
            Map.entry("with", TokenType.WITH),
            Map.entry("true", TokenType.BOOL),
            Map.entry("false", TokenType.BOOL));

    private final String input;
    private final boolean breakIsFunction;
    private final boolean continueIsFunction;
    private int pos;
    private int start;
    private int line = 1;
    private int startLine = 1;
    private int parens;
    private boolean insideAction;
    private boolean failed;

    Lexer(String input, boolean breakIsFunction, boolean continueIsFunction) {
        this.input = input;
        this.breakIsFunction = breakIsFunction;
        this.continueIsFunction = continueIsFunction;
    }

    Token next() {
        if (failed) {
            return new Token(TokenType.EOF, pos, "EOF", startLine);
        }
        while (true) {
            Token token = insideAction ? insideAction() : text();
            if (token != null) {
                return token;
            }
        }
    }

    private Token emit(TokenType type) {
        Token token = new Token(type, start, input.substring(start, pos), startLine);
        countLines(start, pos);
        start = pos;
        startLine = line;
        return token;
    }

    private void skip() {
        countLines(start, pos);
        start = pos;
        startLine = line;
    }

    private void countLines(int from, int to) {
        for (int i = from; i < to; i++) {
            if (input.charAt(i) == '\n') {
                line++;
            }
        }
    }

    private Token error(String message) {
        failed = true;
        return new Token(TokenType.ERROR, start, message, startLine);
    }

    private int peek() {
        return pos < input.length() ? Utf8.runeAt(input, pos) : EOF;
    }

    private int advance() {
        int rune = peek();
        if (rune != EOF) {
            pos += Utf8.sizeAt(input, pos);
        }
        return rune;
    }

    private boolean accept(String valid) {
        if (pos < input.length() && valid.indexOf(input.charAt(pos)) >= 0) {
            pos++;
            return true;
        }
        return false;
    }

    private void acceptRun(String valid) {
        while (accept(valid)) {
            // Each step moves on.
        }
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isAlphaNumeric(int rune) {
        return rune == '_' || (rune != EOF && (Character.isLetter(rune) || isDigit(rune)));
    }

    private static boolean isDigit(int rune) {
        return Character.getType(rune) == Character.DECIMAL_DIGIT_NUMBER;
    }

    private boolean leftTrimAt(int at) {
        return at + 1 < input.length() && input.charAt(at) == '-' && isSpace(input.charAt(at + 1));
    }

    private boolean rightTrimAt(int at) {
        return at + 1 < input.length() && isSpace(input.charAt(at)) && input.charAt(at + 1) == '-';
    }

    private boolean trimmingRightDelim() {
        return rightTrimAt(pos) && input.startsWith(RIGHT, pos + 2);
    }

    private boolean atRightDelim() {
        return trimmingRightDelim() || input.startsWith(RIGHT, pos);
    }

    private @Nullable Token text() {
        int delim = input.indexOf(LEFT, pos);
        if (delim < 0) {
            pos = input.length();
            return pos > start ? emit(TokenType.TEXT) : emit(TokenType.EOF);
        }
        if (delim > pos) {
            pos = delim;
            if (leftTrimAt(delim + LEFT.length())) {
                while (pos > start && SPACES.indexOf(input.charAt(pos - 1)) >= 0) {
                    pos--;
                }
            }
            Token text = emit(TokenType.TEXT);
            pos = delim;
            skip();
            if (!text.text().isEmpty()) {
                return text;
            }
        }
        return leftDelim();
    }

    private @Nullable Token leftDelim() {
        pos += LEFT.length();
        int marker = leftTrimAt(pos) ? 2 : 0;
        if (input.startsWith("/*", pos + marker)) {
            pos += marker;
            skip();
            return comment();
        }
        Token token = emit(TokenType.LEFT_DELIM);
        insideAction = true;
        parens = 0;
        pos += marker;
        skip();
        return token;
    }

    private @Nullable Token comment() {
        int end = input.indexOf("*/", pos + 2);
        if (end < 0) {
            return error("unclosed comment");
        }
        pos = end + 2;
        if (!atRightDelim()) {
            return error("comment ends before closing delimiter");
        }
        closeDelim(trimmingRightDelim());
        skip();
        return null;
    }

    private void closeDelim(boolean trim) {
        pos += trim ? 2 + RIGHT.length() : RIGHT.length();
        if (trim) {
            acceptRun(SPACES);
        }
    }

    private Token rightDelim() {
        boolean trim = trimmingRightDelim();
        if (trim) {
            pos += 2;
            skip();
        }
        pos += RIGHT.length();
        Token token = emit(TokenType.RIGHT_DELIM);
        if (trim) {
            acceptRun(SPACES);
            skip();
        }
        insideAction = false;
        return token;
    }

    private Token insideAction() {
        if (atRightDelim()) {
            return parens == 0 ? rightDelim() : error("unclosed left paren");
        }
        int r = peek();
        if (isSpace(r)) {
            return space();
        }
        if (r == '.' && !(pos + 1 < input.length() && isAsciiDigit(input.charAt(pos + 1)))) {
            return dot();
        }
        if (r == '.' || r == '+' || r == '-' || (r >= '0' && r <= '9')) {
            return number();
        }
        if (isAlphaNumeric(r)) {
            return word();
        }
        advance();
        return switch (r) {
            case EOF -> error("unclosed action");
            case '=' -> emit(TokenType.ASSIGN);
            case ':' -> accept("=") ? emit(TokenType.DECLARE) : error("expected :=");
            case '|' -> emit(TokenType.PIPE);
            case '"' -> quoted();
            case '`' -> rawQuoted();
            case '$' -> fieldOrVariable(TokenType.VARIABLE, TokenType.VARIABLE);
            case '\'' -> charConstant();
            case '(' -> {
                parens++;
                yield emit(TokenType.LEFT_PAREN);
            }
            case ')' -> --parens < 0 ? error("unexpected right paren") : emit(TokenType.RIGHT_PAREN);
            default ->
                r > ' ' && r < 0x7F ? emit(TokenType.CHAR) : error("unrecognized character in action: " + named(r));
        };
    }

    private static boolean isAsciiDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String named(int rune) {
        return GoFormat.printf(Integer.MAX_VALUE, "%#U", java.util.List.of(new GoValue.Int(GoType.INT32, rune)));
    }

    private Token space() {
        int spaces = 0;
        while (isSpace(peek())) {
            pos++;
            spaces++;
        }
        // A trimming delimiter begins with the last of these spaces.
        pos--;
        if (trimmingRightDelim()) {
            return spaces == 1 ? rightDelim() : emit(TokenType.SPACE);
        }
        pos++;
        return emit(TokenType.SPACE);
    }

    private Token dot() {
        pos++;
        return fieldOrVariable(TokenType.FIELD, TokenType.DOT);
    }

    private Token fieldOrVariable(TokenType named, TokenType bare) {
        if (atTerminator()) {
            return emit(bare);
        }
        while (isAlphaNumeric(peek())) {
            advance();
        }
        return atTerminator() ? emit(named) : error("bad character " + named(peek()));
    }

    private boolean atTerminator() {
        int r = peek();
        return r == EOF || isSpace(r) || ".,|:)(".indexOf(r) >= 0 || input.startsWith(RIGHT, pos);
    }

    private Token word() {
        while (isAlphaNumeric(peek())) {
            advance();
        }
        if (!atTerminator()) {
            return error("bad character " + named(peek()));
        }
        TokenType keyword = KEYWORDS.getOrDefault(input.substring(start, pos), TokenType.IDENTIFIER);
        boolean isFunction = (keyword == TokenType.BREAK && breakIsFunction)
                || (keyword == TokenType.CONTINUE && continueIsFunction);
        return emit(isFunction ? TokenType.IDENTIFIER : keyword);
    }

    private Token charConstant() {
        while (true) {
            int r = advance();
            if (r == '\\') {
                r = advance();
                if (r != EOF && r != '\n') {
                    continue;
                }
            }
            if (r == EOF || r == '\n') {
                return error("unterminated character constant");
            }
            if (r == '\'') {
                return emit(TokenType.CHAR_CONSTANT);
            }
        }
    }

    private Token quoted() {
        while (true) {
            int r = advance();
            if (r == '\\') {
                r = advance();
                if (r != EOF && r != '\n') {
                    continue;
                }
            }
            if (r == EOF || r == '\n') {
                return error("unterminated quoted string");
            }
            if (r == '"') {
                return emit(TokenType.STRING);
            }
        }
    }

    private Token rawQuoted() {
        int end = input.indexOf('`', pos);
        if (end < 0) {
            return error("unterminated raw quoted string");
        }
        pos = end + 1;
        return emit(TokenType.RAW_STRING);
    }

    private Token number() {
        if (!scanNumber()) {
            return badNumber();
        }
        if (peek() == '+' || peek() == '-') {
            boolean complex = scanNumber() && input.charAt(pos - 1) == 'i';
            return complex ? emit(TokenType.COMPLEX) : badNumber();
        }
        return emit(TokenType.NUMBER);
    }

    private Token badNumber() {
        return error("bad number syntax: " + GoQuote.quote(input.substring(start, pos), false));
    }

    private boolean scanNumber() {
        accept("+-");
        String digits = "0123456789_";
        if (accept("0")) {
            digits = accept("xX")
                    ? "0123456789abcdefABCDEF_"
                    : accept("oO") ? "01234567_" : accept("bB") ? "01_" : digits;
        }
        acceptRun(digits);
        if (accept(".")) {
            acceptRun(digits);
        }
        String exponent = digits.length() == 11 ? "eE" : digits.length() == 23 ? "pP" : "";
        if (accept(exponent)) {
            accept("+-");
            acceptRun("0123456789_");
        }
        accept("i");
        if (isAlphaNumeric(peek())) {
            advance();
            return false;
        }
        return true;
    }
}
