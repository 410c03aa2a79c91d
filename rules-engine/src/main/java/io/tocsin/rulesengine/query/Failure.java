package io.tocsin.rulesengine.query;

/** Why a request has no answer: Prometheus' error types and their HTTP status. */
enum Failure {
    BAD_DATA("bad_data", 400),
    NOT_FOUND("not_found", 404),
    BAD_METHOD("bad_data", 405),
    CONFLICT("conflict", 409),
    TOO_LARGE("bad_data", 413),
    EXECUTION("execution", 422),
    CANCELED("canceled", 499),
    INTERNAL("internal", 500),
    TIMEOUT("timeout", 503),
    UNAVAILABLE("unavailable", 503);

    private final String type;
    private final int status;

    Failure(String type, int status) {
        this.type = type;
        this.status = status;
    }

    String type() {
        return type;
    }

    int status() {
        return status;
    }
}
