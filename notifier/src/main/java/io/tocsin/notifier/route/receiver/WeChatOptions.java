package io.tocsin.notifier.route.receiver;

import java.net.URI;

/**
 * One {@code wechat_configs} entry.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param apiUrl the API, with a slash at its end
 * @param apiSecret what a token is fetched with
 * @param corpId template
 * @param agentId template
 * @param toUser template
 * @param toParty template
 * @param toTag template
 * @param message template
 * @param markdown whether the message is Markdown, and not plain text
 */
public record WeChatOptions(
        boolean sendResolved,
        HttpOptions http,
        URI apiUrl,
        Source apiSecret,
        String corpId,
        String agentId,
        String toUser,
        String toParty,
        String toTag,
        String message,
        boolean markdown)
        implements ReceiverOptions.OverHttp {

    @Override
    public Kind kind() {
        return Kind.WECHAT;
    }
}
