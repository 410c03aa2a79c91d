package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import io.tocsin.notifier.route.receiver.SlackOptions;
import org.junit.jupiter.api.Test;

class SlackApplicationTest extends HttpContract {

    boolean updates() {
        return false;
    }

    @Override
    ReceiverOptions options() {
        SlackOptions options = (SlackOptions) Configured.way("""
                slack_configs:
                - api_url: https://slack.com/api/chat.postMessage
                  http_config: {authorization: {credentials: %s}}
                  channel: '#ops'
                  update_message: %s
                """.formatted(SECRET, updates()));
        return new SlackOptions(
                options.sendResolved(),
                options.http(),
                options.timeout(),
                url("api/chat.postMessage"),
                options.channel(),
                options.username(),
                options.iconEmoji(),
                options.iconUrl(),
                options.linkNames(),
                options.messageText(),
                options.attachment(),
                options.updateMessage());
    }

    @Override
    Answer answer(Request request, Demands demands) {
        demands.equal(request.headers().get("authorization"), "Bearer " + SECRET, "authorization");
        boolean update = request.path().equals("/api/chat.update");
        demands.that(update || request.path().equals("/api/chat.postMessage"), "path " + request.path());
        boolean later = request.json().has("thread_ts") || update;
        demands.equal(text(request.json(), "/channel"), later ? "C042" : "#ops", "channel");
        demands.equal(request.json().has("ts"), update, "ts");
        return Answer.json(200, "{\"ok\":true,\"channel\":\"C042\",\"ts\":\"1503435956.000247\"}");
    }

    @Override
    Answer refusal() {
        return Answer.json(200, "{\"ok\":false,\"error\":\"invalid_auth\",\"token\":\"" + SECRET + "\"}");
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(first().has("thread_ts")).isFalse();
    }

    @Override
    void toldOfTheUpdate() {
        assertThat(text(last(), "/thread_ts")).isEqualTo("1503435956.000247");
        assertThat(last().has("reply_broadcast")).isFalse();
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(text(last(), "/thread_ts")).isEqualTo("1503435956.000247");
        assertThat(last().path("reply_broadcast").asBoolean(false)).isTrue();
    }

    @Test
    void isTriedAgainWhenAnErrorPasses() throws InterruptedException {
        service.answers(Answer.json(200, "{\"ok\":false,\"error\":\"ratelimited\"}"));
        assertThat(tell(Notices.alarm())).isInstanceOf(Outcome.Failed.class);
    }
}
