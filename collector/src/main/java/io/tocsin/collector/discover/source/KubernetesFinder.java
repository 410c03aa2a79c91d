package io.tocsin.collector.discover.source;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tocsin.collector.discover.Discovered;
import io.tocsin.collector.discover.Discovery;
import io.tocsin.collector.discover.DiscoveryException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Lists services or pods; the client finds the cluster as kubectl does, and the service account within one. */
final class KubernetesFinder implements TargetFinder {

    private static final String ALL = "";
    private static final int CONNECT_MILLIS = 5_000;
    private static final int REQUEST_MILLIS = 30_000;

    private final Discovery.Kubernetes source;
    private final Supplier<KubernetesClient> clients;

    KubernetesFinder(Discovery.Kubernetes source) {
        this(source, () -> client(Config.autoConfigure(null)));
    }

    /** A client that tells soon that a cluster does not answer: it is asked again at the next refresh. */
    static KubernetesClient client(Config cluster) {
        Config impatient = new ConfigBuilder(cluster)
                .withRequestRetryBackoffLimit(1)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                .build();
        return new KubernetesClientBuilder().withConfig(impatient).build();
    }

    KubernetesFinder(Discovery.Kubernetes source, Supplier<KubernetesClient> clients) {
        this.source = source;
        this.clients = clients;
    }

    @Override
    public List<Discovered> find() throws DiscoveryException {
        List<String> namespaces = source.namespaces().isEmpty() ? List.of(ALL) : source.namespaces();
        try (KubernetesClient client = clients.get()) {
            List<Discovered> found = new ArrayList<>();
            for (String namespace : namespaces) {
                found.addAll(
                        source.role() == Discovery.Kubernetes.Role.POD
                                ? pods(client, namespace)
                                : services(client, namespace));
            }
            return found;
        } catch (KubernetesClientException e) {
            throw new DiscoveryException("kubernetes: " + e.getMessage(), e);
        }
    }

    private List<Discovered> pods(KubernetesClient client, String namespace) {
        List<Pod> pods = namespace.equals(ALL)
                ? client.pods()
                        .inAnyNamespace()
                        .withLabels(source.selector())
                        .list()
                        .getItems()
                : client.pods()
                        .inNamespace(namespace)
                        .withLabels(source.selector())
                        .list()
                        .getItems();
        return pods.stream()
                .flatMap(pod -> KubernetesTargets.ofPod(pod).stream())
                .toList();
    }

    private List<Discovered> services(KubernetesClient client, String namespace) {
        List<Service> services = namespace.equals(ALL)
                ? client.services()
                        .inAnyNamespace()
                        .withLabels(source.selector())
                        .list()
                        .getItems()
                : client.services()
                        .inNamespace(namespace)
                        .withLabels(source.selector())
                        .list()
                        .getItems();
        return services.stream()
                .flatMap(service -> KubernetesTargets.ofService(service).stream())
                .toList();
    }
}
