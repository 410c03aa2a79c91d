package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.HttpOptions;
import io.tocsin.notifier.route.receiver.HttpOptions.Authentication;
import io.tocsin.notifier.route.receiver.SlackOptions;
import io.tocsin.notifier.route.receiver.SlackOptions.Action;
import io.tocsin.notifier.route.receiver.SlackOptions.Attachment;
import io.tocsin.notifier.route.receiver.SlackOptions.Confirmation;
import io.tocsin.notifier.route.receiver.SlackOptions.Field;
import io.tocsin.notifier.route.receiver.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code slack_configs}. */
final class SlackReader {

    static final Set<String> KEYS = Keys.words("""
            api_url api_url_file app_token app_token_file app_url channel username color title title_link pretext text
            message_text fields short_fields footer fallback callback_id icon_emoji icon_url image_url thumb_url
            link_names mrkdwn_in actions update_message timeout""");
    private static final Set<String> FIELD = Keys.words("title value short");
    private static final Set<String> ACTION = Keys.words("type text url style name value confirm");
    private static final Set<String> CONFIRMATION = Keys.words("text title ok_text dismiss_text");
    private static final String POST_MESSAGE = "https://slack.com/api/chat.postMessage";
    private static final List<String> MARKUP = List.of("fallback", "pretext", "text");

    private final Way way;

    private SlackReader(Way way) {
        this.way = way;
    }

    static SlackOptions read(Way way) {
        return new SlackReader(way).read();
    }

    private SlackOptions read() {
        HttpOptions http = way.http();
        Optional<Source> ownUrl = way.address("api_url");
        Optional<Source> ownToken = way.source("app_token");
        if (ownUrl.isPresent() && ownToken.isPresent()) {
            way.problem(
                    way.object().node(),
                    "at most one of api_url, or its file, and app_token, or its file, may be given in slack_configs");
        }
        // An entry with an address or credentials of its own does not want the global token.
        boolean own = way.object().has("api_url")
                || (way.object().has("http_config") && http.authentication().isPresent());
        Optional<Source> token =
                ownToken.or(() -> own ? Optional.empty() : way.globals().source("slack_app_token"));
        Optional<Source> url = ownUrl.or(() -> way.globals().source("slack_api_url"));
        if (url.isEmpty() && token.isEmpty()) {
            way.problem(
                    way.object().node(),
                    "one of api_url, api_url_file, app_token and app_token_file must be given in slack_configs,"
                            + " or slack_api_url or slack_app_token in global");
        }
        String appUrl = way.url("app_url", "slack_app_url").toString();
        Source target = token.isPresent() ? Source.inline(appUrl) : url.orElse(Source.inline(appUrl));
        return options(token.map(given -> withToken(http, given)).orElse(http), target);
    }

    private HttpOptions withToken(HttpOptions http, Source token) {
        if (http.authentication()
                .filter(Authentication.Scheme.class::isInstance)
                .isPresent()) {
            way.problem(
                    way.object().node(), "http_config cannot have authorization where slack_configs have an app_token");
        }
        return http.authenticatedBy(new Authentication.Scheme("Bearer", token));
    }

    private SlackOptions options(HttpOptions http, Source target) {
        return new SlackOptions(
                way.sendResolved(false),
                http,
                way.timeout(),
                target,
                way.text("channel"),
                way.template("username", "slack.default.username"),
                way.template("icon_emoji", "slack.default.iconemoji"),
                way.template("icon_url", "slack.default.iconurl"),
                way.flag("link_names"),
                way.text("message_text"),
                attachment(),
                updates(target));
    }

    private boolean updates(Source target) {
        boolean update = way.flag("update_message");
        if (update && !Sources.inlineValue(target).equals(Optional.of(POST_MESSAGE))) {
            way.problem(
                    way.object().at("update_message"),
                    "update_message needs an application's token and api_url: " + POST_MESSAGE
                            + "; webhooks cannot change messages");
        }
        return update;
    }

    private Attachment attachment() {
        boolean shortFields = way.flag("short_fields");
        List<String> markup = way.object().strings("mrkdwn_in");
        return new Attachment(
                way.template("fallback", "slack.default.fallback"),
                way.template("callback_id", "slack.default.callbackid"),
                way.template("color", "slack.default.color"),
                way.template("title", "slack.default.title"),
                way.template("title_link", "slack.default.titlelink"),
                way.template("pretext", "slack.default.pretext"),
                way.template("text", "slack.default.text"),
                way.template("footer", "slack.default.footer"),
                way.text("image_url"),
                way.text("thumb_url"),
                way.list("fields", FIELD, field -> field(field, shortFields)),
                way.list("actions", ACTION, this::action),
                markup.isEmpty() ? MARKUP : markup);
    }

    private Field field(YamlObject field, boolean shortFields) {
        needs(field, "title", "a field");
        needs(field, "value", "a field");
        return new Field(
                field.text("title", ""),
                field.text("value", ""),
                field.flag("short").orElse(shortFields));
    }

    private Action action(YamlObject action) {
        needs(action, "type", "an action");
        needs(action, "text", "an action");
        boolean linked = action.filled("url").isPresent();
        if (!linked && action.filled("name").isEmpty()) {
            way.problem(action.node(), "one of url and name must be given in an action of slack_configs");
        }
        Optional<Confirmation> confirmation = action.value("confirm")
                .map(node -> YamlObject.of(way.reading(), node, "confirm", CONFIRMATION))
                .map(this::confirmation);
        return new Action(
                action.text("type", ""),
                action.text("text", ""),
                action.text("url", ""),
                action.text("style", ""),
                linked ? "" : action.text("name", ""),
                linked ? "" : action.text("value", ""),
                linked ? Optional.empty() : confirmation);
    }

    private Confirmation confirmation(YamlObject confirmation) {
        needs(confirmation, "text", "a confirmation");
        return new Confirmation(
                confirmation.text("text", ""),
                confirmation.text("title", ""),
                confirmation.text("ok_text", ""),
                confirmation.text("dismiss_text", ""));
    }

    private void needs(YamlObject object, String key, String what) {
        if (object.filled(key).isEmpty()) {
            way.problem(object.node(), key + " is missing in " + what + " of slack_configs");
        }
    }
}
