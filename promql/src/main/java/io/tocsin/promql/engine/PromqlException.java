package io.tocsin.promql.engine;

/** A query that could not be evaluated, in Prometheus' words where Prometheus has words for it. */
public final class PromqlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why a query ended without a result. */
    public enum Kind {
        /** The query, or the data under it, has no answer: duplicate series, an invalid argument. */
        EXECUTION,
        /** It would read or hold more than is allowed. */
        LIMIT,
        /** It took longer than is allowed. */
        TIMEOUT,
        /** Its thread was interrupted, or its caller lost interest. */
        CANCELLED
    }

    private final Kind kind;

    public PromqlException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static PromqlException execution(String message) {
        return new PromqlException(Kind.EXECUTION, message);
    }

    static PromqlException duplicate() {
        return execution("vector cannot contain metrics with the same labelset");
    }

    public Kind kind() {
        return kind;
    }
}
