package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.DiscordOptions;
import io.tocsin.notifier.route.receiver.HttpOptions;
import io.tocsin.notifier.route.receiver.HttpOptions.Authentication;
import io.tocsin.notifier.route.receiver.HttpOptions.Proxy;
import io.tocsin.notifier.route.receiver.MsTeamsOptions;
import io.tocsin.notifier.route.receiver.MsTeamsV2Options;
import io.tocsin.notifier.route.receiver.Source;
import io.tocsin.notifier.route.receiver.TelegramOptions;
import io.tocsin.notifier.route.receiver.WeChatOptions;
import io.tocsin.notifier.route.receiver.WebexOptions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the messengers whose options are few: Discord, Teams, Telegram, WeChat, Webex. */
final class MessengerReaders {

    static final Set<String> DISCORD =
            Keys.words("webhook_url webhook_url_file content title message username avatar_url");
    static final Set<String> MSTEAMS = Keys.words("webhook_url webhook_url_file title summary text");
    static final Set<String> MSTEAMSV2 = Keys.words("webhook_url webhook_url_file title text");
    static final Set<String> WEBEX = Keys.words("api_url message room_id");
    static final Set<String> TELEGRAM = Keys.words("""
            api_url bot_token bot_token_file chat_id chat_id_file message_thread_id message disable_notifications
            parse_mode""");
    static final Set<String> WECHAT = Keys.words("""
            api_secret api_secret_file corp_id message api_url to_user to_party to_tag agent_id message_type""");

    private MessengerReaders() {}

    static DiscordOptions discord(Way way) {
        return new DiscordOptions(
                way.sendResolved(true),
                way.http(),
                way.required("webhook_url", way.address("webhook_url")),
                way.text("content"),
                way.template("title", "discord.default.title"),
                way.template("message", "discord.default.message"),
                way.text("username"),
                way.text("avatar_url"));
    }

    static MsTeamsOptions msTeams(Way way) {
        return new MsTeamsOptions(
                way.sendResolved(true),
                way.http(),
                way.required("webhook_url", way.address("webhook_url")),
                way.template("title", "msteams.default.title"),
                way.template("summary", "msteams.default.summary"),
                way.template("text", "msteams.default.text"));
    }

    static MsTeamsV2Options msTeamsV2(Way way) {
        return new MsTeamsV2Options(
                way.sendResolved(true),
                globalProxy(way, way.http()),
                way.required("webhook_url", way.address("webhook_url")),
                way.template("title", "msteamsv2.default.title"),
                way.template("text", "msteamsv2.default.text"));
    }

    /** Teams alone has the global proxy also where it has an {@code http_config} that names none. */
    private static HttpOptions globalProxy(Way way, HttpOptions http) {
        return http.proxy() instanceof Proxy.None
                        && way.globals().http().proxy() instanceof Proxy.Via(var url, var noProxy, var headers)
                        && way.object().has("http_config")
                ? http.through(new Proxy.Via(url, noProxy, headers))
                : http;
    }

    static WebexOptions webex(Way way) {
        HttpOptions http = way.http();
        boolean own = way.object().has("http_config");
        if (!own
                || http.authentication()
                        .filter(Authentication.Scheme.class::isInstance)
                        .isEmpty()) {
            way.problem(way.object().node(), "webex_configs must have authorization in an http_config of their own");
        }
        return new WebexOptions(
                way.sendResolved(true),
                http,
                way.url("api_url", "webex_api_url"),
                way.template("message", "webex.default.message"),
                way.required("room_id"));
    }

    static TelegramOptions telegram(Way way) {
        return new TelegramOptions(
                way.sendResolved(true),
                way.http(),
                way.url("api_url", "telegram_api_url"),
                way.required("bot_token", "telegram_bot_token"),
                chat(way),
                way.object().number("message_thread_id").orElse(0L),
                way.template("message", "telegram.default.message"),
                way.flag("disable_notifications"),
                parseMode(way));
    }

    private static Source chat(Way way) {
        Optional<ScalarNode> id = way.object().value("chat_id").flatMap(way.object()::scalar);
        Optional<Long> number = way.object().number("chat_id");
        Optional<Source> chat = number.filter(given -> given != 0)
                .map(given -> Source.inline(String.valueOf(given)))
                .or(() -> way.sources().file(way.object(), "chat_id_file"));
        if (number.filter(given -> given != 0).isPresent()) {
            way.sources().atMostOne(way.object(), java.util.List.of("chat_id", "chat_id_file"));
        }
        boolean misread = id.isPresent() && number.isEmpty();
        return way.required("chat_id", misread ? Optional.of(Source.inline("")) : chat);
    }

    private static String parseMode(Way way) {
        if (!way.object().given("parse_mode")) {
            return "HTML";
        }
        Map<String, String> modes = Map.of("HTML", "HTML", "Markdown", "Markdown", "MarkdownV2", "MarkdownV2");
        return way.choice("parse_mode", modes).orElse("");
    }

    static WeChatOptions weChat(Way way) {
        String corporation = way.object().filled("corp_id").orElse(way.globals().text("wechat_api_corp_id", ""));
        if (corporation.isEmpty()) {
            way.problem(
                    way.object().node(), "corp_id must be given in wechat_configs, or wechat_api_corp_id in global");
        }
        return new WeChatOptions(
                way.sendResolved(false),
                way.http(),
                way.directory("api_url", "wechat_api_url"),
                way.required("api_secret", "wechat_api_secret"),
                corporation,
                way.template("agent_id", "wechat.default.agent_id"),
                way.template("to_user", "wechat.default.to_user"),
                way.template("to_party", "wechat.default.to_party"),
                way.template("to_tag", "wechat.default.to_tag"),
                way.template("message", "wechat.default.message"),
                way.choice("message_type", Map.of("text", false, "markdown", true))
                        .orElse(false));
    }
}
