package io.tocsin.rulesengine.query;

/**
 * Label names in addresses: what starts with {@code U__} has {@code _HEX_} for each character that is not a letter, a digit
 * or an underscore, and {@code __} for an underscore (the scheme "values" of Prometheus' UTF-8 proposal).
 */
final class EscapedName {

    private static final String PREFIX = "U__";
    private static final int MAX_HEX = 6;

    private EscapedName() {}

    /** The name that was meant; a text that is not well escaped stands for itself. */
    static String decode(String text) {
        if (!text.startsWith(PREFIX)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        for (int i = PREFIX.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '_') {
                out.append(c);
                continue;
            }
            int end = text.indexOf('_', i + 1);
            if (end < 0 || end - i - 1 > MAX_HEX) {
                return text;
            }
            if (end == i + 1) {
                out.append('_');
            } else {
                int rune = hex(text, i + 1, end);
                if (rune < 0) {
                    return text;
                }
                out.appendCodePoint(rune);
            }
            i = end;
        }
        return out.toString();
    }

    private static int hex(String text, int from, int to) {
        int rune = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            rune = rune * 16 + digit;
        }
        boolean surrogate = rune >= Character.MIN_SURROGATE && rune <= Character.MAX_SURROGATE;
        return Character.isValidCodePoint(rune) && !surrogate ? rune : -1;
    }
}
