package io.tocsin.notifier.route.receiver;

import java.net.URI;

/**
 * One {@code telegram_configs} entry.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param apiUrl the Bot API
 * @param botToken who writes
 * @param chatId the chat's number
 * @param messageThreadId the thread in the chat; 0 means none
 * @param message template
 * @param disableNotifications whether the message makes no sound
 * @param parseMode Markdown, MarkdownV2, HTML, or empty for plain text
 */
public record TelegramOptions(
        boolean sendResolved,
        HttpOptions http,
        URI apiUrl,
        Source botToken,
        Source chatId,
        long messageThreadId,
        String message,
        boolean disableNotifications,
        String parseMode)
        implements ReceiverOptions.OverHttp {

    @Override
    public Kind kind() {
        return Kind.TELEGRAM;
    }
}
