package io.tocsin.notifier.deliver.chat;

import io.tocsin.notifier.deliver.say.Cut;
import io.tocsin.notifier.deliver.say.Fields;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.SlackOptions.Action;
import io.tocsin.notifier.route.receiver.SlackOptions.Attachment;
import io.tocsin.notifier.route.receiver.SlackOptions.Confirmation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message's attachment, as Slack's reference of "legacy" attachments has it. */
final class SlackAttachment {

    private static final int TITLE = 1024;
    private static final int TEXT = 40_000;

    private SlackAttachment() {}

    static Map<String, @Nullable Object> of(Attachment attachment, Texts texts) {
        return new Fields()
                .text("title", Cut.toCharacters(texts.prose(attachment.title()), TITLE))
                .text("title_link", texts.prose(attachment.titleLink()))
                .text("pretext", Cut.toCharacters(texts.prose(attachment.pretext()), TEXT))
                .put("text", Cut.toCharacters(texts.prose(attachment.text()), TEXT))
                .put("fallback", Cut.toCharacters(texts.prose(attachment.fallback()), TEXT))
                .text("callback_id", texts.prose(attachment.callbackId()))
                .list(
                        "fields",
                        attachment.fields().stream()
                                .map(field -> field(field.title(), field.value(), field.isShort(), texts))
                                .toList())
                .list(
                        "actions",
                        attachment.actions().stream()
                                .map(action -> action(action, texts))
                                .toList())
                .text("image_url", texts.prose(attachment.imageUrl()))
                .text("thumb_url", texts.prose(attachment.thumbUrl()))
                .text("footer", texts.prose(attachment.footer()))
                .text("color", texts.prose(attachment.color()))
                .list(
                        "mrkdwn_in",
                        attachment.mrkdwnIn().isEmpty()
                                ? List.of("fallback", "pretext", "text")
                                : attachment.mrkdwnIn())
                .map();
    }

    /** A field of an attachment, which Mattermost and Rocket.Chat have the same way. */
    static Map<String, @Nullable Object> field(String title, String value, boolean isShort, Texts texts) {
        return new Fields()
                .put("title", texts.prose(title))
                .put("value", texts.prose(value))
                .put("short", isShort)
                .map();
    }

    private static Map<String, @Nullable Object> action(Action action, Texts texts) {
        Fields fields = new Fields()
                .put("type", texts.prose(action.type()))
                .put("text", texts.prose(action.text()))
                .text("url", texts.prose(action.url()))
                .text("style", texts.prose(action.style()))
                .text("name", texts.prose(action.name()))
                .text("value", texts.prose(action.value()));
        action.confirmation().ifPresent(asked -> fields.put("confirm", confirmation(asked, texts)));
        return fields.map();
    }

    private static Map<String, @Nullable Object> confirmation(Confirmation asked, Texts texts) {
        return new Fields()
                .put("text", texts.prose(asked.text()))
                .text("title", texts.prose(asked.title()))
                .text("ok_text", texts.prose(asked.okText()))
                .text("dismiss_text", texts.prose(asked.dismissText()))
                .map();
    }
}
