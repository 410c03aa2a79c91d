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
import io.tocsin.notifier.route.receiver.MsTeamsOptions;
import io.tocsin.notifier.store.Json;

/** Microsoft Teams' connectors, which are retired: a message card of at most 28 KB. */
public final class MsTeams implements HttpTelling<MsTeamsOptions> {

    private static final int BYTES = 28 * 1024;
    private static final int TITLE = 1024;
    private static final String FAILURE = "returned HTTP error ";

    @Override
    public Dialogue tell(Notice notice, MsTeamsOptions options, Texts texts) {
        String title = Cut.toCharacters(texts.prose(options.title()), TITLE);
        String summary = Cut.toCharacters(texts.prose(options.summary()), TITLE);
        String text = Cut.toFit(texts.prose(options.text()), BYTES, fitting -> card(notice, title, summary, fitting));
        HttpCall call =
                HttpCall.json("POST", texts.secretUrl(options.webhookUrl()), card(notice, title, summary, text));
        return Dialogue.ask(call, MsTeams::outcome);
    }

    private static String card(Notice notice, String title, String summary, String text) {
        return Json.write(new Fields()
                .put("@context", "http://schema.org/extensions")
                .put("@type", "MessageCard")
                .put("title", title)
                // A card without a summary and a text is refused.
                .put("summary", summary.isEmpty() ? "Notice" : summary)
                .put("text", text)
                .put("themeColor", notice.resolved() ? "207227" : "BA2525")
                .map());
    }

    /** A connector answers 200 also when Teams behind it does not take the card; then the body has Teams' status. */
    private static Outcome outcome(HttpReply reply) {
        int at = reply.body().indexOf(FAILURE);
        if (!reply.isSuccess() || at < 0) {
            return reply.outcome();
        }
        String status = reply.body().substring(at + FAILURE.length());
        return status.startsWith("429") || status.startsWith("5") ? reply.later() : reply.never();
    }
}
