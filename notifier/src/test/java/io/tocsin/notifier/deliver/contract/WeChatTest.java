package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;

class WeChatTest extends HttpContract {

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                wechat_configs:
                - api_url: %scgi-bin/
                  api_secret: %s
                  corp_id: corp
                  agent_id: '1000002'
                  to_user: '@all'
                """.formatted(service.base(), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        if (request.path().equals("/cgi-bin/gettoken")) {
            demands.equal(request.query(), java.util.Map.of("corpid", "corp", "corpsecret", SECRET), "query");
            return Answer.json(200, "{\"errcode\":0,\"access_token\":\"token-1\",\"expires_in\":7200}");
        }
        demands.equal(request.path(), "/cgi-bin/message/send", "path");
        demands.equal(request.query().get("access_token"), "token-1", "access_token");
        demands.equal(text(request.json(), "/msgtype"), "text", "msgtype");
        demands.bytesAtMost(text(request.json(), "/text/content"), 2048, "content");
        return Answer.json(200, "{\"errcode\":0,\"errmsg\":\"ok\"}");
    }

    @Override
    Answer refusal() {
        return Answer.json(200, "{\"errcode\":40001,\"errmsg\":\"invalid credential " + SECRET + "\"}");
    }

    @Override
    void toldOfTheAlarm() {
        toldTimes(2);
    }

    @Override
    void toldOfTheUpdate() {
        // The token is kept.
        toldTimes(3);
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(text(last(), "/text/content")).startsWith("[RESOLVED]");
    }
}
