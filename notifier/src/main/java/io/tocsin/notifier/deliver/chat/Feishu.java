package io.tocsin.notifier.deliver.chat;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.http.Dialogue;
import io.tocsin.notifier.deliver.http.HttpCall;
import io.tocsin.notifier.deliver.http.HttpReply;
import io.tocsin.notifier.deliver.http.HttpTelling;
import io.tocsin.notifier.deliver.say.Cut;
import io.tocsin.notifier.deliver.say.Fields;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.FeishuOptions;
import io.tocsin.notifier.store.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Feishu's and Lark's group robots: a card of at most 20 KB, signed; 100 messages a minute at most. */
public final class Feishu implements HttpTelling<FeishuOptions> {

    private static final int BYTES = 20 * 1024;
    private static final int TITLE = 512;
    /** Too many messages; the service fails. */
    private static final Set<Integer> PASSING = Set.of(11232, 1000);

    @Override
    public Dialogue tell(Notice notice, FeishuOptions options, Texts texts) {
        String title = Cut.toCharacters(texts.prose(options.title()).strip(), TITLE);
        String text = Cut.toFit(
                texts.prose(options.message()), BYTES, fitting -> card(notice, options, texts, title, fitting));
        HttpCall call =
                HttpCall.json("POST", texts.secretUrl(options.webhookUrl()), card(notice, options, texts, title, text));
        return Dialogue.ask(call, Feishu::outcome);
    }

    private static String card(Notice notice, FeishuOptions options, Texts texts, String title, String text) {
        Fields message = new Fields();
        options.secret().ifPresent(secret -> {
            long seconds = texts.now().getEpochSecond();
            message.put("timestamp", Long.toString(seconds))
                    .put("sign", RobotSignature.feishu(texts.secret(secret), seconds));
        });
        Map<String, ?> header = Map.of(
                "title",
                Map.of("tag", "plain_text", "content", title),
                "template",
                notice.resolved() ? "green" : "red");
        message.put("msg_type", "interactive")
                .put("card", Map.of("header", header, "elements", List.of(Map.of("tag", "markdown", "content", text))));
        return Json.write(message.map());
    }

    private static Outcome outcome(HttpReply reply) {
        int code = reply.json().path("code").asInt(0);
        if (!reply.isSuccess() || code == 0) {
            return reply.outcome();
        }
        return PASSING.contains(code) ? reply.later() : reply.never();
    }
}
