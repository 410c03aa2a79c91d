package io.tocsin.notifier.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.tocsin.notifier.store.Json;
import jakarta.inject.Singleton;

/** Answers as Alertmanager does: status 400 and the message as a JSON text. */
@Singleton
final class BadRequestHandler implements ExceptionHandler<BadRequest, HttpResponse<String>> {

    @Override
    @SuppressWarnings("rawtypes") // The framework's type has the raw request.
    public HttpResponse<String> handle(HttpRequest request, BadRequest exception) {
        return HttpResponse.badRequest(Json.write(String.valueOf(exception.getMessage())))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
