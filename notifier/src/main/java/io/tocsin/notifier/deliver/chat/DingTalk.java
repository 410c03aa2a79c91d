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
import io.tocsin.notifier.route.receiver.DingTalkOptions;
import io.tocsin.notifier.store.Json;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** DingTalk's group robots: a message in Markdown, signed; 20 messages a minute at most. */
public final class DingTalk implements HttpTelling<DingTalkOptions> {

    private static final int BYTES = 20_000;
    private static final int TITLE = 128;
    /** The service is busy; messages come too fast. */
    private static final Set<Integer> PASSING = Set.of(-1, 130101, 410100);

    @Override
    public Dialogue tell(Notice notice, DingTalkOptions options, Texts texts) {
        String title = Cut.toCharacters(texts.prose(options.title()).strip(), TITLE);
        // Who is mentioned must stand in the text too.
        String mentions =
                options.atMobiles().stream().map(mobile -> " @" + mobile).collect(Collectors.joining());
        String text = Cut.toFit(
                texts.prose(options.message()), BYTES, fitting -> message(options, title, fitting + mentions));
        HttpCall call = HttpCall.json("POST", url(options, texts), message(options, title, text + mentions));
        return Dialogue.ask(call, DingTalk::outcome);
    }

    private static URI url(DingTalkOptions options, Texts texts) {
        URI url = texts.secretUrl(options.webhookUrl());
        if (options.secret().isEmpty()) {
            return url;
        }
        long millis = texts.now().toEpochMilli();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("timestamp", Long.toString(millis));
        query.put("sign", RobotSignature.dingTalk(texts.secret(options.secret().get()), millis));
        return HttpCall.withQuery(url, query);
    }

    private static String message(DingTalkOptions options, String title, String text) {
        return Json.write(new Fields()
                .put("msgtype", "markdown")
                .put("markdown", Map.of("title", title.isEmpty() ? "Notice" : title, "text", text))
                .put("at", Map.of("atMobiles", options.atMobiles(), "isAtAll", options.atAll()))
                .map());
    }

    private static Outcome outcome(HttpReply reply) {
        int code = reply.json().path("errcode").asInt(0);
        if (!reply.isSuccess() || code == 0) {
            return reply.outcome();
        }
        return PASSING.contains(code) ? reply.later() : reply.never();
    }
}
