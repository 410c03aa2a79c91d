package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.RocketChatOptions;
import io.tocsin.notifier.route.receiver.RocketChatOptions.Action;
import io.tocsin.notifier.route.receiver.RocketChatOptions.Attachment;
import io.tocsin.notifier.route.receiver.RocketChatOptions.Field;
import java.util.Set;

/** Reads {@code rocketchat_configs}. */
final class RocketChatReader {

    static final Set<String> KEYS = Keys.words("""
            api_url token_id token_id_file token token_file channel color title title_link text fields short_fields
            emoji icon_url image_url thumb_url link_names actions""");
    private static final Set<String> FIELD = Keys.words("short title value");
    /** Without underscores, as Alertmanager has them. */
    private static final Set<String> ACTION = Keys.words("""
            type text url imageurl iswebview webviewheightratio msg msginchatwindow msgprocessingtype""");

    private RocketChatReader() {}

    static RocketChatOptions read(Way way) {
        return new RocketChatOptions(
                way.sendResolved(false),
                way.http(),
                way.url("api_url", "rocketchat_api_url"),
                way.required("token_id", "rocketchat_token_id"),
                way.required("token", "rocketchat_token"),
                way.text("channel"),
                way.template("emoji", "rocketchat.default.emoji"),
                way.template("icon_url", "rocketchat.default.iconurl"),
                way.flag("link_names"),
                attachment(way));
    }

    private static Attachment attachment(Way way) {
        boolean shortFields = way.flag("short_fields");
        return new Attachment(
                way.text("color", "{{ if eq .Status \"firing\" }}red{{ else }}green{{ end }}"),
                way.template("title", "rocketchat.default.title"),
                way.template("title_link", "rocketchat.default.titlelink"),
                way.template("text", "rocketchat.default.text"),
                way.text("image_url"),
                way.text("thumb_url"),
                way.list(
                        "fields",
                        FIELD,
                        field -> new Field(
                                field.text("title", ""),
                                field.text("value", ""),
                                field.flag("short").orElse(shortFields))),
                way.list("actions", ACTION, RocketChatReader::action));
    }

    private static Action action(YamlObject action) {
        return new Action(
                action.text("type", ""),
                action.text("text", ""),
                action.text("url", ""),
                action.text("imageurl", ""),
                action.flag("iswebview", false),
                action.text("webviewheightratio", ""),
                action.text("msg", ""),
                action.flag("msginchatwindow", false),
                action.text("msgprocessingtype", ""));
    }
}
