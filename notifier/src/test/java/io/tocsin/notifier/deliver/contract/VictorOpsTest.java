package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;

class VictorOpsTest extends HttpContract {

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                victorops_configs:
                - api_url: %s
                  api_key: %s
                  routing_key: team-{{ .GroupLabels.service }}
                  custom_fields: {region: eu}
                """.formatted(service.base(), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        demands.equal(request.path(), "/" + SECRET + "/team-cart", "path");
        demands.that(
                java.util.Set.of("CRITICAL", "WARNING", "INFO", "RECOVERY")
                        .contains(text(request.json(), "/message_type")),
                "message_type");
        demands.that(text(request.json(), "/entity_id").matches("[0-9a-f]{64}"), "entity_id");
        demands.atMost(text(request.json(), "/state_message"), 20_480, "state_message");
        return Answer.json(200, "{\"result\":\"success\",\"entity_id\":\"x\"}");
    }

    @Override
    Answer refusal() {
        return Answer.json(404, "{\"message\":\"no route /" + SECRET + "\"}");
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(text(first(), "/message_type")).isEqualTo("CRITICAL");
        assertThat(text(first(), "/region")).isEqualTo("eu");
    }

    @Override
    void toldOfTheUpdate() {
        assertThat(text(last(), "/entity_id")).isEqualTo(text(first(), "/entity_id"));
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(text(last(), "/message_type")).isEqualTo("RECOVERY");
        assertThat(text(last(), "/entity_id")).isEqualTo(text(first(), "/entity_id"));
    }
}
