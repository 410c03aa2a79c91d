package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import org.junit.jupiter.api.Test;

class RocketChatTest extends HttpContract {

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                rocketchat_configs:
                - api_url: %s
                  token_id: user
                  token: %s
                  channel: '#ops'
                """.formatted(service.base(), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        demands.equal(request.path(), "/api/v1/chat.postMessage", "path");
        demands.equal(request.headers().get("x-auth-token"), SECRET, "x-auth-token");
        demands.equal(request.headers().get("x-user-id"), "user", "x-user-id");
        demands.atMost(text(request.json(), "/attachments/0/title"), 1024, "title");
        demands.atMost(text(request.json(), "/attachments/0/text"), 5000, "text");
        return Answer.json(200, "{\"success\":true,\"message\":{\"_id\":\"m%d\"}}".formatted(taken().size()));
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(text(first(), "/channel")).isEqualTo("#ops");
    }

    @Override
    void toldOfTheUpdate() {
        assertThat(text(last(), "/tmid")).isEqualTo("m0");
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(text(last(), "/tmid")).isEqualTo("m0");
        assertThat(last().path("tshow").asBoolean(false)).isTrue();
    }

    @Test
    void anErrorWithTheStatusOfSuccessIsNoSuccess() throws InterruptedException {
        service.answers(Answer.json(200, "{\"success\":false,\"error\":\"invalid-channel\"}"));
        assertThat(tell(Notices.alarm())).isInstanceOf(Outcome.Refused.class);
    }
}
