package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.HttpOptions;
import io.tocsin.notifier.route.receiver.HttpOptions.Authentication;
import io.tocsin.notifier.route.receiver.Source;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** The contract over HTTP. */
abstract class HttpContract extends ReceiverContract {

    static final HttpOptions PLAIN = HttpOptions.DEFAULT;
    static final HttpOptions BEARER =
            HttpOptions.DEFAULT.authenticatedBy(new Authentication.Scheme("Bearer", Source.inline(SECRET)));

    StrictService service;

    /** Judges a request by the service's documentation, and answers as the service does. */
    abstract Answer answer(Request request, Demands demands);

    @BeforeEach
    void start() throws IOException {
        service = new StrictService((request, demands) -> {
            demands.that(
                    request.method().equals("GET")
                            || request.headers()
                                    .getOrDefault("content-type", "")
                                    .startsWith(contentType()),
                    "content type " + request.headers().get("content-type"));
            return answer(request, demands);
        });
    }

    @AfterEach
    void end() {
        service.close();
    }

    String contentType() {
        return "application/json";
    }

    @Override
    List<String> violations() {
        return service.violations();
    }

    @Override
    void happens(Mishap mishap) {
        switch (mishap) {
            case BUSY -> service.answers(new Answer(429, Map.of("Retry-After", "7"), "slow down"));
            case BROKEN -> service.answers(Answer.text(503, "away"));
            case SILENT -> service.fallSilent();
            case CREDENTIALS -> service.answers(refusal());
        }
    }

    Answer refusal() {
        return Answer.json(401, "{\"error\":\"no account for " + SECRET + "\"}");
    }

    Source url(String path) {
        return Source.inline(service.base() + path);
    }

    List<Request> taken() {
        return service.taken();
    }

    JsonNode first() {
        return taken().getFirst().json();
    }

    JsonNode last() {
        return taken().getLast().json();
    }

    static String text(JsonNode json, String pointer) {
        return json.at(pointer).asString("");
    }

    void toldTimes(int times) {
        assertThat(taken()).hasSize(times);
    }
}
