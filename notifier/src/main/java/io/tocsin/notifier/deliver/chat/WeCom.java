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
import io.tocsin.notifier.route.receiver.WeComOptions;
import java.util.Map;
import java.util.Set;

/** WeCom's group robots: a message in Markdown; 20 messages a minute at most. */
public final class WeCom implements HttpTelling<WeComOptions> {

    private static final int BYTES = 4096;
    /** The service is busy; too many messages. */
    private static final Set<Integer> PASSING = Set.of(-1, 45009, 45033);

    @Override
    public Dialogue tell(Notice notice, WeComOptions options, Texts texts) {
        Fields message = new Fields()
                .put("msgtype", "markdown")
                .put("markdown", Map.of("content", Cut.toBytes(texts.prose(options.message()), BYTES)));
        return Dialogue.ask(HttpCall.post(texts.secretUrl(options.webhookUrl()), message.map()), WeCom::outcome);
    }

    private static Outcome outcome(HttpReply reply) {
        int code = reply.json().path("errcode").asInt(0);
        if (!reply.isSuccess() || code == 0) {
            return reply.outcome();
        }
        return PASSING.contains(code) ? reply.later() : reply.never();
    }
}
