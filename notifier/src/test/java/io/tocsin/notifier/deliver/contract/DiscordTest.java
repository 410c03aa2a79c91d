package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;

class DiscordTest extends HttpContract {

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                discord_configs:
                - webhook_url: %sapi/webhooks/1/%s
                  content: '{{ .CommonAnnotations.summary }}'
                """.formatted(service.base(), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        demands.equal(request.path(), "/api/webhooks/1/" + SECRET, "path");
        demands.that(text(request.json(), "/content").length() <= 2000, "content");
        demands.that(text(request.json(), "/embeds/0/title").length() <= 256, "title");
        demands.that(text(request.json(), "/embeds/0/description").length() <= 4096, "description");
        return new Answer(204, java.util.Map.of(), "");
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(first().at("/embeds/0/color").asInt()).isEqualTo(0xBA2525);
    }

    @Override
    void toldOfTheUpdate() {
        toldTimes(2);
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(last().at("/embeds/0/color").asInt()).isEqualTo(0x207227);
    }
}
