package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import java.util.Map;
import tools.jackson.databind.JsonNode;

class OpsgenieTest extends HttpContract {

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                opsgenie_configs:
                - api_url: %s
                  api_key: %s
                  update_alerts: true
                  priority: P2
                  tags: a,b
                  responders: [{name: 'ops,dba', type: teams}]
                """.formatted(service.base(), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        JsonNode body = request.json();
        demands.equal(request.headers().get("authorization"), "GenieKey " + SECRET, "authorization");
        String alert = request.path().replaceAll("[0-9a-f]{64}", "ALIAS");
        if (!request.path().equals("/v2/alerts")) {
            demands.equal(request.query(), Map.of("identifierType", "alias"), "query");
        }
        switch (request.method() + " " + alert) {
            case "POST /v2/alerts" -> created(body, demands);
            case "PUT /v2/alerts/ALIAS/message" -> demands.atMost(text(body, "/message"), 130, "message");
            case "PUT /v2/alerts/ALIAS/description" ->
                demands.atMost(text(body, "/description"), 15_000, "description");
            case "POST /v2/alerts/ALIAS/close" -> demands.that(body.isObject(), "no object");
            default -> demands.that(false, "no such endpoint " + request.method() + " " + request.path());
        }
        return Answer.json(202, "{\"result\":\"Request will be processed\"}");
    }

    private static void created(JsonNode body, Demands demands) {
        demands.that(text(body, "/alias").matches("[0-9a-f]{64}"), "alias");
        demands.that(!text(body, "/message").isEmpty(), "no message");
        demands.atMost(text(body, "/message"), 130, "message");
        demands.atMost(text(body, "/description"), 15_000, "description");
        demands.atMost(text(body, "/source"), 100, "source");
        demands.atMost(body.path("details").toString(), 9_000, "details");
        demands.equal(body.path("tags").size(), 2, "tags");
        demands.equal(
                body.path("responders").toString(),
                "[{\"name\":\"ops\",\"type\":\"team\"},{\"name\":\"dba\",\"type\":\"team\"}]",
                "responders");
    }

    @Override
    void toldOfTheAlarm() {
        toldTimes(3);
        assertThat(text(first(), "/priority")).isEqualTo("P2");
        assertThat(text(first(), "/details/service")).isEqualTo("cart");
    }

    @Override
    void toldOfTheUpdate() {
        toldTimes(6);
        assertThat(text(last(), "/description")).contains("Down1");
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(taken().getLast().path()).isEqualTo("/v2/alerts/" + text(first(), "/alias") + "/close");
    }
}
