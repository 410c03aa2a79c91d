package io.tocsin.collector.discover.source;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.tocsin.collector.discover.Discovered;
import io.tocsin.collector.discover.LabelName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Services and pods as targets, with the meta labels of Prometheus' kubernetes_sd.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/configuration/configuration/#kubernetes_sd_config">its
 *     labels</a>
 */
final class KubernetesTargets {

    private static final String META = "__meta_kubernetes_";

    private KubernetesTargets() {}

    /** One target per port of a service, by its name in the cluster's DNS. */
    static List<Discovered> ofService(Service service) {
        Map<String, String> labels = labels("service", service.getMetadata());
        String host =
                service.getMetadata().getName() + "." + service.getMetadata().getNamespace() + ".svc";
        List<Discovered> found = new ArrayList<>();
        for (ServicePort port : service.getSpec().getPorts()) {
            Map<String, String> own = new TreeMap<>(labels);
            put(own, META + "service_port_name", port.getName());
            put(own, META + "service_port_number", String.valueOf(port.getPort()));
            put(own, META + "service_port_protocol", port.getProtocol());
            found.add(Discovered.of(host + ":" + port.getPort(), own));
        }
        return found;
    }

    /** One target per port of a pod's containers; a pod without a port is one target, its address alone. */
    static List<Discovered> ofPod(Pod pod) {
        Map<String, String> labels = labels("pod", pod.getMetadata());
        String ip = pod.getStatus() == null || pod.getStatus().getPodIP() == null
                ? ""
                : pod.getStatus().getPodIP();
        put(labels, META + "pod_ip", ip);
        put(labels, META + "pod_uid", pod.getMetadata().getUid());
        put(labels, META + "pod_node_name", pod.getSpec().getNodeName());
        put(
                labels,
                META + "pod_phase",
                pod.getStatus() == null ? "" : pod.getStatus().getPhase());
        List<Discovered> found = new ArrayList<>();
        for (Container container : pod.getSpec().getContainers()) {
            for (ContainerPort port : container.getPorts()) {
                Map<String, String> own = new TreeMap<>(labels);
                put(own, META + "pod_container_name", container.getName());
                put(own, META + "pod_container_port_name", port.getName());
                put(own, META + "pod_container_port_number", String.valueOf(port.getContainerPort()));
                found.add(Discovered.of(ip + ":" + port.getContainerPort(), own));
            }
        }
        return found.isEmpty() ? List.of(Discovered.of(ip, labels)) : found;
    }

    private static Map<String, String> labels(String role, ObjectMeta meta) {
        Map<String, String> labels = new TreeMap<>();
        put(labels, META + "namespace", meta.getNamespace());
        put(labels, META + role + "_name", meta.getName());
        prefixed(labels, META + role + "_label_", meta.getLabels());
        prefixed(labels, META + role + "_annotation_", meta.getAnnotations());
        return labels;
    }

    private static void prefixed(Map<String, String> labels, String prefix, @Nullable Map<String, String> own) {
        if (own != null) {
            own.forEach((name, value) -> put(labels, prefix + LabelName.escaped(name), value));
        }
    }

    private static void put(Map<String, String> labels, String name, @Nullable String value) {
        if (value != null) {
            labels.put(name, value);
        }
    }
}
