package io.tocsin.notifier.route.receiver;

import java.util.Optional;

/**
 * One {@code feishu_configs} entry: a robot of a group in Feishu or Lark.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param webhookUrl where notices go
 * @param secret what requests are signed with, if they are
 * @param title template
 * @param message template, in Markdown
 */
public record FeishuOptions(
        boolean sendResolved,
        HttpOptions http,
        Source webhookUrl,
        Optional<Source> secret,
        String title,
        String message)
        implements ReceiverOptions.OverHttp {

    @Override
    public Kind kind() {
        return Kind.FEISHU;
    }
}
