package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;

class MsTeamsV2Test extends HttpContract {

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                msteamsv2_configs:
                - webhook_url: '%sworkflows/1?sig=%s'
                """.formatted(service.base(), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        demands.equal(request.query().get("sig"), SECRET, "sig");
        demands.equal(text(request.json(), "/type"), "message", "type");
        demands.equal(
                text(request.json(), "/attachments/0/contentType"),
                "application/vnd.microsoft.card.adaptive",
                "contentType");
        demands.that(request.json().at("/attachments/0").has("contentUrl"), "no contentUrl");
        demands.equal(text(request.json(), "/attachments/0/content/type"), "AdaptiveCard", "card");
        demands.bytesAtMost(request.body(), 28 * 1024, "message");
        return new Answer(202, java.util.Map.of(), "");
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(text(first(), "/attachments/0/content/body/0/color")).isEqualTo("Attention");
    }

    @Override
    void toldOfTheUpdate() {
        toldTimes(2);
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(text(last(), "/attachments/0/content/body/0/color")).isEqualTo("Good");
    }
}
