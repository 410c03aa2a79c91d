package io.tocsin.gotemplate;

/**
 * A lexical item of a template.
 *
 * @param pos byte offset in the text
 * @param line line on which it starts, from 1
 */
record Token(Type type, int pos, String text, int line) {
    enum Type {
        ERROR,
        BOOL,
        CHAR,
        CHAR_CONSTANT,
        COMPLEX,
        ASSIGN,
        DECLARE,
        EOF,
        FIELD,
        IDENTIFIER,
        LEFT_DELIM,
        LEFT_PAREN,
        NUMBER,
        PIPE,
        RAW_STRING,
        RIGHT_DELIM,
        RIGHT_PAREN,
        SPACE,
        STRING,
        TEXT,
        VARIABLE,
        BLOCK,
        BREAK,
        CONTINUE,
        DOT,
        DEFINE,
        ELSE,
        END,
        IF,
        NIL,
        RANGE,
        TEMPLATE,
        WITH;

        boolean isKeyword() {
            return compareTo(BLOCK) >= 0;
        }
    }

    /** The item as error messages show it. */
    String shown() {
        if (type == Type.EOF) {
            return "EOF";
        }
        if (type == Type.ERROR) {
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
