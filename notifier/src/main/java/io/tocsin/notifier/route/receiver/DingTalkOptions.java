package io.tocsin.notifier.route.receiver;

import java.util.List;
import java.util.Optional;

/**
 * One {@code dingtalk_configs} entry: a robot of a group.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param webhookUrl where notices go
 * @param secret what requests are signed with, if they are
 * @param title template
 * @param message template, in Markdown
 * @param atMobiles telephone numbers of those who are mentioned
 * @param atAll whether all are mentioned
 */
public record DingTalkOptions(
        boolean sendResolved,
        HttpOptions http,
        Source webhookUrl,
        Optional<Source> secret,
        String title,
        String message,
        List<String> atMobiles,
        boolean atAll)
        implements ReceiverOptions.OverHttp {

    public DingTalkOptions {
        atMobiles = List.copyOf(atMobiles);
    }

    @Override
    public Kind kind() {
        return Kind.DINGTALK;
    }
}
