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
import io.tocsin.notifier.route.receiver.WebexOptions;
import java.util.Map;

/** Webex's messages. A group's later notices answer its first message. */
public final class Webex implements HttpTelling<WebexOptions> {

    private static final int BYTES = 7439;
    private static final String PARENT = "parentId";

    @Override
    public Dialogue tell(Notice notice, WebexOptions options, Texts texts) {
        String markdown = Cut.toBytes(texts.prose(options.message()), BYTES);
        Fields message = new Fields()
                .put("roomId", texts.exact(options.roomId()))
                .put("markdown", markdown.isBlank() ? "(no text)" : markdown)
                .text(PARENT, notice.memory().getOrDefault(PARENT, ""));
        HttpCall call = HttpCall.post(options.apiUrl(), message.map());
        return Dialogue.ask(call, reply -> outcome(reply, notice));
    }

    private static Outcome outcome(HttpReply reply, Notice notice) {
        String id = reply.json().path("id").asString("");
        String parent = notice.memory().getOrDefault(PARENT, id);
        return reply.outcome() instanceof Outcome.Accepted told && !parent.isEmpty()
                ? new Outcome.Accepted(told.detail(), Map.of(PARENT, parent))
                : reply.outcome();
    }
}
