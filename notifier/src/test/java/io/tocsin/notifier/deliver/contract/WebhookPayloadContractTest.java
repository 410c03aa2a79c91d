package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;

class WebhookPayloadContractTest extends HttpContract {

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                webhook_configs:
                - url: %shook
                  http_config: {basic_auth: {username: user, password: %s}}
                  payload: {what: '{{ .Status }}: {{ .GroupLabels.service }}', level: 3, list: ['{{ .Receiver }}']}
                """.formatted(service.base(), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        String pair = java.util.Base64.getEncoder()
                .encodeToString(("user:" + SECRET).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        demands.equal(request.headers().get("authorization"), "Basic " + pair, "authorization");
        return Answer.text(200, "");
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(taken().getFirst().body()).isEqualTo("{\"what\":\"firing: cart\",\"level\":3,\"list\":[\"team\"]}");
    }

    @Override
    void toldOfTheUpdate() {
        toldTimes(2);
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(text(last(), "/what")).isEqualTo("resolved: cart");
    }
}
