package io.tocsin.notifier.route.receiver;

import java.net.URI;
import java.util.List;

/**
 * One {@code rocketchat_configs} entry.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param apiUrl the server
 * @param tokenId the user's id
 * @param token the user's token
 * @param channel template
 * @param emoji template
 * @param iconUrl template
 * @param linkNames whether names in the text become links
 * @param attachment the notice
 */
public record RocketChatOptions(
        boolean sendResolved,
        HttpOptions http,
        URI apiUrl,
        Source tokenId,
        Source token,
        String channel,
        String emoji,
        String iconUrl,
        boolean linkNames,
        Attachment attachment)
        implements ReceiverOptions.OverHttp {

    /** A message's attachment; each text is a template, and empty means none. */
    public record Attachment(
            String color,
            String title,
            String titleLink,
            String text,
            String imageUrl,
            String thumbUrl,
            List<Field> fields,
            List<Action> actions) {

        public Attachment {
            fields = List.copyOf(fields);
            actions = List.copyOf(actions);
        }
    }

    /** A cell of a table; title and value are templates. */
    public record Field(String title, String value, boolean isShort) {}

    /** A button, as Rocket.Chat's attachments have them; each text is a template. */
    public record Action(
            String type,
            String text,
            String url,
            String imageUrl,
            boolean isWebView,
            String webviewHeightRatio,
            String msg,
            boolean msgInChatWindow,
            String msgProcessingType) {}

    @Override
    public Kind kind() {
        return Kind.ROCKETCHAT;
    }
}
