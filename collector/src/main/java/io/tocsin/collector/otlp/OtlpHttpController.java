package io.tocsin.collector.otlp;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.netty.handler.codec.compression.DecompressionException;
import io.tocsin.collector.CollectorMetrics;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * OTLP over HTTP: {@code /v1/metrics}, {@code /v1/traces}, {@code /v1/logs}; protobuf and JSON. An error is a
 * google.rpc.Status in the encoding of the request.
 */
@Controller
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class OtlpHttpController {

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = MediaType.APPLICATION_JSON;
    private static final Set<String> ENCODINGS = Set.of("identity", "gzip", "x-gzip", "deflate", "x-deflate");
    private static final byte[] NOTHING = new byte[0];

    private final Reception reception;
    private final CollectorMetrics metrics;

    OtlpHttpController(Reception reception, CollectorMetrics metrics) {
        this.reception = reception;
        this.metrics = metrics;
    }

    @Post("/v1/metrics")
    CompletableFuture<HttpResponse<byte[]>> metrics(HttpRequest<byte[]> request) {
        return receive(Signal.METRICS, request);
    }

    @Post("/v1/traces")
    CompletableFuture<HttpResponse<byte[]>> traces(HttpRequest<byte[]> request) {
        return receive(Signal.TRACES, request);
    }

    @Post("/v1/logs")
    CompletableFuture<HttpResponse<byte[]>> logs(HttpRequest<byte[]> request) {
        return receive(Signal.LOGS, request);
    }

    private CompletableFuture<HttpResponse<byte[]>> receive(Signal signal, HttpRequest<byte[]> request) {
        String type = contentType(request);
        try {
            requireKnownEncoding(request);
            // No bytes at all are a valid protobuf request: one without a resource.
            byte[] bytes = request.getBody().orElse(NOTHING);
            byte[] protobuf = switch (type) {
                case PROTOBUF -> bytes;
                case JSON -> JsonRequest.toProtobuf(signal, bytes);
                default ->
                    throw new Refusal(
                            Refusal.Reason.UNSUPPORTED_MEDIA_TYPE,
                            "Content-Type must be " + PROTOBUF + " or " + JSON + ", not \"" + type + "\"");
            };
            String sender = request.getRemoteAddress().getAddress().getHostAddress();
            return reception
                    .receive(signal, protobuf, sender)
                    .handle((done, failure) -> failure == null ? success(type) : failed(type, failure));
        } catch (Refusal refusal) {
            return CompletableFuture.completedFuture(refused(type, reception.counted(signal, refusal)));
        }
    }

    private static void requireKnownEncoding(HttpRequest<?> request) {
        String encoding = request.getHeaders().get(HttpHeaders.CONTENT_ENCODING, String.class, "identity");
        if (!ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
            throw new Refusal(
                    Refusal.Reason.UNSUPPORTED_ENCODING,
                    "Content-Encoding must be gzip, deflate or identity, not \"" + encoding + "\"");
        }
    }

    private static String contentType(HttpRequest<?> request) {
        return request.getContentType().map(MediaType::getName).orElse("");
    }

    // An empty Export…ServiceResponse is no bytes in protobuf and an empty object in JSON.
    private static HttpResponse<byte[]> success(String type) {
        return HttpResponse.ok(type.equals(JSON) ? "{}".getBytes(StandardCharsets.UTF_8) : NOTHING)
                .contentType(type);
    }

    private static HttpResponse<byte[]> failed(String type, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Refusal refusal) {
            return refused(type, refusal);
        }
        throw new CompletionException(cause);
    }

    private static HttpResponse<byte[]> refused(String type, Refusal refusal) {
        MutableHttpResponse<byte[]> response = HttpResponse.<byte[]>status(
                        HttpStatus.valueOf(refusal.reason().httpStatus()))
                .body(status(type, refusal))
                .contentType(type.equals(PROTOBUF) ? PROTOBUF : JSON);
        if (refusal.reason().retryable()) {
            response.header(HttpHeaders.RETRY_AFTER, Long.toString(Refusal.RETRY_AFTER.getSeconds()));
        }
        return response;
    }

    private static byte[] status(String type, Refusal refusal) {
        int code = refusal.reason().grpcCode().value();
        return type.equals(PROTOBUF)
                ? refusal.status().toByteArray()
                : JsonMapper.shared().writeValueAsBytes(Map.of("code", code, "message", refusal.text()));
    }

    @Error(global = true, exception = ContentLengthExceededException.class)
    HttpResponse<byte[]> tooLarge(HttpRequest<?> request, ContentLengthExceededException e) {
        return refusedEarly(request, Refusal.Reason.TOO_LARGE, String.valueOf(e.getMessage()));
    }

    @Error(global = true, exception = DecompressionException.class)
    HttpResponse<byte[]> notDecompressed(HttpRequest<?> request, DecompressionException e) {
        return refusedEarly(
                request, Refusal.Reason.MALFORMED, "the body is not what Content-Encoding says: " + e.getMessage());
    }

    @Error(global = true, status = HttpStatus.METHOD_NOT_ALLOWED)
    HttpResponse<byte[]> wrongMethod(HttpRequest<?> request) {
        return refusedEarly(
                request,
                Refusal.Reason.WRONG_METHOD,
                request.getMethodName() + " is not allowed at " + request.getPath() + "; OTLP is sent with POST");
    }

    @Error(global = true, status = HttpStatus.NOT_FOUND)
    HttpResponse<byte[]> notFound(HttpRequest<?> request) {
        return refusedEarly(
                request,
                Refusal.Reason.UNKNOWN_PATH,
                "there is nothing at " + request.getPath() + "; OTLP is at /v1/metrics, /v1/traces and /v1/logs");
    }

    /** Refuses what never reached a signal's method. */
    private HttpResponse<byte[]> refusedEarly(HttpRequest<?> request, Refusal.Reason reason, String problem) {
        metrics.refusedUnknown(reason);
        return refused(contentType(request), new Refusal(reason, problem));
    }
}
