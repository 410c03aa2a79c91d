package io.tocsin.rulesengine.converge.stage;

/** A record that convergence can never make anything of. */
final class UnreadableException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why; the dead letter carries its name. */
    enum Reason {
        NO_VALUE,
        UNREADABLE,
        /** A message, or a value in it, that this version does not know. */
        UNKNOWN
    }

    private final Reason reason;

    UnreadableException(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
