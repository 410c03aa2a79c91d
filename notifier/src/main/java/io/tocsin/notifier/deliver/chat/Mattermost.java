package io.tocsin.notifier.deliver.chat;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.http.Dialogue;
import io.tocsin.notifier.deliver.http.HttpCall;
import io.tocsin.notifier.deliver.http.HttpTelling;
import io.tocsin.notifier.deliver.say.Cut;
import io.tocsin.notifier.deliver.say.Fields;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.MattermostOptions;
import io.tocsin.notifier.route.receiver.MattermostOptions.Attachment;
import io.tocsin.notifier.route.receiver.MattermostOptions.Priority;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Mattermost's incoming webhooks. */
public final class Mattermost implements HttpTelling<MattermostOptions> {

    private static final int TEXT = 16_383;
    private static final Set<String> PRIORITIES = Set.of("urgent", "important", "standard");

    @Override
    public Dialogue tell(Notice notice, MattermostOptions options, Texts texts) {
        Fields post = new Fields()
                .text("channel", texts.exact(options.channel()))
                .text("username", texts.prose(options.username()))
                .text("icon_url", texts.prose(options.iconUrl()))
                .text("icon_emoji", texts.prose(options.iconEmoji()))
                .text("type", texts.prose(options.type()));
        if (options.attachments().isEmpty()) {
            post.put("attachments", List.of(attachment(options.attachment(), texts)));
        } else {
            post.text("text", text(options.attachment().text(), texts))
                    .put(
                            "attachments",
                            options.attachments().stream()
                                    .map(attachment -> attachment(attachment, texts))
                                    .toList());
        }
        options.card().ifPresent(card -> post.put("props", Map.of("card", texts.prose(card))));
        options.priority().ifPresent(priority -> post.put("priority", priority(priority, texts)));
        return Dialogue.ask(HttpCall.post(texts.secretUrl(options.webhookUrl()), post.map()));
    }

    private static String text(String template, Texts texts) {
        return Cut.toCharacters(texts.prose(template), TEXT);
    }

    private static Map<String, @Nullable Object> attachment(Attachment attachment, Texts texts) {
        return new Fields()
                .text("fallback", texts.prose(attachment.fallback()))
                .text("color", texts.prose(attachment.color()))
                .text("pretext", texts.prose(attachment.pretext()))
                .text("text", text(attachment.text(), texts))
                .text("author_name", texts.prose(attachment.authorName()))
                .text("author_link", texts.prose(attachment.authorLink()))
                .text("author_icon", texts.prose(attachment.authorIcon()))
                .text("title", texts.prose(attachment.title()))
                .text("title_link", texts.prose(attachment.titleLink()))
                .list(
                        "fields",
                        attachment.fields().stream()
                                .map(field ->
                                        SlackAttachment.field(field.title(), field.value(), field.isShort(), texts))
                                .toList())
                .text("thumb_url", texts.prose(attachment.thumbUrl()))
                .text("footer", texts.prose(attachment.footer()))
                .text("footer_icon", texts.prose(attachment.footerIcon()))
                .text("image_url", texts.prose(attachment.imageUrl()))
                .map();
    }

    /** An acknowledgement goes with urgent and important posts, persistent notifications with urgent ones alone. */
    private static Map<String, @Nullable Object> priority(Priority priority, Texts texts) {
        String wanted = texts.prose(priority.priority()).strip().toLowerCase(Locale.ROOT);
        String known = PRIORITIES.contains(wanted) ? wanted : "standard";
        return new Fields()
                .put("priority", known)
                .flag("requested_ack", priority.requestedAck() && !known.equals("standard"))
                .flag("persistent_notifications", priority.persistentNotifications() && known.equals("urgent"))
                .map();
    }
}
