package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.MattermostOptions;
import io.tocsin.notifier.route.receiver.MattermostOptions.Attachment;
import io.tocsin.notifier.route.receiver.MattermostOptions.Field;
import io.tocsin.notifier.route.receiver.MattermostOptions.Priority;
import io.tocsin.notifier.route.receiver.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code mattermost_configs}. */
final class MattermostReader {

    private static final Set<String> ATTACHMENT = Keys.words("""
            fallback color pretext text author_name author_link author_icon title title_link fields thumb_url footer
            footer_icon image_url""");
    static final Set<String> KEYS = Keys.words("""
            webhook_url webhook_url_file channel username icon_url icon_emoji attachments type props priority""", ATTACHMENT);
    private static final Set<String> FIELD = Keys.words("title value short");
    private static final Set<String> PRIORITY = Keys.words("priority requested_ack persistent_notifications");
    /** The parts of a notice that are not empty where the configuration does not say. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "fallback", "mattermost.default.fallback",
            "color", "mattermost.default.color",
            "text", "mattermost.default.text",
            "title", "mattermost.default.title",
            "title_link", "mattermost.default.titlelink");

    private final Way way;

    private MattermostReader(Way way) {
        this.way = way;
    }

    static MattermostOptions read(Way way) {
        return new MattermostReader(way).read();
    }

    private MattermostOptions read() {
        return new MattermostOptions(
                way.sendResolved(true),
                way.http(),
                webhook(),
                way.text("channel"),
                way.template("username", "mattermost.default.username"),
                way.text("icon_url"),
                way.text("icon_emoji"),
                attachment(way.object(), DEFAULTS),
                way.list("attachments", ATTACHMENT, object -> attachment(object, Map.of())),
                way.text("type"),
                card(),
                priority());
    }

    private Source webhook() {
        Optional<Source> own = way.address("webhook_url");
        return own.isPresent() ? own.get() : way.required("webhook_url", "mattermost_webhook_url");
    }

    private Attachment attachment(YamlObject object, Map<String, String> defaults) {
        return new Attachment(
                text(object, "fallback", defaults),
                text(object, "color", defaults),
                text(object, "pretext", defaults),
                text(object, "text", defaults),
                text(object, "author_name", defaults),
                text(object, "author_link", defaults),
                text(object, "author_icon", defaults),
                text(object, "title", defaults),
                text(object, "title_link", defaults),
                fields(object),
                text(object, "thumb_url", defaults),
                text(object, "footer", defaults),
                text(object, "footer_icon", defaults),
                text(object, "image_url", defaults));
    }

    private static String text(YamlObject object, String key, Map<String, String> defaults) {
        String template = defaults.get(key);
        return object.text(key, template == null ? "" : "{{ template \"" + template + "\" . }}");
    }

    private List<Field> fields(YamlObject object) {
        return object.list("fields").stream()
                .map(node -> YamlObject.of(way.reading(), node, "fields", FIELD))
                .map(this::field)
                .toList();
    }

    private Field field(YamlObject field) {
        for (String key : List.of("title", "value")) {
            if (field.filled(key).isEmpty()) {
                way.problem(field.node(), key + " is missing in a field of mattermost_configs");
            }
        }
        return new Field(field.text("title", ""), field.text("value", ""), field.flag("short", false));
    }

    private Optional<String> card() {
        return way.object()
                .value("props")
                .map(node -> YamlObject.of(way.reading(), node, "props", Set.of("card")))
                .map(props -> props.text("card", ""));
    }

    private Optional<Priority> priority() {
        return way.object()
                .value("priority")
                .map(node -> YamlObject.of(way.reading(), node, "priority", PRIORITY))
                .map(priority -> new Priority(
                        priority.text("priority", ""),
                        priority.flag("requested_ack", false),
                        priority.flag("persistent_notifications", false)));
    }
}
