package io.tocsin.notifier.deliver.chat;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.http.Dialogue;
import io.tocsin.notifier.deliver.http.HttpCall;
import io.tocsin.notifier.deliver.http.HttpTelling;
import io.tocsin.notifier.deliver.say.Cut;
import io.tocsin.notifier.deliver.say.Fields;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.MsTeamsV2Options;
import io.tocsin.notifier.store.Json;
import java.util.List;
import java.util.Map;

/** Microsoft Teams' workflows: an Adaptive Card, version 1.4, of at most 28 KB. */
public final class MsTeamsV2 implements HttpTelling<MsTeamsV2Options> {

    private static final int BYTES = 28 * 1024;
    private static final int TITLE = 1024;

    @Override
    public Dialogue tell(Notice notice, MsTeamsV2Options options, Texts texts) {
        String title = Cut.toCharacters(texts.prose(options.title()), TITLE);
        String text = Cut.toFit(texts.prose(options.text()), BYTES, fitting -> message(notice, title, fitting));
        return Dialogue.ask(HttpCall.json("POST", texts.secretUrl(options.webhookUrl()), message(notice, title, text)));
    }

    private static String message(Notice notice, String title, String text) {
        Map<String, ?> card = new Fields()
                .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4")
                .put(
                        "body",
                        List.of(
                                new Fields()
                                        .put("type", "TextBlock")
                                        .put("text", title)
                                        .put("weight", "Bolder")
                                        .put("size", "Medium")
                                        .put("wrap", true)
                                        .put("style", "heading")
                                        .put("color", notice.resolved() ? "Good" : "Attention")
                                        .map(),
                                new Fields()
                                        .put("type", "TextBlock")
                                        .put("text", text)
                                        .put("wrap", true)
                                        .map()))
                .put("msteams", Map.of("width", "full"))
                .map();
        return Json.write(new Fields()
                .put("type", "message")
                .put(
                        "attachments",
                        List.of(new Fields()
                                .put("contentType", "application/vnd.microsoft.card.adaptive")
                                .put("contentUrl", null)
                                .put("content", card)
                                .map()))
                .map());
    }
}
