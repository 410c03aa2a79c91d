package io.tocsin.notifier.deliver.paging;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.http.Dialogue;
import io.tocsin.notifier.deliver.http.HttpCall;
import io.tocsin.notifier.deliver.http.HttpReply;
import io.tocsin.notifier.deliver.http.HttpTelling;
import io.tocsin.notifier.deliver.say.Cut;
import io.tocsin.notifier.deliver.say.Fields;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.VictorOpsOptions;
import java.net.URI;
import java.util.Set;

/** Splunk On-Call's REST endpoint, once VictorOps: one incident for a group, recovered with it. */
public final class VictorOps implements HttpTelling<VictorOpsOptions> {

    private static final int STATE_MESSAGE = 20_480;
    private static final Set<String> TYPES = Set.of("CRITICAL", "WARNING", "INFO");

    @Override
    public Dialogue tell(Notice notice, VictorOpsOptions options, Texts texts) {
        String path = HttpCall.segment(texts.secret(options.apiKey())) + "/"
                + HttpCall.segment(texts.exact(options.routingKey()));
        URI uri = HttpCall.under(options.apiUrl(), path);
        Fields body = new Fields()
                .put(
                        "message_type",
                        type(notice, texts.prose(options.messageType()).strip()))
                .put("entity_id", notice.groupHash())
                .put("entity_display_name", texts.prose(options.entityDisplayName()))
                .put("state_message", Cut.toCharacters(texts.prose(options.stateMessage()), STATE_MESSAGE))
                .put("monitoring_tool", texts.prose(options.monitoringTool()));
        texts.proses(options.customFields()).forEach(body::put);
        return Dialogue.ask(HttpCall.post(uri, body.map()), VictorOps::outcome);
    }

    private static String type(Notice notice, String wanted) {
        if (notice.resolved()) {
            return "RECOVERY";
        }
        return TYPES.contains(wanted) ? wanted : "CRITICAL";
    }

    /** A failure may come with status 200: then the body says so. */
    private static Outcome outcome(HttpReply reply) {
        String result = reply.json().path("result").asString("success");
        return reply.isSuccess() && !result.equals("success") ? reply.never() : reply.outcome();
    }
}
