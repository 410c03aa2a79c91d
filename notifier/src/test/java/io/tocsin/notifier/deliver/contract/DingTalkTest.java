package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;

class DingTalkTest extends HttpContract {

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                dingtalk_configs:
                - webhook_url: '%srobot/send?access_token=%s'
                  secret: SECxyz
                  at_mobiles: ['123']
                """.formatted(service.base(), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        demands.equal(request.query().get("access_token"), SECRET, "access_token");
        demands.equal(request.query().get("timestamp"), "1795514400000", "timestamp");
        // openssl dgst -sha256 -hmac SECxyz -binary | base64, over "1795514400000\nSECxyz"
        demands.equal(request.query().get("sign"), "VmD7bR1A06nmCklZNr0l8has6vxGhmx6RZ7tUrpzFfw=", "sign");
        demands.equal(text(request.json(), "/msgtype"), "markdown", "msgtype");
        demands.that(text(request.json(), "/markdown/text").endsWith(" @123"), "nobody is mentioned");
        demands.bytesAtMost(request.body(), 20_000, "message");
        return Answer.json(200, "{\"errcode\":0,\"errmsg\":\"ok\"}");
    }

    @Override
    Answer refusal() {
        return Answer.json(200, "{\"errcode\":300005,\"errmsg\":\"token " + SECRET + " is not exist\"}");
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(text(first(), "/markdown/title")).startsWith("[FIRING 1]");
    }

    @Override
    void toldOfTheUpdate() {
        toldTimes(2);
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(text(last(), "/markdown/title")).startsWith("[RESOLVED]");
    }
}
