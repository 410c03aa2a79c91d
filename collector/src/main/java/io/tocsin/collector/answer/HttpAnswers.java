package io.tocsin.collector.answer;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.RetryInfo;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;

/** What a request over HTTP is answered, in the encoding that it came in. */
public final class HttpAnswers {

    /** Binary protobuf. */
    public static final String PROTOBUF = "application/x-protobuf";

    /** Protobuf's JSON mapping. */
    public static final String JSON = MediaType.APPLICATION_JSON;

    private static final JsonFormat.Printer PRINTER = JsonFormat.printer()
            .omittingInsignificantWhitespace()
            .usingTypeRegistry(TypeRegistry.newBuilder()
                    .add(RetryInfo.getDescriptor())
                    .add(BadRequest.getDescriptor())
                    .build());

    private HttpAnswers() {}

    /** 200 with a message. */
    public static HttpResponse<byte[]> success(String type, Message response) {
        return HttpResponse.ok(encoded(type, response)).contentType(type);
    }

    /** The refusal that a failed future carries. */
    public static HttpResponse<byte[]> failed(String type, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Refusal refusal) {
            return refused(type, refusal);
        }
        throw new CompletionException(cause);
    }

    /** A google.rpc.Status; in JSON where the request was not protobuf. */
    public static MutableHttpResponse<byte[]> refused(String type, Refusal refusal) {
        Duration delay = RetryDelay.jittered(refusal.retryAfter(), ThreadLocalRandom.current());
        MutableHttpResponse<byte[]> response = HttpResponse.<byte[]>status(
                        HttpStatus.valueOf(refusal.reason().httpStatus()))
                .body(encoded(type, refusal.status(delay)))
                .contentType(type.equals(PROTOBUF) ? PROTOBUF : JSON);
        if (refusal.reason().retryable()) {
            response.header(HttpHeaders.RETRY_AFTER, RetryDelay.header(delay));
        }
        if (refusal.reason() == Refusal.Reason.UNAUTHENTICATED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return response;
    }

    private static byte[] encoded(String type, Message message) {
        if (type.equals(PROTOBUF)) {
            return message.toByteArray();
        }
        try {
            return PRINTER.print(message).getBytes(StandardCharsets.UTF_8);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an answer has a detail that is not registered", e);
        }
    }
}
