package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;

class MattermostTest extends HttpContract {

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                mattermost_configs:
                - webhook_url: %shooks/%s
                  channel: ops
                  priority: {priority: Urgent, requested_ack: true}
                """.formatted(service.base(), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        demands.equal(request.path(), "/hooks/" + SECRET, "path");
        demands.atMost(text(request.json(), "/attachments/0/text"), 16_383, "text");
        demands.equal(text(request.json(), "/priority/priority"), "urgent", "priority");
        return Answer.text(200, "ok");
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(text(first(), "/attachments/0/color")).isEqualTo("danger");
        assertThat(first().at("/priority/requested_ack").asBoolean(false)).isTrue();
    }

    @Override
    void toldOfTheUpdate() {
        toldTimes(2);
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(text(last(), "/attachments/0/color")).isEqualTo("good");
    }
}
