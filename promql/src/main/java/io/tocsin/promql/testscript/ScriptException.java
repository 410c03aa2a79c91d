package io.tocsin.promql.testscript;

import java.io.Serial;

/** Thrown for text that is not in the PromQL test language. The message says what was found and what was expected. */
public final class ScriptException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    ScriptException(String message) {
        super(message);
    }
}
