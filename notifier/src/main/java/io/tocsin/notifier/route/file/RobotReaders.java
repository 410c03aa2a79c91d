package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.DingTalkOptions;
import io.tocsin.notifier.route.receiver.FeishuOptions;
import io.tocsin.notifier.route.receiver.WeComOptions;
import java.util.Set;

/** Reads the robots of groups, which Alertmanager does not have: DingTalk, Feishu, WeCom. */
final class RobotReaders {

    static final Set<String> DINGTALK =
            Keys.words("webhook_url webhook_url_file secret secret_file title message at_mobiles at_all");
    static final Set<String> FEISHU = Keys.words("webhook_url webhook_url_file secret secret_file title message");
    static final Set<String> WECOM = Keys.words("webhook_url webhook_url_file message");

    private RobotReaders() {}

    static DingTalkOptions dingTalk(Way way) {
        return new DingTalkOptions(
                way.sendResolved(true),
                way.http(),
                way.required("webhook_url", way.address("webhook_url")),
                way.source("secret"),
                way.template("title", "dingtalk.default.title"),
                way.template("message", "dingtalk.default.message"),
                way.object().strings("at_mobiles"),
                way.flag("at_all"));
    }

    static FeishuOptions feishu(Way way) {
        return new FeishuOptions(
                way.sendResolved(true),
                way.http(),
                way.required("webhook_url", way.address("webhook_url")),
                way.source("secret"),
                way.template("title", "feishu.default.title"),
                way.template("message", "feishu.default.message"));
    }

    static WeComOptions weCom(Way way) {
        return new WeComOptions(
                way.sendResolved(true),
                way.http(),
                way.required("webhook_url", way.address("webhook_url")),
                way.template("message", "wecom.default.message"));
    }
}
