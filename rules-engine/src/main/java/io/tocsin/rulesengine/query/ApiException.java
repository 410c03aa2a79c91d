package io.tocsin.rulesengine.query;

import io.tocsin.promql.engine.PromqlException;

/** A request that gets an error for an answer. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Failure failure;

    ApiException(Failure failure, String message) {
        super(message);
        this.failure = failure;
    }

    static ApiException badData(String message) {
        return new ApiException(Failure.BAD_DATA, message);
    }

    /** In Prometheus' words. */
    static ApiException badParameter(String name, String why) {
        return badData("invalid parameter \"" + name + "\": " + why);
    }

    static ApiException of(PromqlException e) {
        Failure failure = switch (e.kind()) {
            case EXECUTION, LIMIT -> Failure.EXECUTION;
            case TIMEOUT -> Failure.TIMEOUT;
            case CANCELLED -> Failure.CANCELED;
        };
        return new ApiException(failure, String.valueOf(e.getMessage()));
    }

    Failure failure() {
        return failure;
    }
}
