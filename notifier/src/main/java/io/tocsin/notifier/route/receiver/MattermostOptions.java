package io.tocsin.notifier.route.receiver;

import java.util.List;
import java.util.Optional;

/**
 * One {@code mattermost_configs} entry.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param webhookUrl where notices go
 * @param channel template; empty means the webhook's own
 * @param username template of who seems to write
 * @param iconUrl template
 * @param iconEmoji template
 * @param attachment the notice, where no attachments are given
 * @param attachments what is sent in place of the notice, if any
 * @param type of the post; empty means an ordinary one
 * @param card template of the text beside the post, if given
 * @param priority how urgent, if given
 */
public record MattermostOptions(
        boolean sendResolved,
        HttpOptions http,
        Source webhookUrl,
        String channel,
        String username,
        String iconUrl,
        String iconEmoji,
        Attachment attachment,
        List<Attachment> attachments,
        String type,
        Optional<String> card,
        Optional<Priority> priority)
        implements ReceiverOptions.OverHttp {

    public MattermostOptions {
        attachments = List.copyOf(attachments);
    }

    /** A post's attachment; each text is a template, and empty means none. */
    public record Attachment(
            String fallback,
            String color,
            String pretext,
            String text,
            String authorName,
            String authorLink,
            String authorIcon,
            String title,
            String titleLink,
            List<Field> fields,
            String thumbUrl,
            String footer,
            String footerIcon,
            String imageUrl) {

        public Attachment {
            fields = List.copyOf(fields);
        }
    }

    /** A cell of a table; title and value are templates. */
    public record Field(String title, String value, boolean isShort) {}

    /**
     * How urgent a post is.
     *
     * @param priority template: urgent, important or standard
     * @param requestedAck whether readers are asked to acknowledge it
     * @param persistentNotifications whether they are told again until they do
     */
    public record Priority(String priority, boolean requestedAck, boolean persistentNotifications) {}

    @Override
    public Kind kind() {
        return Kind.MATTERMOST;
    }
}
