package io.tocsin.rulesengine.rules;

import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * Finds the characters of a scalar's value in its source. Folding, indentation and chomping only change white space, so
 * the other characters stand in the source in the same order, as themselves or as an escape.
 */
final class ScalarAlignment {
    private final String raw;
    private final ScalarStyle style;
    private int at;

    ScalarAlignment(String raw, ScalarStyle style) {
        this.raw = raw;
        this.style = style;
    }

    /** The offset in the source of the character at an offset of the value. */
    int rawOffset(String value, int offset) {
        at = contentStart();
        int place = at;
        for (int i = 0; i <= Math.min(offset, value.length()); i++) {
            boolean blank = i == value.length() || Character.isWhitespace(value.charAt(i));
            if (!blank) {
                skipBlanks();
            }
            place = at;
            consume(blank);
        }
        return Math.min(place, raw.length());
    }

    private int contentStart() {
        return switch (style) {
            case SINGLE_QUOTED, DOUBLE_QUOTED, JSON_SCALAR_STYLE -> raw.startsWith("'") || raw.startsWith("\"") ? 1 : 0;
            case LITERAL, FOLDED -> {
                int newline = raw.indexOf('\n');
                yield newline < 0 ? raw.length() : newline + 1;
            }
            case PLAIN -> 0;
        };
    }

    private void skipBlanks() {
        while (at < raw.length() && (Character.isWhitespace(raw.charAt(at)) || isContinuation())) {
            at += isContinuation() ? 2 : 1;
        }
    }

    /** A backslash at the end of a line of a double-quoted scalar stands for nothing. */
    private boolean isContinuation() {
        return style == ScalarStyle.DOUBLE_QUOTED && raw.startsWith("\\\n", at);
    }

    private void consume(boolean blank) {
        if (at >= raw.length()) {
            return;
        }
        char c = raw.charAt(at);
        if (style == ScalarStyle.DOUBLE_QUOTED && c == '\\') {
            at += escapeLength();
        } else if (style == ScalarStyle.SINGLE_QUOTED && raw.startsWith("''", at)) {
            at += 2;
        } else if (!blank || Character.isWhitespace(c)) {
            at++;
        }
    }

    private int escapeLength() {
        return switch (at + 1 < raw.length() ? raw.charAt(at + 1) : ' ') {
            case 'x' -> 4;
            case 'u' -> 6;
            case 'U' -> 10;
            default -> 2;
        };
    }
}
