package io.tocsin.standalone.forward;

import io.tocsin.collector.remotewrite.wire.WriteRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.xerial.snappy.Snappy;

/**
 * A receiver of Prometheus remote write 1.0.
 *
 * @see <a href="https://prometheus.io/docs/specs/prw/remote_write_spec/">the specification</a>
 */
final class Store implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int TOO_MANY = 429;

    private final URI url;
    private final Map<String, String> headers;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    Store(URI url, Map<String, String> headers) {
        this.url = url;
        this.headers = Map.copyOf(headers);
    }

    /** What became of a request. */
    sealed interface Answer {
        /** It has the samples. */
        record Taken() implements Answer {}

        /**
         * The same request may be taken later: 5xx, 429, or no answer.
         *
         * @param after when the store says when
         */
        record Again(String why, Optional<Duration> after) implements Answer {}

        /** It must not be sent again. */
        record Refused(String why) implements Answer {}
    }

    Answer send(WriteRequest request) throws InterruptedException {
        try {
            HttpRequest.Builder post = HttpRequest.newBuilder(url)
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/x-protobuf")
                    .header("Content-Encoding", "snappy")
                    .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                    .header("User-Agent", "tocsin")
                    .POST(BodyPublishers.ofByteArray(Snappy.compress(request.toByteArray())));
            headers.forEach(post::header);
            return answer(client.send(post.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            return new Answer.Again(url + ": " + e, Optional.empty());
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return new Answer.Taken();
        }
        String why = status + " " + response.body().strip();
        boolean later = status / 100 == 5 || status == TOO_MANY;
        return later ? new Answer.Again(why, retryAfter(response)) : new Answer.Refused(why);
    }

    private static Optional<Duration> retryAfter(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    @Override
    public void close() {
        client.close();
    }
}
