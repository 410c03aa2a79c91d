package io.tocsin.notifier.deliver;

import io.tocsin.notifier.deliver.chat.DingTalk;
import io.tocsin.notifier.deliver.chat.Discord;
import io.tocsin.notifier.deliver.chat.Feishu;
import io.tocsin.notifier.deliver.chat.Mattermost;
import io.tocsin.notifier.deliver.chat.MsTeams;
import io.tocsin.notifier.deliver.chat.MsTeamsV2;
import io.tocsin.notifier.deliver.chat.RocketChat;
import io.tocsin.notifier.deliver.chat.Slack;
import io.tocsin.notifier.deliver.chat.Telegram;
import io.tocsin.notifier.deliver.chat.WeChat;
import io.tocsin.notifier.deliver.chat.WeCom;
import io.tocsin.notifier.deliver.chat.Webex;
import io.tocsin.notifier.deliver.http.HttpTelling;
import io.tocsin.notifier.deliver.issue.Jira;
import io.tocsin.notifier.deliver.paging.IncidentIo;
import io.tocsin.notifier.deliver.paging.Opsgenie;
import io.tocsin.notifier.deliver.paging.PagerDuty;
import io.tocsin.notifier.deliver.paging.Pushover;
import io.tocsin.notifier.deliver.paging.VictorOps;
import io.tocsin.notifier.deliver.queue.Sns;
import io.tocsin.notifier.deliver.webhook.WebhookTelling;
import io.tocsin.notifier.route.receiver.DingTalkOptions;
import io.tocsin.notifier.route.receiver.DiscordOptions;
import io.tocsin.notifier.route.receiver.FeishuOptions;
import io.tocsin.notifier.route.receiver.IncidentioOptions;
import io.tocsin.notifier.route.receiver.JiraOptions;
import io.tocsin.notifier.route.receiver.MattermostOptions;
import io.tocsin.notifier.route.receiver.MsTeamsOptions;
import io.tocsin.notifier.route.receiver.MsTeamsV2Options;
import io.tocsin.notifier.route.receiver.OpsGenieOptions;
import io.tocsin.notifier.route.receiver.PagerDutyOptions;
import io.tocsin.notifier.route.receiver.PushoverOptions;
import io.tocsin.notifier.route.receiver.ReceiverOptions.OverHttp;
import io.tocsin.notifier.route.receiver.RocketChatOptions;
import io.tocsin.notifier.route.receiver.SlackOptions;
import io.tocsin.notifier.route.receiver.SnsOptions;
import io.tocsin.notifier.route.receiver.TelegramOptions;
import io.tocsin.notifier.route.receiver.VictorOpsOptions;
import io.tocsin.notifier.route.receiver.WeChatOptions;
import io.tocsin.notifier.route.receiver.WeComOptions;
import io.tocsin.notifier.route.receiver.WebexOptions;
import io.tocsin.notifier.route.receiver.WebhookOptions;
import java.net.URI;

/** How each kind of service is told. */
final class HttpTellings {

    private final Pushover pushover;
    private final WeChat weChat = new WeChat();
    private final Sns sns = new Sns();

    HttpTellings() {
        this(Pushover.SERVICE);
    }

    /** With Pushover at another address, which no option names. */
    HttpTellings(URI pushover) {
        this.pushover = new Pushover(pushover);
    }

    @SuppressWarnings("unchecked") // each kind's telling takes the options of that kind
    <O extends OverHttp> HttpTelling<O> of(O way) {
        return (HttpTelling<O>)
                switch (way) {
                    case WebhookOptions _ -> new WebhookTelling();
                    case PagerDutyOptions _ -> new PagerDuty();
                    case OpsGenieOptions _ -> new Opsgenie();
                    case WeChatOptions _ -> weChat;
                    case SlackOptions _ -> new Slack();
                    case VictorOpsOptions _ -> new VictorOps();
                    case PushoverOptions _ -> pushover;
                    case SnsOptions _ -> sns;
                    case TelegramOptions _ -> new Telegram();
                    case DiscordOptions _ -> new Discord();
                    case WebexOptions _ -> new Webex();
                    case MsTeamsOptions _ -> new MsTeams();
                    case MsTeamsV2Options _ -> new MsTeamsV2();
                    case JiraOptions _ -> new Jira();
                    case RocketChatOptions _ -> new RocketChat();
                    case MattermostOptions _ -> new Mattermost();
                    case IncidentioOptions _ -> new IncidentIo();
                    case DingTalkOptions _ -> new DingTalk();
                    case FeishuOptions _ -> new Feishu();
                    case WeComOptions _ -> new WeCom();
                };
    }
}
