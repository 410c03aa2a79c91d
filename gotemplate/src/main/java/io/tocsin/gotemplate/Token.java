package io.tocsin.gotemplate;

/**
 * A lexical item of a template.
 *
 * @param pos byte offset in the text
 * @param line line on which it starts, from 1
 */
record Token(TokenType type, int pos, String text, int line) {
    /** The item as error messages show it. */
    String shown() {
        if (type == TokenType.EOF) {
            return "EOF";
        }
        if (type == TokenType.ERROR) {
            return text;
        }
        if (type.isKeyword()) {
            return "<" + text + ">";
        }
        int end = 0;
        for (int runes = 0; runes < 10 && end < text.length(); runes++) {
            end += Utf8.sizeAt(text, end);
        }
        return text.length() > 10 ? GoQuote.quote(text.substring(0, end), false) + "..." : GoQuote.quote(text, false);
    }
}
