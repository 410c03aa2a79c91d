package io.tocsin.gotemplate;

import java.io.Serial;

/** The error a template function returns; the template stops and reports it with its position. */
public class FunctionException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    public FunctionException(String message) {
        super(message);
    }

    public FunctionException(String message, Throwable cause) {
        super(message, cause);
    }
}
