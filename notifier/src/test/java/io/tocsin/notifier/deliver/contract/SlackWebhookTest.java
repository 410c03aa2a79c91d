package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;

class SlackWebhookTest extends HttpContract {

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                slack_configs:
                - api_url: %sservices/T0/B0/%s
                  channel: '#ops'
                  fields: [{title: Service, value: '{{ .GroupLabels.service }}', short: true}]
                  actions: [{type: button, text: Runbook, url: 'http://runbooks.example'}]
                """.formatted(service.base(), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        demands.equal(request.path(), "/services/T0/B0/" + SECRET, "path");
        demands.equal(text(request.json(), "/channel"), "#ops", "channel");
        demands.equal(request.json().path("attachments").size(), 1, "attachments");
        demands.atMost(text(request.json(), "/attachments/0/title"), 1024, "title");
        demands.atMost(text(request.json(), "/attachments/0/text"), 40_000, "text");
        demands.that(request.json().at("/attachments/0").has("fallback"), "no fallback");
        return Answer.text(200, "ok");
    }

    @Override
    Answer refusal() {
        return Answer.text(403, "invalid_token /services/T0/B0/" + SECRET);
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(text(first(), "/attachments/0/color")).isEqualTo("danger");
        assertThat(text(first(), "/attachments/0/title_link")).isEqualTo("http://tocsin.example:9090/incidents/inc-7");
        assertThat(text(first(), "/attachments/0/fields/0/value")).isEqualTo("cart");
        assertThat(text(first(), "/attachments/0/actions/0/text")).isEqualTo("Runbook");
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
