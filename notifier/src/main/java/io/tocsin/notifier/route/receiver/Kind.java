package io.tocsin.notifier.route.receiver;

/** The ways to tell somebody, in the order in which a receiver uses them. */
public enum Kind {
    WEBHOOK("webhook"),
    EMAIL("email"),
    PAGERDUTY("pagerduty"),
    OPSGENIE("opsgenie"),
    WECHAT("wechat"),
    SLACK("slack"),
    VICTOROPS("victorops"),
    PUSHOVER("pushover"),
    SNS("sns"),
    TELEGRAM("telegram"),
    DISCORD("discord"),
    WEBEX("webex"),
    MSTEAMS("msteams"),
    MSTEAMSV2("msteamsv2"),
    JIRA("jira"),
    ROCKETCHAT("rocketchat"),
    MATTERMOST("mattermost"),
    INCIDENTIO("incidentio"),
    DINGTALK("dingtalk"),
    FEISHU("feishu"),
    WECOM("wecom"),
    KAFKA("kafka"),
    COMMAND("command");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    /** As in the names of integrations, {@code slack[0]}, and in metrics. */
    public String word() {
        return word;
    }

    /** The key of a receiver that lists its ways of this kind. */
    public String key() {
        return word + "_configs";
    }
}
