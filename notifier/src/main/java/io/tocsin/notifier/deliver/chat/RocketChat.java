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
import io.tocsin.notifier.route.receiver.RocketChatOptions;
import io.tocsin.notifier.route.receiver.RocketChatOptions.Action;
import io.tocsin.notifier.route.receiver.RocketChatOptions.Attachment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rocket.Chat's {@code chat.postMessage}. A group's later notices go into the thread of its first message. */
public final class RocketChat implements HttpTelling<RocketChatOptions> {

    private static final int TITLE = 1024;
    /** What a server takes unless its administrator says otherwise. */
    private static final int TEXT = 5000;

    private static final String THREAD = "tmid";

    @Override
    public Dialogue tell(Notice notice, RocketChatOptions options, Texts texts) {
        Fields message = new Fields()
                .put("channel", texts.exact(options.channel()))
                .put("alias", texts.prose("{{ template \"rocketchat.default.alias\" . }}"))
                .text("emoji", texts.prose(options.emoji()))
                .text("avatar", texts.prose(options.iconUrl()))
                .flag("parseUrls", options.linkNames())
                .text(THREAD, notice.memory().getOrDefault(THREAD, ""))
                .flag("tshow", notice.resolved() && notice.memory().containsKey(THREAD))
                .put("attachments", List.of(attachment(options.attachment(), texts)));
        HttpCall call = HttpCall.post(HttpCall.under(options.apiUrl(), "api/v1/chat.postMessage"), message.map())
                .with("X-User-Id", texts.secret(options.tokenId()))
                .with("X-Auth-Token", texts.secret(options.token()));
        return Dialogue.ask(call, reply -> outcome(reply, notice));
    }

    /** An error may come with status 200: then the body says so. */
    private static Outcome outcome(HttpReply reply, Notice notice) {
        if (!reply.isSuccess()) {
            return reply.body().contains("error-too-many-requests") ? reply.later() : reply.outcome();
        }
        if (!reply.json().path("success").asBoolean(true)) {
            return reply.never();
        }
        String id = reply.json().at("/message/_id").asString("");
        String thread = notice.memory().getOrDefault(THREAD, id);
        return new Outcome.Accepted("HTTP " + reply.status(), thread.isEmpty() ? Map.of() : Map.of(THREAD, thread));
    }

    private static Map<String, @Nullable Object> attachment(Attachment attachment, Texts texts) {
        return new Fields()
                .text("title", Cut.toCharacters(texts.prose(attachment.title()), TITLE))
                .text("title_link", texts.prose(attachment.titleLink()))
                .text("text", Cut.toCharacters(texts.prose(attachment.text()), TEXT))
                .text("image_url", texts.prose(attachment.imageUrl()))
                .text("thumb_url", texts.prose(attachment.thumbUrl()))
                .text("color", texts.prose(attachment.color()))
                .list(
                        "fields",
                        attachment.fields().stream()
                                .map(field ->
                                        SlackAttachment.field(field.title(), field.value(), field.isShort(), texts))
                                .toList())
                .list(
                        "actions",
                        attachment.actions().stream()
                                .map(action -> action(action, texts))
                                .toList())
                .map();
    }

    private static Map<String, @Nullable Object> action(Action action, Texts texts) {
        return new Fields()
                .text("type", texts.prose(action.type()))
                .text("text", texts.prose(action.text()))
                .text("url", texts.prose(action.url()))
                .text("image_url", texts.prose(action.imageUrl()))
                .flag("is_webview", action.isWebView())
                .text("webview_height_ratio", texts.prose(action.webviewHeightRatio()))
                .text("msg", texts.prose(action.msg()))
                .flag("msg_in_chat_window", action.msgInChatWindow())
                .text("msg_processing_type", texts.prose(action.msgProcessingType()))
                .map();
    }
}
