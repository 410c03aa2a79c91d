package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;

class PushoverTest extends HttpContract {

    @Override
    String contentType() {
        return "application/x-www-form-urlencoded";
    }

    @Override
    String place() {
        return service.base() + "1/";
    }

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                pushover_configs:
                - user_key: user-key
                  token: %s
                  priority: '2'
                  retry: 10s
                  html: true
                """.formatted(SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        demands.equal(request.form().get("token"), SECRET, "token");
        if (request.path().equals("/1/receipts/rcpt1/cancel.json")) {
            return Answer.json(200, "{\"status\":1}");
        }
        demands.equal(request.path(), "/1/messages.json", "path");
        demands.equal(request.form().get("user"), "user-key", "user");
        demands.that(!request.form().getOrDefault("message", "").isEmpty(), "no message");
        demands.atMost(request.form().getOrDefault("message", ""), 1024, "message");
        demands.atMost(request.form().getOrDefault("title", ""), 250, "title");
        demands.atMost(request.form().getOrDefault("url", ""), 512, "url");
        demands.that(Integer.parseInt(request.form().getOrDefault("retry", "0")) >= 30, "retry");
        demands.that(Integer.parseInt(request.form().getOrDefault("expire", "99999")) <= 10_800, "expire");
        return Answer.json(200, "{\"status\":1,\"receipt\":\"rcpt1\"}");
    }

    @Override
    Answer refusal() {
        return Answer.json(400, "{\"token\":\"invalid " + SECRET + "\",\"status\":0}");
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(taken().getFirst().form()).containsEntry("html", "1").containsEntry("priority", "2");
    }

    @Override
    void toldOfTheUpdate() {
        toldTimes(2);
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(taken().get(1).path()).isEqualTo("/1/receipts/rcpt1/cancel.json");
        assertThat(taken().getLast().form().get("title")).startsWith("[RESOLVED]");
    }
}
