package io.tocsin.gotemplate;

/** Quoting of strings and characters as Go's {@code strconv} does it, over byte strings. */
final class GoQuote {
    private static final String ESCAPES = "abfnrtv";
    private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b";

    private GoQuote() {}

    /** Signals text that is not a Go literal. */
    static final class SyntaxException extends Exception {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        SyntaxException() {
            super("invalid syntax");
        }
    }

    static String quote(String bytes, boolean ascii) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < bytes.length(); i += Utf8.sizeAt(bytes, i)) {
            if (Utf8.invalidAt(bytes, i)) {
                appendHex(out.append("\\x"), bytes.charAt(i), 2);
            } else {
                appendRune(out, Utf8.runeAt(bytes, i), '"', ascii);
            }
        }
        return out.append('"').toString();
    }

    static String quoteRune(int rune, boolean ascii) {
        boolean surrogate = rune >= 0xD800 && rune <= 0xDFFF;
        int shown = rune < 0 || rune > Utf8.MAX_RUNE || surrogate ? Utf8.ERROR : rune;
        StringBuilder out = new StringBuilder("'");
        appendRune(out, shown, '\'', ascii);
        return out.append('\'').toString();
    }

    private static void appendRune(StringBuilder out, int rune, char quote, boolean ascii) {
        int named = rune < 0x80 ? ESCAPED.indexOf(rune) : -1;
        if (rune == quote || rune == '\\') {
            out.append('\\').append((char) rune);
        } else if (rune < 0x80 ? rune >= ' ' && rune < 0x7F : !ascii && isPrint(rune)) {
            out.append(Utf8.encode(rune));
        } else if (named >= 0) {
            out.append('\\').append(ESCAPES.charAt(named));
        } else if (rune < ' ' || rune == 0x7F) {
            appendHex(out.append("\\x"), rune, 2);
        } else if (rune < 0x10000) {
            appendHex(out.append("\\u"), rune, 4);
        } else {
            appendHex(out.append("\\U"), rune, 8);
        }
    }

    private static void appendHex(StringBuilder out, int value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.append(Character.forDigit((value >>> shift) & 0xF, 16));
        }
    }

    /** Go's {@code unicode.IsPrint}: letters, marks, numbers, punctuation, symbols and the ASCII space. */
    static boolean isPrint(int rune) {
        return switch (Character.getType(rune)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> rune == ' ';
            default -> true;
        };
    }

    static boolean canBackquote(String bytes) {
        for (int i = 0; i < bytes.length(); i += Utf8.sizeAt(bytes, i)) {
            int rune = Utf8.runeAt(bytes, i);
            boolean control = (rune < ' ' && rune != '\t') || rune == 0x7F || rune == '`' || rune == 0xFEFF;
            if (control || Utf8.invalidAt(bytes, i)) {
                return false;
            }
        }
        return true;
    }

    /** The value of a string literal in double or back quotes. */
    static String unquote(String literal) throws SyntaxException {
        if (literal.length() < 2 || literal.charAt(0) != literal.charAt(literal.length() - 1)) {
            throw new SyntaxException();
        }
        String body = literal.substring(1, literal.length() - 1);
        if (literal.charAt(0) == '`') {
            return body.replace("\r", "");
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < body.length(); ) {
            i += unquoteOne(body, i, '"', out);
        }
        return out.toString();
    }

    /** The code point of a character literal in single quotes; -1 if more than one character stands there. */
    static int unquoteChar(String literal) throws SyntaxException {
        StringBuilder out = new StringBuilder();
        String body = literal.substring(1);
        if (body.isEmpty()) {
            throw new SyntaxException();
        }
        int used = unquoteOne(body, 0, '\'', out);
        boolean isByte = out.length() == 1;
        return body.substring(used).equals("'") ? (isByte ? out.charAt(0) : Utf8.runeAt(out.toString(), 0)) : -1;
    }

    private static int unquoteOne(String s, int at, char quote, StringBuilder out) throws SyntaxException {
        char c = s.charAt(at);
        if (c == quote || c == '\n') {
            throw new SyntaxException();
        }
        if (c != '\\') {
            int size = Utf8.sizeAt(s, at);
            out.append(Utf8.encode(Utf8.runeAt(s, at)));
            return size;
        }
        if (at + 1 >= s.length()) {
            throw new SyntaxException();
        }
        return unescape(s, at, quote, out);
    }

    private static int unescape(String s, int at, char quote, StringBuilder out) throws SyntaxException {
        char c = s.charAt(at + 1);
        int named = ESCAPES.indexOf(c);
        if (named >= 0) {
            out.append(ESCAPED.charAt(named));
            return 2;
        }
        if (c == '\\' || c == quote) {
            out.append(c);
            return 2;
        }
        return switch (c) {
            case 'x' -> number(s, at + 2, 2, 16, 0xFF, true, out) + 2;
            case 'u' -> number(s, at + 2, 4, 16, Utf8.MAX_RUNE, false, out) + 2;
            case 'U' -> number(s, at + 2, 8, 16, Utf8.MAX_RUNE, false, out) + 2;
            case '0', '1', '2', '3', '4', '5', '6', '7' -> number(s, at + 1, 3, 8, 0xFF, true, out) + 1;
            default -> throw new SyntaxException();
        };
    }

    private static int number(String s, int at, int digits, int radix, int max, boolean asByte, StringBuilder out)
            throws SyntaxException {
        long value = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = i < s.length() && s.charAt(i) < 0x80 ? Character.digit(s.charAt(i), radix) : -1;
            if (digit < 0) {
                throw new SyntaxException();
            }
            value = value * radix + digit;
        }
        boolean surrogate = value >= 0xD800 && value <= 0xDFFF;
        if (value > max || (!asByte && surrogate)) {
            throw new SyntaxException();
        }
        out.append(asByte ? String.valueOf((char) value) : Utf8.encode((int) value));
        return digits;
    }
}
