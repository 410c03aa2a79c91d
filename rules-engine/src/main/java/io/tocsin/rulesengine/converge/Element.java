package io.tocsin.rulesengine.converge;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Which element of the topology an alert speaks of. */
final class Element {

    private static final List<String> NODES = List.of("k8s_node_name", "node", "host_name");

    /** Jobs that report on others, by the names that their charts give them: what fails is not they. */
    private static final Set<String> OBSERVERS = Set.of(
            "blackbox",
            "blackbox-exporter",
            "cadvisor",
            "kube-state-metrics",
            "kubelet",
            "node",
            "node-exporter",
            "node_exporter",
            "snmp",
            "windows-exporter");

    private static final List<String> OBSERVED = List.of(
            "k8s_deployment_name",
            "deployment",
            "k8s_statefulset_name",
            "statefulset",
            "k8s_daemonset_name",
            "daemonset",
            "cronjob",
            "job_name",
            "k8s_pod_name",
            "pod",
            "k8s_node_name",
            "node",
            "host_name",
            "instance");

    private static final List<String> REST =
            List.of("instance", "k8s_node_name", "node", "host_name", "shard", "alertname");

    private Element() {}

    /**
     * The service, else a known node, else the job or what the job looks at, else the instance or node, else the alert
     * itself.
     */
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
        // Edges carry the service's name alone, a job may carry its namespace before it.
        String name = job.substring(job.lastIndexOf('/') + 1);
        if (OBSERVERS.contains(name)) {
            return first(labels, OBSERVED).orElse(name);
        }
        return name.isEmpty() ? first(labels, REST).orElse("unknown") : name;
    }

    private static Optional<String> first(Map<String, String> labels, List<String> names) {
        return names.stream()
                .map(name -> labels.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
