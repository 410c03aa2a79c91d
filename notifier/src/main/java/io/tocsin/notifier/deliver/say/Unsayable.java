package io.tocsin.notifier.deliver.say;

/** A text that the notice cannot do without, and that cannot be had: a broken template, a secret's file that is away. */
public final class Unsayable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean passing;

    Unsayable(String message, boolean passing, Exception cause) {
        super(message, cause);
        this.passing = passing;
    }

    /** Whether it may be otherwise at the next try. */
    public boolean isPassing() {
        return passing;
    }
}
