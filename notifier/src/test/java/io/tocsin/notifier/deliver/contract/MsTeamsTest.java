package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import org.junit.jupiter.api.Test;

class MsTeamsTest extends HttpContract {

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                msteams_configs:
                - webhook_url: %swebhookb2/%s
                """.formatted(service.base(), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        demands.equal(text(request.json(), "/@type"), "MessageCard", "@type");
        demands.equal(text(request.json(), "/@context"), "http://schema.org/extensions", "@context");
        demands.that(!text(request.json(), "/summary").isEmpty(), "no summary");
        demands.bytesAtMost(request.body(), 28 * 1024, "card");
        return Answer.text(200, "1");
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(text(first(), "/text")).contains("Checkout fails");
    }

    @Override
    void toldOfTheUpdate() {
        toldTimes(2);
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(text(last(), "/title")).startsWith("[RESOLVED]");
        assertThat(text(last(), "/themeColor")).isNotEqualTo(text(first(), "/themeColor"));
    }

    @Test
    void aFailureBehindTheConnectorIsNoSuccess() throws InterruptedException {
        service.answers(
                Answer.text(
                        200,
                        "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId"));
        assertThat(tell(Notices.alarm())).isInstanceOf(Outcome.Failed.class);
        service.answers(Answer.text(200, "Microsoft Teams endpoint returned HTTP error 403 with ContextId"));
        assertThat(tell(Notices.alarm())).isInstanceOf(Outcome.Refused.class);
    }
}
