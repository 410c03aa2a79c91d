package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;

class WebexTest extends HttpContract {

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                webex_configs:
                - api_url: %sv1/messages
                  room_id: room
                  http_config: {authorization: {credentials: %s}}
                """.formatted(service.base(), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        demands.equal(request.headers().get("authorization"), "Bearer " + SECRET, "authorization");
        demands.equal(request.path(), "/v1/messages", "path");
        demands.equal(text(request.json(), "/roomId"), "room", "roomId");
        demands.bytesAtMost(text(request.json(), "/markdown"), 7439, "markdown");
        return Answer.json(200, "{\"id\":\"message-%d\"}".formatted(taken().size()));
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(first().has("parentId")).isFalse();
    }

    @Override
    void toldOfTheUpdate() {
        assertThat(text(last(), "/parentId")).isEqualTo("message-0");
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(text(last(), "/parentId")).isEqualTo("message-0");
        assertThat(text(last(), "/markdown")).contains("[RESOLVED]");
    }
}
