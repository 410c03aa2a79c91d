package io.tocsin.promql.histogram;

import java.io.Serial;

/** Thrown for a histogram literal that cannot be read. */
public final class HistogramSyntaxException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final String text;

    private final int position;

    HistogramSyntaxException(String message, int position) {
        super(message);
        this.text = message;
        this.position = position;
    }

    /** Index of the offending character in the text. */
    public int position() {
        return position;
    }

    /** What was found and what was expected. */
    @Override
    public String getMessage() {
        return text;
    }
}
