package io.tocsin.collector.answer;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.tocsin.collector.CollectorMetrics;

/** Refuses what never reaches a signal's method, in the same form. */
@Controller
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
public final class EarlyErrors {

    private final CollectorMetrics metrics;

    EarlyErrors(CollectorMetrics metrics) {
        this.metrics = metrics;
    }

    /** The media type of a request, or empty. */
    public static String contentType(HttpRequest<?> request) {
        return request.getContentType().map(MediaType::getName).orElse("");
    }

    @Error(global = true, exception = ContentLengthExceededException.class)
    HttpResponse<byte[]> tooLarge(HttpRequest<?> request, ContentLengthExceededException e) {
        return refused(request, Refusal.Reason.TOO_LARGE, String.valueOf(e.getMessage()));
    }

    @Error(global = true, status = HttpStatus.METHOD_NOT_ALLOWED)
    HttpResponse<byte[]> wrongMethod(HttpRequest<?> request) {
        return refused(
                request,
                Refusal.Reason.WRONG_METHOD,
                request.getMethodName() + " is not allowed at " + request.getPath() + "; telemetry is sent with POST");
    }

    @Error(global = true, status = HttpStatus.NOT_FOUND)
    HttpResponse<byte[]> notFound(HttpRequest<?> request) {
        return refused(
                request,
                Refusal.Reason.UNKNOWN_PATH,
                "there is nothing at " + request.getPath()
                        + "; OTLP is at /v1/metrics, /v1/traces and /v1/logs, remote write at /api/v1/write");
    }

    /** Counts a refusal, and answers with it. */
    public HttpResponse<byte[]> refused(HttpRequest<?> request, Refusal.Reason reason, String problem) {
        metrics.refusedUnknown(reason);
        return HttpAnswers.refused(contentType(request), new Refusal(reason, problem));
    }
}
