package io.tocsin.collector.discover;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Containers as targets: one per container and port, with the meta labels of Prometheus' docker_sd.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.43/#tag/Container/operation/ContainerList">the
 *     list of containers</a>
 */
public final class ContainerTargets {

    private static final String META = "__meta_docker_";

    private ContainerTargets() {}

    /** Reads the answer to {@code GET /containers/json}. */
    public static List<Discovered> of(JsonNode containers) {
        List<Discovered> found = new ArrayList<>();
        for (JsonNode container : containers) {
            Map<String, String> labels = labels(container);
            Optional<JsonNode> network = container.path("NetworkSettings").path("Networks").properties().stream()
                    .min(Map.Entry.comparingByKey())
                    .map(entry -> {
                        labels.put(META + "network_name", entry.getKey());
                        return entry.getValue();
                    });
            String ip = network.map(node -> node.path("IPAddress").asString("")).orElse("");
            labels.put(META + "network_ip", ip);
            found.addAll(ports(container, ip, labels));
        }
        return found;
    }

    private static List<Discovered> ports(JsonNode container, String ip, Map<String, String> labels) {
        List<JsonNode> ports = new ArrayList<>();
        container.path("Ports").forEach(ports::add);
        if (ports.isEmpty()) {
            return List.of(Discovered.of(ip, labels));
        }
        return ports.stream()
                .filter(port -> port.path("Type").asString("tcp").equals("tcp"))
                .sorted(Comparator.comparingInt(port -> port.path("PrivatePort").asInt()))
                .map(port -> {
                    Map<String, String> own = new TreeMap<>(labels);
                    int inside = port.path("PrivatePort").asInt();
                    own.put(META + "port_private", Integer.toString(inside));
                    if (port.has("PublicPort")) {
                        own.put(
                                META + "port_public",
                                Integer.toString(port.path("PublicPort").asInt()));
                    }
                    return Discovered.of(ip + ":" + inside, own);
                })
                .distinct()
                .toList();
    }

    private static Map<String, String> labels(JsonNode container) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(META + "container_id", container.path("Id").asString(""));
        labels.put(
                META + "container_name",
                container.path("Names").path(0).asString("").replaceFirst("^/", ""));
        labels.put(META + "container_image", container.path("Image").asString(""));
        container
                .path("Labels")
                .properties()
                .forEach(label -> labels.put(
                        META + "container_label_" + LabelName.escaped(label.getKey()),
                        label.getValue().asString("")));
        return labels;
    }
}
