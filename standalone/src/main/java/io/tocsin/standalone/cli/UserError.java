package io.tocsin.standalone.cli;

/** A mistake that the person at the keyboard can mend: printed without a stack trace, exit code 2. */
public final class UserError extends RuntimeException {

    /** A mistake, said in a sentence that tells what to do. */
    public UserError(String message) {
        super(message);
    }
}
