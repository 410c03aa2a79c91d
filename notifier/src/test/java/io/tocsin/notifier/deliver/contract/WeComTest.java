package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;

class WeComTest extends HttpContract {

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                wecom_configs:
                - webhook_url: '%scgi-bin/webhook/send?key=%s'
                """.formatted(service.base(), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        demands.equal(request.query(), java.util.Map.of("key", SECRET), "query");
        demands.bytesAtMost(text(request.json(), "/markdown/content"), 4096, "content");
        return Answer.json(200, "{\"errcode\":0,\"errmsg\":\"ok\"}");
    }

    @Override
    Answer refusal() {
        return Answer.json(200, "{\"errcode\":93000,\"errmsg\":\"invalid webhook url " + SECRET + "\"}");
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(text(first(), "/msgtype")).isEqualTo("markdown");
    }

    @Override
    void toldOfTheUpdate() {
        toldTimes(2);
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(text(last(), "/markdown/content")).startsWith("[RESOLVED]");
    }
}
