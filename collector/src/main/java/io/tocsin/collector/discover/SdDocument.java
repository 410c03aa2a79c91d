package io.tocsin.collector.discover;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Targets in the form of Prometheus' http_sd and file_sd: a list of {@code {"targets": [...], "labels": {...}}}.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/http_sd/">the form</a>
 */
public final class SdDocument {

    private SdDocument() {}

    /**
     * Reads a whole document; a wrong one gives nothing.
     *
     * @param from names the document in messages
     * @param mapper of the document's format
     * @throws DiscoveryException what is wrong with it
     */
    public static List<Discovered> read(String from, String text, ObjectMapper mapper) throws DiscoveryException {
        JsonNode groups = parse(from, text, mapper);
        if (!groups.isArray()) {
            throw new DiscoveryException(from + ": expected a list of target groups, found " + groups.getNodeType());
        }
        List<Discovered> found = new ArrayList<>();
        for (JsonNode group : groups) {
            JsonNode targets = group.path("targets");
            if (!targets.isArray()) {
                throw new DiscoveryException(from + ": a target group without a list of targets");
            }
            Map<String, String> labels = labels(from, group.path("labels"));
            for (JsonNode target : targets) {
                if (!target.isString() || target.asString().isBlank()) {
                    throw new DiscoveryException(from + ": a target that is no text: " + target);
                }
                found.add(Discovered.of(target.asString(), labels));
            }
        }
        return found;
    }

    private static JsonNode parse(String from, String text, ObjectMapper mapper) throws DiscoveryException {
        try {
            return mapper.readTree(text);
        } catch (JacksonException e) {
            throw new DiscoveryException(from + ": " + e.getOriginalMessage(), e);
        }
    }

    private static Map<String, String> labels(String from, JsonNode node) throws DiscoveryException {
        Map<String, String> labels = new TreeMap<>();
        if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
            throw new DiscoveryException(from + ": labels that are no object");
        }
        for (Map.Entry<String, JsonNode> label : node.properties()) {
            labels.put(label.getKey(), label.getValue().asString());
        }
        return labels;
    }
}
