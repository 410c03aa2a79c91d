package io.tocsin.rulesengine.otlp;

/** A metric or an attribute whose name has no Prometheus form; the message says why. */
public final class NameException extends Exception {

    private static final long serialVersionUID = 1;

    NameException(String message) {
        // A name that cannot be translated comes in every export: no stack trace.
        super(message, null, false, false);
    }
}
