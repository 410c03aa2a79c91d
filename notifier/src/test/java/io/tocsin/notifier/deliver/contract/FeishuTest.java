package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;

class FeishuTest extends HttpContract {

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                feishu_configs:
                - webhook_url: %sopen-apis/bot/v2/hook/%s
                  secret: key
                """.formatted(service.base(), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        demands.equal(request.path(), "/open-apis/bot/v2/hook/" + SECRET, "path");
        demands.equal(text(request.json(), "/timestamp"), "1795514400", "timestamp");
        // printf '' | openssl dgst -sha256 -hmac "1795514400\nkey" -binary | base64
        demands.equal(text(request.json(), "/sign"), "IN+/VzPink6yTVDBimBzvDRFudKZujss9PiUFW2Ux3s=", "sign");
        demands.equal(text(request.json(), "/msg_type"), "interactive", "msg_type");
        demands.bytesAtMost(request.body(), 20 * 1024, "message");
        return Answer.json(200, "{\"code\":0,\"msg\":\"success\"}");
    }

    @Override
    Answer refusal() {
        return Answer.json(200, "{\"code\":19001,\"msg\":\"incoming webhook access token invalid " + SECRET + "\"}");
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(text(first(), "/card/header/template")).isEqualTo("red");
    }

    @Override
    void toldOfTheUpdate() {
        toldTimes(2);
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(text(last(), "/card/header/template")).isEqualTo("green");
    }
}
