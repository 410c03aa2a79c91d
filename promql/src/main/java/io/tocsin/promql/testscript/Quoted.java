package io.tocsin.promql.testscript;

import io.tocsin.promql.model.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A quoted string with Go's escapes; the content may be bytes that are no UTF-8.
 *
 * @param end index of the first character behind the closing quote
 */
record Quoted(String content, int end) {

    /** Reads the string that starts with the quote at {@code from}. */
    static Quoted parse(String text, int from) throws ScriptException {
        char quote = from < text.length() ? text.charAt(from) : ' ';
        if (quote != '"' && quote != '\'' && quote != '`') {
            throw new ScriptException("expected a quoted string, got \"" + text.substring(Math.min(from, text.length())) + "\"");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = from + 1;
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && quote != '`') {
                at = escape(text, at + 1, bytes);
            } else {
                int rune = text.codePointAt(at);
                writeRune(rune, bytes);
                at += Character.charCount(rune);
            }
        }
        if (at >= text.length()) {
            throw new ScriptException("unterminated quoted string: " + text.substring(from));
        }
        byte[] content = bytes.toByteArray();
        return new Quoted(Utf8.decode(content, 0, content.length), at + 1);
    }

    private static int escape(String text, int at, ByteArrayOutputStream bytes) throws ScriptException {
        if (at >= text.length()) {
            throw new ScriptException("unterminated escape in " + text);
        }
        char kind = text.charAt(at);
        int simple = "abfnrtv\\\"'".indexOf(kind);
        if (simple >= 0) {
            bytes.write("\007\b\f\n\r\t\013\\\"'".charAt(simple));
            return at + 1;
        }
        int digits =
                switch (kind) {
                    case 'x' -> 2;
                    case 'u' -> 4;
                    case 'U' -> 8;
                    default -> 0;
                };
        int start = digits == 0 ? at : at + 1;
        int length = digits == 0 ? 3 : digits;
        try {
            int value = Integer.parseInt(text.substring(start, start + length), digits == 0 ? 8 : 16);
            if (kind == 'u' || kind == 'U') {
                writeRune(value, bytes);
            } else {
                bytes.write(value);
            }
            return start + length;
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new ScriptException("unknown escape sequence \\" + kind + " in " + text);
        }
    }

    private static void writeRune(int rune, ByteArrayOutputStream bytes) {
        bytes.writeBytes(Character.toString(rune).getBytes(StandardCharsets.UTF_8));
    }
}
