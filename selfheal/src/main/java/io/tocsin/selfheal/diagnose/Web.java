package io.tocsin.selfheal.diagnose;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP questions with a timeout. */
final class Web implements AutoCloseable {

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /**
     * The status code that an address answers with.
     *
     * @throws IOException when it does not answer in time
     */
    int status(URI address, Duration timeout) throws IOException, InterruptedException {
        return client.send(request(address, timeout), BodyHandlers.discarding()).statusCode();
    }

    /**
     * The JSON that an address answers with.
     *
     * @throws IOException when it does not answer in time, with an error, or not with JSON
     */
    JsonNode json(URI address, Duration timeout) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request(address, timeout), BodyHandlers.ofString());
        if (response.statusCode() >= 400) {
            throw new IOException(address.getAuthority() + " answered " + response.statusCode());
        }
        try {
            return JsonMapper.shared().readTree(response.body());
        } catch (JacksonException e) {
            throw new IOException(address.getAuthority() + " did not answer with JSON", e);
        }
    }

    private static HttpRequest request(URI address, Duration timeout) {
        return HttpRequest.newBuilder(address).timeout(timeout).GET().build();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
