package io.tocsin.notifier.route.receiver;

/**
 * One {@code discord_configs} entry.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param webhookUrl where notices go
 * @param content template of the text outside the embed
 * @param title template of the embed's title
 * @param message template of the embed's description
 * @param username who seems to write; empty means the webhook's own name
 * @param avatarUrl the picture; empty means the webhook's own
 */
public record DiscordOptions(
        boolean sendResolved,
        HttpOptions http,
        Source webhookUrl,
        String content,
        String title,
        String message,
        String username,
        String avatarUrl)
        implements ReceiverOptions.OverHttp {

    @Override
    public Kind kind() {
        return Kind.DISCORD;
    }
}
