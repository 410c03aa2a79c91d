package io.tocsin.collector.otlp;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.collector.CollectorSettings;
import io.tocsin.collector.access.AccessFilter;
import io.tocsin.collector.answer.EarlyErrors;
import io.tocsin.collector.answer.HttpAnswers;
import io.tocsin.collector.answer.Refusal;
import io.tocsin.collector.decompress.Decompression;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * OTLP over HTTP: {@code /v1/metrics}, {@code /v1/traces}, {@code /v1/logs}; protobuf and JSON. An error is a
 * google.rpc.Status in the encoding of the request.
 */
@Controller
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class OtlpHttpController {

    private static final Set<Decompression> CODINGS =
            Set.of(Decompression.IDENTITY, Decompression.GZIP, Decompression.DEFLATE, Decompression.ZSTD);

    private final Reception reception;
    private final CollectorSettings settings;
    private final EarlyErrors errors;

    OtlpHttpController(Reception reception, CollectorSettings settings, EarlyErrors errors) {
        this.reception = reception;
        this.settings = settings;
        this.errors = errors;
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

    @Post("/v1development/profiles")
    HttpResponse<byte[]> profiles(HttpRequest<byte[]> request) {
        return errors.refused(request, Refusal.Reason.UNIMPLEMENTED, OtlpGrpcServer.NO_PROFILES);
    }

    private CompletableFuture<HttpResponse<byte[]>> receive(Signal signal, HttpRequest<byte[]> request) {
        String type = EarlyErrors.contentType(request);
        return reception
                .receive(signal, new Posted(signal, request, type), AccessFilter.sender(request))
                .handle((outcome, failure) -> failure == null
                        ? HttpAnswers.success(type, outcome.response())
                        : HttpAnswers.failed(type, failure));
    }

    private final class Posted implements Arrived {

        private final Signal signal;
        private final HttpRequest<byte[]> request;
        private final String type;

        Posted(Signal signal, HttpRequest<byte[]> request, String type) {
            this.signal = signal;
            this.request = request;
            this.type = type;
        }

        @Override
        public int bytes() {
            return request.getBody().map(body -> body.length).orElse(0);
        }

        @Override
        public byte[] open() {
            // No bytes at all are a valid protobuf request: one without a resource.
            byte[] bytes = Body.of(request, CODINGS, settings.maxRequestBytes());
            return switch (type) {
                case HttpAnswers.PROTOBUF -> bytes;
                case HttpAnswers.JSON -> JsonRequest.toProtobuf(signal, bytes);
                default ->
                    throw new Refusal(
                            Refusal.Reason.UNSUPPORTED_MEDIA_TYPE,
                            "Content-Type must be " + HttpAnswers.PROTOBUF + " or " + HttpAnswers.JSON + ", not \""
                                    + type + "\"");
            };
        }
    }
}
