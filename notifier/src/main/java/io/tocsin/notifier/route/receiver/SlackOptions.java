package io.tocsin.notifier.route.receiver;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One {@code slack_configs} entry. An application's token stands in {@code http} as a bearer token.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param timeout how long one request may take; empty means the notifier's own limit
 * @param apiUrl a webhook's address, or {@code chat.postMessage} when an application's token is used
 * @param channel template; empty means the webhook's own
 * @param username template of who seems to write
 * @param iconEmoji template
 * @param iconUrl template
 * @param linkNames whether names in the text become links
 * @param messageText template of the text above the attachment
 * @param attachment the notice
 * @param updateMessage whether a group's first message is changed in place of writing another
 */
public record SlackOptions(
        boolean sendResolved,
        HttpOptions http,
        Optional<Duration> timeout,
        Source apiUrl,
        String channel,
        String username,
        String iconEmoji,
        String iconUrl,
        boolean linkNames,
        String messageText,
        Attachment attachment,
        boolean updateMessage)
        implements ReceiverOptions.OverHttp {

    /**
     * A message's attachment; each text is a template.
     *
     * @param fallback what is shown where attachments cannot be
     * @param callbackId empty means none
     * @param color good, warning, danger or a colour
     * @param title empty means none
     * @param titleLink empty means none
     * @param pretext empty means none
     * @param text empty means none
     * @param footer empty means none
     * @param imageUrl empty means none
     * @param thumbUrl empty means none
     * @param fields a table
     * @param actions buttons
     * @param mrkdwnIn which parts are markup; the default is fallback, pretext and text
     */
    public record Attachment(
            String fallback,
            String callbackId,
            String color,
            String title,
            String titleLink,
            String pretext,
            String text,
            String footer,
            String imageUrl,
            String thumbUrl,
            List<Field> fields,
            List<Action> actions,
            List<String> mrkdwnIn) {

        public Attachment {
            fields = List.copyOf(fields);
            actions = List.copyOf(actions);
            mrkdwnIn = List.copyOf(mrkdwnIn);
        }
    }

    /** A cell of the table; title and value are templates. */
    public record Field(String title, String value, boolean isShort) {}

    /** A button; each text is a template. One with an address has neither name nor value nor confirmation. */
    public record Action(
            String type,
            String text,
            String url,
            String style,
            String name,
            String value,
            Optional<Confirmation> confirmation) {}

    /** What is asked before a button does something; each text is a template. */
    public record Confirmation(String text, String title, String okText, String dismissText) {}

    @Override
    public Kind kind() {
        return Kind.SLACK;
    }
}
