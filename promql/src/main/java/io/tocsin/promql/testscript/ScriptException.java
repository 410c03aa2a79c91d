package io.tocsin.promql.testscript;

import java.io.Serial;

/** Thrown for text that is not in the PromQL test language. The message says what was found and what was expected. */
public final class ScriptException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final String text;

    ScriptException(String message) {
        super(message);
        this.text = message;
    }

    /** What was found and what was expected. */
    @Override
    public String getMessage() {
        return text;
    }
}
