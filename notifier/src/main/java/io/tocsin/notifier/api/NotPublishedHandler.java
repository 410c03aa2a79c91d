package io.tocsin.notifier.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.tocsin.notifier.intake.AlertPublisher.NotPublished;
import io.tocsin.notifier.store.Json;
import jakarta.inject.Singleton;

/** What was not taken is said to be: status 500 and the message as a JSON text, so that the sender tries again. */
@Singleton
final class NotPublishedHandler implements ExceptionHandler<NotPublished, HttpResponse<String>> {

    @Override
    @SuppressWarnings("rawtypes") // The framework's type has the raw request.
    public HttpResponse<String> handle(HttpRequest request, NotPublished exception) {
        return HttpResponse.<String>serverError()
                .body(Json.write(String.valueOf(exception.getMessage())))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
