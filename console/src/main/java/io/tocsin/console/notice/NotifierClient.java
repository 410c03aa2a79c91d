package io.tocsin.console.notice;

import io.tocsin.console.notice.NoticeAnswer.Away;
import io.tocsin.console.notice.NoticeAnswer.Known;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Asks the notifier. It never throws: a page without notices is better than no page. */
public final class NotifierClient implements AutoCloseable {

    private static final TypeReference<List<Notice>> NOTICES = new TypeReference<>() {};
    /** What the notifier gives at most. */
    private static final int MOST = 1_000;

    private final HttpClient http;
    private final URI address;
    private final Duration timeout;
    private final JsonMapper json = JsonMapper.builder()
            // A newer notifier may say more.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * Does not connect yet.
     *
     * @param address of the notifier
     * @param timeout how long an answer may take
     */
    public NotifierClient(URI address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    /** The latest notices about all incidents. */
    public NoticeAnswer latest() {
        return ask("?limit=" + MOST);
    }

    /** The notices about one incident. */
    public NoticeAnswer about(String incident) {
        return ask("?limit=" + MOST + "&incident=" + URLEncoder.encode(incident, StandardCharsets.UTF_8));
    }

    private NoticeAnswer ask(String query) {
        URI uri = URI.create(address + "/api/tocsin/notices" + query);
        try {
            HttpResponse<String> response =
                    http.send(HttpRequest.newBuilder(uri).timeout(timeout).build(), BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? new Known(json.readValue(response.body(), NOTICES))
                    : new Away("it answered with status " + response.statusCode());
        } catch (IOException e) {
            return new Away("no answer from " + address + " (" + e.getClass().getSimpleName() + ")");
        } catch (JacksonException e) {
            return new Away("its answer cannot be read: " + e.getOriginalMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Away("interrupted");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
