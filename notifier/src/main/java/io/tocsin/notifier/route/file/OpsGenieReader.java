package io.tocsin.notifier.route.file;

import io.tocsin.gotemplate.TemplateException;
import io.tocsin.notifier.route.receiver.OpsGenieOptions;
import io.tocsin.notifier.route.receiver.OpsGenieOptions.Responder;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads {@code opsgenie_configs}. */
final class OpsGenieReader {

    static final Set<String> KEYS = Keys.words("""
            api_key api_key_file api_url message description source details entity responders actions tags note
            priority update_alerts""");
    private static final Set<String> RESPONDER = Keys.words("id name username type");
    private static final List<String> TYPES = List.of("team", "teams", "user", "escalation", "schedule");

    private OpsGenieReader() {}

    static OpsGenieOptions read(Way way) {
        return new OpsGenieOptions(
                way.sendResolved(true),
                way.http(),
                way.directory("api_url", "opsgenie_api_url"),
                way.required("api_key", "opsgenie_api_key"),
                way.template("message", "opsgenie.default.message"),
                way.template("description", "opsgenie.default.description"),
                way.template("source", "opsgenie.default.source"),
                way.object().stringMap("details"),
                way.text("entity"),
                way.list("responders", RESPONDER, responder -> responder(way, responder)),
                way.text("actions"),
                way.text("tags"),
                way.text("note"),
                way.text("priority"),
                way.flag("update_alerts"));
    }

    private static Responder responder(Way way, YamlObject responder) {
        if (List.of("id", "name", "username").stream()
                .allMatch(key -> responder.filled(key).isEmpty())) {
            way.problem(responder.node(), "one of id, name and username must be given in responders");
        }
        String type = responder.text("type", "");
        if (type.contains("{{")) {
            try {
                TemplateSyntax.check("type", type);
            } catch (TemplateException.Parse e) {
                way.problem(responder.valueAt("type"), "type is not a template: " + e.getMessage());
            }
        } else if (!TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            way.problem(
                    responder.valueAt("type"),
                    "\"" + type + "\" is not a type of responders, which is one of " + String.join(", ", TYPES)
                            + NearestName.hint(type, TYPES));
        }
        return new Responder(
                responder.text("id", ""), responder.text("name", ""), responder.text("username", ""), lower(type));
    }

    private static String lower(String type) {
        return type.contains("{{") ? type : type.toLowerCase(Locale.ROOT);
    }
}
