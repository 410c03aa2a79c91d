package io.tocsin.notifier.route.receiver;

/**
 * One {@code wecom_configs} entry: a robot of a group; applications are in {@code wechat_configs}.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param webhookUrl where notices go
 * @param message template, in Markdown
 */
public record WeComOptions(boolean sendResolved, HttpOptions http, Source webhookUrl, String message)
        implements ReceiverOptions.OverHttp {

    @Override
    public Kind kind() {
        return Kind.WECOM;
    }
}
