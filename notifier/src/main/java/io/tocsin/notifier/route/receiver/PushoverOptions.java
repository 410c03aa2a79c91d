package io.tocsin.notifier.route.receiver;

import java.time.Duration;

/**
 * One {@code pushover_configs} entry.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param userKey who is told
 * @param token the application that tells
 * @param title template
 * @param message template
 * @param url template of a link
 * @param urlTitle template of the link's text
 * @param device template; empty means all devices
 * @param sound template; empty means the user's own
 * @param priority template of a number from -2 to 2
 * @param retry how often an emergency is told again
 * @param expire until when an emergency is told again
 * @param ttl after how long the message goes away; zero means never
 * @param format how the message is set
 */
public record PushoverOptions(
        boolean sendResolved,
        HttpOptions http,
        Source userKey,
        Source token,
        String title,
        String message,
        String url,
        String urlTitle,
        String device,
        String sound,
        String priority,
        Duration retry,
        Duration expire,
        Duration ttl,
        Format format)
        implements ReceiverOptions.OverHttp {

    /** How a message is set. */
    public enum Format {
        PLAIN,
        HTML,
        MONOSPACE
    }

    @Override
    public Kind kind() {
        return Kind.PUSHOVER;
    }
}
