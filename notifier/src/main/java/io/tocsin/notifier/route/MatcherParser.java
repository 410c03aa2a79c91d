package io.tocsin.notifier.route;

import io.tocsin.notifier.route.Matcher.Operator;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads matchers as people write them: {@code severity=page}, {@code {job=~"api|web", "ünïcode"!="x"}}. The grammar is
 * Alertmanager's UTF-8 one: names and values are bare words without reserved characters, or in double quotes with Go's
 * escapes.
 */
public final class MatcherParser {

    private static final String RESERVED = "{}!=~,\\\"'`";

    private final String input;
    private int at;

    private MatcherParser(String input) {
        this.input = input;
    }

    /** What is wrong with a matcher, and where. */
    public static final class SyntaxException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int offset;

        SyntaxException(int offset, String message) {
            super(message);
            this.offset = offset;
        }

        /** The character the problem starts at, from 0. */
        public int offset() {
            return offset;
        }
    }

    /**
     * The matchers of one text, with or without braces.
     *
     * @throws SyntaxException when the text does not follow the grammar
     */
    public static List<Matcher> parse(String text) {
        return new MatcherParser(text).matchers();
    }

    private List<Matcher> matchers() {
        List<Matcher> matchers = new ArrayList<>();
        boolean braces = take('{');
        skipSpace();
        while (at < input.length() && input.charAt(at) != '}') {
            matchers.add(matcher());
            if (!take(',') && !atEnd(braces)) {
                throw problem("expected a comma or the end of the matchers");
            }
            skipSpace();
        }
        if (braces && !take('}')) {
            throw problem("expected a closing brace");
        }
        skipSpace();
        if (at < input.length()) {
            throw problem(braces ? "nothing may follow the closing brace" : "a brace is closed that was not opened");
        }
        return List.copyOf(matchers);
    }

    private boolean atEnd(boolean braces) {
        skipSpace();
        return at == input.length() ? !braces : braces && input.charAt(at) == '}';
    }

    private Matcher matcher() {
        int start = at;
        String name = word("a label name");
        Operator operator = operator();
        String value = word("a value");
        try {
            return new Matcher(name, operator, value);
        } catch (IllegalArgumentException e) {
            throw new SyntaxException(start, String.valueOf(e.getMessage()));
        }
    }

    private Operator operator() {
        skipSpace();
        for (Operator operator : List.of(Operator.MATCHES, Operator.NOT_MATCHES, Operator.NOT_EQUAL, Operator.EQUAL)) {
            if (input.startsWith(operator.sign(), at)) {
                at += operator.sign().length();
                return operator;
            }
        }
        throw problem("expected one of =, !=, =~, !~");
    }

    private String word(String what) {
        skipSpace();
        if (at < input.length() && input.charAt(at) == '"') {
            return quoted();
        }
        int start = at;
        while (at < input.length() && !reserved(input.charAt(at))) {
            at++;
        }
        if (start == at) {
            throw problem("expected " + what);
        }
        return input.substring(start, at);
    }

    private String quoted() {
        int start = at++;
        StringBuilder text = new StringBuilder();
        // Go strings are bytes: \x and octal escapes write bytes that must make valid UTF-8 together.
        List<Byte> bytes = new ArrayList<>();
        while (at < input.length() && input.charAt(at) != '"') {
            char c = input.charAt(at++);
            if (c != '\\') {
                flush(bytes, text, start);
                text.append(c);
            } else {
                escape(text, bytes, start);
            }
        }
        if (at == input.length()) {
            throw new SyntaxException(start, "a quote is missing at the end");
        }
        at++;
        flush(bytes, text, start);
        return text.toString();
    }

    private void escape(StringBuilder text, List<Byte> bytes, int start) {
        char c = at < input.length() ? input.charAt(at++) : ' ';
        switch (c) {
            case 'x' -> bytes.add((byte) number(2, 16, start));
            case 'u' -> append(text, bytes, number(4, 16, start), start);
            case 'U' -> append(text, bytes, number(8, 16, start), start);
            case '0', '1', '2', '3' -> {
                at--;
                bytes.add((byte) number(3, 8, start));
            }
            default -> {
                int known = "abfnrtv\\\"".indexOf(c);
                if (known < 0) {
                    throw new SyntaxException(start, "unknown escape \\" + c + " (write \\\\ for a backslash)");
                }
                append(text, bytes, "\u0007\b\f\n\r\t\u000b\\\"".charAt(known), start);
            }
        }
    }

    private void append(StringBuilder text, List<Byte> bytes, int codePoint, int start) {
        flush(bytes, text, start);
        if (!Character.isValidCodePoint(codePoint)
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
            throw new SyntaxException(start, "an escape is not a character");
        }
        text.appendCodePoint(codePoint);
    }

    private int number(int digits, int radix, int start) {
        if (at + digits > input.length()) {
            throw new SyntaxException(start, "an escape is cut short");
        }
        String number = input.substring(at, at + digits);
        at += digits;
        try {
            return Integer.parseUnsignedInt(number, radix);
        } catch (NumberFormatException e) {
            throw new SyntaxException(start, "not the digits of an escape: " + number);
        }
    }

    private static void flush(List<Byte> bytes, StringBuilder text, int start) {
        if (bytes.isEmpty()) {
            return;
        }
        byte[] raw = new byte[bytes.size()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = bytes.get(i);
        }
        bytes.clear();
        try {
            text.append(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)));
        } catch (CharacterCodingException e) {
            throw new SyntaxException(start, "escaped bytes are not UTF-8");
        }
    }

    private static boolean reserved(char c) {
        return Character.isWhitespace(c) || RESERVED.indexOf(c) >= 0;
    }

    private boolean take(char c) {
        skipSpace();
        if (at < input.length() && input.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < input.length() && Character.isWhitespace(input.charAt(at))) {
            at++;
        }
    }

    private SyntaxException problem(String expected) {
        String found = at < input.length() ? "'" + input.charAt(at) + "'" : "the end";
        return new SyntaxException(at, "found " + found + ", " + expected);
    }
}
