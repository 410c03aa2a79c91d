package io.tocsin.notifier.route.receiver;

import java.time.Duration;
import java.util.Optional;

/** One way of a receiver. Texts of it are templates where the documentation says so; empty means not given. */
public sealed interface ReceiverOptions permits CommandOptions, EmailOptions, KafkaOptions, ReceiverOptions.OverHttp {

    /** What it is. */
    Kind kind();

    /** Whether it is told when alerts are over. */
    boolean sendResolved();

    /** How long one try may take; empty means the notifier's own limit. */
    default Optional<Duration> timeout() {
        return Optional.empty();
    }

    /** Alerts in one notice at most; 0 means all. */
    default int maxAlerts() {
        return 0;
    }

    /** A way that makes HTTP requests. */
    sealed interface OverHttp extends ReceiverOptions
            permits DingTalkOptions,
                    DiscordOptions,
                    FeishuOptions,
                    IncidentioOptions,
                    JiraOptions,
                    MattermostOptions,
                    MsTeamsOptions,
                    MsTeamsV2Options,
                    OpsGenieOptions,
                    PagerDutyOptions,
                    PushoverOptions,
                    RocketChatOptions,
                    SlackOptions,
                    SnsOptions,
                    TelegramOptions,
                    VictorOpsOptions,
                    WebexOptions,
                    WeComOptions,
                    WebhookOptions,
                    WeChatOptions {

        /** How the requests are made. */
        HttpOptions http();
    }
}
