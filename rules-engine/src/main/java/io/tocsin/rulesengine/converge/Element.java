package io.tocsin.rulesengine.converge;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Which element of the topology an alert speaks of. */
final class Element {

    private static final List<String> NODES = List.of("k8s_node_name", "node", "host_name");

    private Element() {}

    /** The service, else a known node, else the job, else the instance or node, else the alert itself. */
    static String of(Map<String, String> labels, Predicate<String> knownNode) {
        String service = labels.getOrDefault("service_name", "");
        if (!service.isEmpty()) {
            return service;
        }
        for (String name : NODES) {
            String node = labels.getOrDefault(name, "");
            if (!node.isEmpty() && knownNode.test(node)) {
                return node;
            }
        }
        return withoutService(labels);
    }

    private static String withoutService(Map<String, String> labels) {
        String job = labels.getOrDefault("job", "");
        if (!job.isEmpty()) {
            // Edges carry the service's name alone, a job may carry its namespace before it.
            return job.substring(job.lastIndexOf('/') + 1);
        }
        for (String name : List.of("instance", "k8s_node_name", "node", "host_name", "shard", "alertname")) {
            String value = labels.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "unknown";
    }
}
