package io.tocsin.rulesengine.query;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.exceptions.ContentLengthExceededException;

/** Answers what no handler answers, in the same JSON. */
@Controller
final class UnknownController {

    private final Gate gate;

    UnknownController(Gate gate) {
        this.gate = gate;
    }

    @Error(global = true, status = HttpStatus.NOT_FOUND)
    HttpResponse<byte[]> notFound(HttpRequest<?> request) {
        return gate.refuse(Failure.NOT_FOUND, "there is nothing at " + request.getPath());
    }

    @Error(global = true, status = HttpStatus.METHOD_NOT_ALLOWED)
    HttpResponse<byte[]> badMethod(HttpRequest<?> request) {
        return gate.refuse(Failure.BAD_METHOD, request.getPath() + " does not take " + request.getMethodName());
    }

    @Error(global = true, exception = ContentLengthExceededException.class)
    HttpResponse<byte[]> tooLarge(HttpRequest<?> request, ContentLengthExceededException e) {
        return gate.refuse(Failure.TOO_LARGE, String.valueOf(e.getMessage()));
    }
}
