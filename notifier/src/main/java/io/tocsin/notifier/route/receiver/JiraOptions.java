package io.tocsin.notifier.route.receiver;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One {@code jira_configs} entry.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param apiUrl the REST API, with its version
 * @param apiType which of Jira's two search APIs it has
 * @param project template of the project's key
 * @param issueType template
 * @param summary the issue's title
 * @param description the issue's text
 * @param labels templates
 * @param priority template
 * @param reopenTransition template of the transition that opens a closed issue again; empty means never
 * @param resolveTransition template of the transition that closes an issue; empty means never
 * @param wontFixResolution template of the resolution of issues that are not opened again; empty means none
 * @param reopenDuration how long after it was closed an issue is opened again; zero means always
 * @param fields further fields by name
 */
public record JiraOptions(
        boolean sendResolved,
        HttpOptions http,
        URI apiUrl,
        ApiType apiType,
        String project,
        String issueType,
        Field summary,
        Field description,
        List<String> labels,
        String priority,
        String reopenTransition,
        String resolveTransition,
        String wontFixResolution,
        Duration reopenDuration,
        Map<String, TemplateTree> fields)
        implements ReceiverOptions.OverHttp {

    public JiraOptions {
        labels = List.copyOf(labels);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A field that need not be written again when an issue changes. */
    public record Field(String template, boolean update) {}

    /** Which search API is used. */
    public enum ApiType {
        /** Cloud for {@code *.atlassian.net}, the data center's otherwise. */
        AUTO,
        CLOUD,
        DATACENTER
    }

    @Override
    public Kind kind() {
        return Kind.JIRA;
    }
}
