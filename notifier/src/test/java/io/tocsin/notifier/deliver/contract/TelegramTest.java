package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import org.junit.jupiter.api.Test;

class TelegramTest extends HttpContract {

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                telegram_configs:
                - api_url: %s
                  bot_token: '1:%s'
                  chat_id: -100
                  message_thread_id: 5
                """.formatted(service.base().toString().replaceAll("/$", ""), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        demands.equal(request.path(), "/bot1:" + SECRET + "/sendMessage", "path");
        demands.that(request.json().path("chat_id").isIntegralNumber(), "chat_id is no number");
        demands.that(!text(request.json(), "/text").isEmpty(), "no text");
        demands.that(text(request.json(), "/text").length() <= 4096, "text is too long");
        demands.equal(request.json().path("message_thread_id").asInt(0), 5, "message_thread_id");
        return Answer.json(200, "{\"ok\":true,\"result\":{\"message_id\":%d}}".formatted(taken().size() + 40));
    }

    @Override
    Answer refusal() {
        return Answer.json(401, "{\"ok\":false,\"error_code\":401,\"description\":\"Unauthorized 1:" + SECRET + "\"}");
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(text(first(), "/parse_mode")).isEqualTo("HTML");
        assertThat(first().has("reply_parameters")).isFalse();
    }

    @Override
    void toldOfTheUpdate() {
        assertThat(last().at("/reply_parameters/message_id").asInt(0)).isEqualTo(40);
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(last().at("/reply_parameters/message_id").asInt(0)).isEqualTo(40);
        assertThat(text(last(), "/text")).startsWith("[RESOLVED]");
    }

    @Test
    void restsAsLongAsTheBodySays() throws InterruptedException {
        service.answers(Answer.json(429, "{\"ok\":false,\"error_code\":429,\"parameters\":{\"retry_after\":11}}"));
        assertThat(tell(Notices.alarm()))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.retryAfter()).hasValue(java.time.Duration.ofSeconds(11)));
    }
}
