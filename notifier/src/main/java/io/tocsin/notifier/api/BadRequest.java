package io.tocsin.notifier.api;

/** What was asked cannot be answered; the message says why and goes to who asked. */
public final class BadRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BadRequest(String message) {
        super(message);
    }
}
