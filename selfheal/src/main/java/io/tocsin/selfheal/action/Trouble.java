package io.tocsin.selfheal.action;

import java.util.Objects;

/** Why an action or a look at its effect ends early. */
public final class Trouble extends Exception {

    private static final long serialVersionUID = 1L;

    private final Outcome.End end;

    /**
     * @param end how it ends
     * @param detail in words; holds no secret
     */
    public Trouble(Outcome.End end, String detail) {
        super(detail);
        this.end = end;
    }

    /**
     * @param end how it ends
     * @param detail in words; holds no secret
     * @param cause for the log
     */
    public Trouble(Outcome.End end, String detail, Throwable cause) {
        super(detail, cause);
        this.end = end;
    }

    /** How it ends. */
    public Outcome.End end() {
        return end;
    }

    /** What is said of it. */
    public String detail() {
        return Objects.requireNonNullElse(getMessage(), end.name());
    }

    /** As the outcome of an action. */
    public Outcome outcome() {
        return new Outcome(end, detail());
    }
}
