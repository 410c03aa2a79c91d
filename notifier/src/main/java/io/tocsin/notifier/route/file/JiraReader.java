package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.JiraOptions;
import io.tocsin.notifier.route.receiver.JiraOptions.ApiType;
import io.tocsin.notifier.route.receiver.JiraOptions.Field;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code jira_configs}. */
final class JiraReader {

    static final Set<String> KEYS = Keys.words("""
            api_url api_type project summary description labels priority issue_type reopen_transition
            resolve_transition wont_fix_resolution reopen_duration fields""");
    private static final Set<String> FIELD = Keys.words("template enable_update");
    private static final Map<String, ApiType> API_TYPES =
            Map.of("auto", ApiType.AUTO, "cloud", ApiType.CLOUD, "datacenter", ApiType.DATACENTER);

    private JiraReader() {}

    static JiraOptions read(Way way) {
        return new JiraOptions(
                way.sendResolved(true),
                way.http(),
                way.url("api_url", "jira_api_url"),
                apiType(way),
                way.required("project"),
                way.required("issue_type"),
                field(way, "summary", "jira.default.summary"),
                field(way, "description", "jira.default.description"),
                way.object().strings("labels"),
                way.template("priority", "jira.default.priority"),
                way.text("reopen_transition"),
                way.text("resolve_transition"),
                way.text("wont_fix_resolution"),
                way.object().duration("reopen_duration").orElse(Duration.ZERO),
                new Trees(way.reading()).fields(way.object().value("fields"), "fields"));
    }

    private static ApiType apiType(Way way) {
        if (way.object().given("api_type") && way.object().filled("api_type").isEmpty()) {
            way.problem(way.object().at("api_type"), "api_type is auto, cloud or datacenter");
        }
        return way.choice("api_type", API_TYPES).orElse(ApiType.AUTO);
    }

    /** A template, or a mapping of it and whether it is written again. */
    private static Field field(Way way, String name, String template) {
        Node value = way.object().value(name).orElse(null);
        if (!(value instanceof MappingNode)) {
            return new Field(way.template(name, template), true);
        }
        YamlObject field = YamlObject.of(way.reading(), value, name, FIELD);
        return new Field(
                field.text("template", "{{ template \"" + template + "\" . }}"),
                field.flag("enable_update").orElse(true));
    }
}
