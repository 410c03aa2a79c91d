package io.tocsin.console.remote;

import io.tocsin.console.remote.Answer.Away;
import io.tocsin.console.remote.Answer.Declined;
import io.tocsin.console.remote.Answer.Known;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One other module. It never throws for what the module says or does not say. */
public final class Remote implements AutoCloseable {

    /** More than any answer that a page can show. */
    private static final long MOST_BYTES = 32L * 1024 * 1024;

    private static final int MOST_WORDS = 500;

    private final HttpClient http;
    private final URI address;
    private final Duration timeout;
    private final JsonMapper json = JsonMapper.builder()
            // A newer module may say more, and recording rules have no duration.
            .disable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /**
     * Does not connect yet.
     *
     * @param address of the module, without a slash at its end
     * @param timeout how long an answer may take
     */
    public Remote(URI address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    /** A part of a path or query, as it must be written there. */
    public static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * The part of a JSON answer that a pointer (RFC 6901) leads to.
     *
     * @param path with its query, encoded
     * @param pointer empty for all of it
     * @param type of that part
     */
    public <T> Answer<T> get(String path, String pointer, TypeReference<T> type) {
        return ask(request(path).GET(), body -> read(body, pointer, type));
    }

    /** A text. */
    public Answer<String> text(String path) {
        return ask(request(path).GET(), Function.identity());
    }

    /** Sends JSON; the answer is JSON, or nothing, which is a missing node. */
    public Answer<JsonNode> post(String path, Object body) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(body)));
        return ask(request, json::readTree);
    }

    /** Deletes. */
    public Answer<String> delete(String path) {
        return ask(request(path).DELETE(), Function.identity());
    }

    private <T> T read(String body, String pointer, TypeReference<T> type) {
        return json.convertValue(json.readTree(body).at(pointer), type);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(timeout);
    }

    private <T> Answer<T> ask(HttpRequest.Builder request, Function<String, T> reader) {
        try {
            HttpResponse<String> response =
                    http.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
            int status = response.statusCode();
            if (status >= 400 && status < 500) {
                return new Declined<>(status, words(status, response.body()), response.body());
            }
            return status >= 200 && status < 300
                    ? new Known<>(reader.apply(response.body()))
                    : new Away<>("it answered with status " + status);
        } catch (IOException e) {
            return new Away<>("no answer from " + address + " (" + e.getClass().getSimpleName() + ")");
        } catch (JacksonException e) {
            return new Away<>("its answer cannot be read: " + e.getOriginalMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Away<>("interrupted");
        }
    }

    /** The modules put their words into a text, or into an object's "error". */
    private String words(int status, String body) {
        String words;
        try {
            JsonNode node = json.readTree(body);
            words = node.isString() ? node.stringValue() : node.path("error").asString("");
        } catch (JacksonException e) {
            words = body.strip();
        }
        String said = words.isEmpty() ? "it answered with status " + status : words;
        return said.length() > MOST_WORDS ? said.substring(0, MOST_WORDS) + " …" : said;
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
