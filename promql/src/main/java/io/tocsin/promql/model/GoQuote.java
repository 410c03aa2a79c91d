package io.tocsin.promql.model;

/** Strings quoted as Go quotes them ({@code strconv.Quote}): the form in which Prometheus prints them. */
public final class GoQuote {

    private static final String HEX = "0123456789abcdef";

    private GoQuote() {}

    public static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        quoteTo(out, text);
        return out.toString();
    }

    public static void quoteTo(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); ) {
            int rune = text.codePointAt(i);
            if (Utf8.isEscape(text, i)) {
                hex(out.append("\\x"), Utf8.escapedByte(text.charAt(i)), 2);
            } else {
                rune(out, rune >= 0xD800 && rune < 0xE000 ? 0xFFFD : rune, '"');
            }
            i += Character.charCount(rune);
        }
        out.append('"');
    }

    /** A single character in single quotes ({@code %q} of a rune). */
    public static String quoteRune(int rune) {
        StringBuilder out = new StringBuilder().append('\'');
        rune(out, rune < 0 ? 0xFFFD : rune, '\'');
        return out.append('\'').toString();
    }

    private static void rune(StringBuilder out, int rune, char quote) {
        switch (rune) {
            case 7 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 11 -> out.append("\\v");
            case '\\' -> out.append("\\\\");
            default -> {
                if (rune == quote) {
                    out.append('\\').append(quote);
                } else if (isPrintable(rune)) {
                    out.appendCodePoint(rune);
                } else if (rune < ' ' || rune == 0x7F) {
                    hex(out.append("\\x"), rune, 2);
                } else if (rune < 0x10000) {
                    hex(out.append("\\u"), rune, 4);
                } else {
                    hex(out.append("\\U"), rune, 8);
                }
            }
        }
    }

    private static void hex(StringBuilder out, int value, int digits) {
        for (int i = digits - 1; i >= 0; i--) {
            out.append(HEX.charAt(value >> 4 * i & 0xF));
        }
    }

    /** Letters, marks, numbers, punctuation, symbols and the ASCII space. */
    static boolean isPrintable(int rune) {
        if (rune < 0x80) {
            return rune >= ' ' && rune < 0x7F;
        }
        return switch (Character.getType(rune)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }
}
