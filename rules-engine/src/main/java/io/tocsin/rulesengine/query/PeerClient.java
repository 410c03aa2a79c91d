package io.tocsin.rulesengine.query;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.contracts.v1.SelectRequest;
import io.tocsin.contracts.v1.SelectResponse;
import io.tocsin.rulesengine.query.Peers.Peer;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks another instance for what its own shards hold. */
@Singleton
final class PeerClient {

    /** The path at which series are given to other instances. */
    static final String SELECT = "/api/v1/shards/select";

    /** The parameter of a question that is not passed on. */
    static final String LOCAL = "local_only";

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /** Its series; fails when it does not answer in time. */
    CompletableFuture<SelectResponse> select(Peer peer, SelectRequest request, Duration deadline) {
        HttpRequest asked = request(peer, SELECT, deadline)
                .header("Content-Type", "application/x-protobuf")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.toByteArray()))
                .build();
        return send(asked).thenApply(answer -> {
            try {
                return SelectResponse.parseFrom(checked(answer));
            } catch (InvalidProtocolBufferException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /**
     * The value of "data" in its answer to the same question.
     *
     * @param question path and query, as a reader asked it
     */
    CompletableFuture<JsonNode> data(Peer peer, String question, Duration deadline) {
        String local = question + (question.contains("?") ? "&" : "?") + LOCAL + "=true";
        return send(request(peer, local, deadline).GET().build()).thenApply(answer -> {
            try {
                return JsonMapper.shared().readTree(checked(answer)).path("data");
            } catch (JacksonException e) {
                throw new UncheckedIOException(new IOException("no JSON: " + e.getOriginalMessage()));
            }
        });
    }

    /** A kept connection may have ended with a process that is there again: that is no answer, so once more on a new one. */
    private CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
        return http.sendAsync(request, BodyHandlers.ofByteArray())
                .exceptionallyCompose(failure -> broke(failure)
                        ? http.sendAsync(request, BodyHandlers.ofByteArray())
                        : CompletableFuture.failedFuture(failure));
    }

    private static boolean broke(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof IOException
                && !(cause instanceof ConnectException)
                && !(cause instanceof HttpTimeoutException);
    }

    private static HttpRequest.Builder request(Peer peer, String path, Duration deadline) {
        return HttpRequest.newBuilder(URI.create("http://" + peer.address() + path))
                .timeout(deadline);
    }

    private static byte[] checked(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != OK) {
            throw new UncheckedIOException(new IOException("it answered " + answer.statusCode()));
        }
        return answer.body();
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
    }
}
