package io.tocsin.console.incident;

import java.util.Locale;

/** What a state means to the person who looks. */
public enum Tone {
    GOOD,
    BAD,
    BUSY,
    ASK,
    QUIET;

    /** For style sheets. */
    public String css() {
        return name().toLowerCase(Locale.ROOT);
    }
}
