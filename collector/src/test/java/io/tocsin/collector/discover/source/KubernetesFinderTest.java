package io.tocsin.collector.discover.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.tocsin.collector.discover.Discovered;
import io.tocsin.collector.discover.Discovery;
import io.tocsin.collector.discover.Discovery.Kubernetes.Role;
import io.tocsin.collector.discover.DiscoveryException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against the client's own imitation of the API server. */
@EnableKubernetesMockClient(crud = true, https = false)
class KubernetesFinderTest {

    private KubernetesMockServer server;
    private KubernetesClient client;

    private List<Discovered> find(Role role, List<String> namespaces, Map<String, String> selector)
            throws DiscoveryException {
        Discovery.Kubernetes source = new Discovery.Kubernetes(role, namespaces, selector, Duration.ofMinutes(1));
        return new KubernetesFinder(source, () -> KubernetesFinder.client(client.getConfiguration())).find();
    }

    private void service(String namespace, String name, Map<String, String> labels) {
        Service service = new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(labels)
                .addToAnnotations("tocsin.io/probe", "true")
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withName("http")
                .withPort(80)
                .withProtocol("TCP")
                .endPort()
                .endSpec()
                .build();
        client.services().inNamespace(namespace).resource(service).create();
    }

    @Test
    void servicesAreFoundByNamespaceAndSelector() throws Exception {
        service("shop", "web", Map.of("app.kubernetes.io/name", "storefront"));
        service("shop", "db", Map.of("app.kubernetes.io/name", "ledger"));
        service("other", "web", Map.of("app.kubernetes.io/name", "storefront"));
        assertThat(find(Role.SERVICE, List.of(), Map.of())).hasSize(3);
        List<Discovered> found = find(Role.SERVICE, List.of("shop"), Map.of("app.kubernetes.io/name", "storefront"));
        assertThat(found).singleElement().satisfies(target -> {
            assertThat(target.address()).isEqualTo("web.shop.svc:80");
            assertThat(target.labels())
                    .containsEntry("__meta_kubernetes_namespace", "shop")
                    .containsEntry("__meta_kubernetes_service_name", "web")
                    .containsEntry("__meta_kubernetes_service_label_app_kubernetes_io_name", "storefront")
                    .containsEntry("__meta_kubernetes_service_annotation_tocsin_io_probe", "true")
                    .containsEntry("__meta_kubernetes_service_port_name", "http");
        });
    }

    @Test
    void podsAreFoundWithTheirPortsAndNode() throws Exception {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("web-0")
                .withNamespace("shop")
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-1")
                .addNewContainer()
                .withName("web")
                .addNewPort()
                .withName("http")
                .withContainerPort(8080)
                .endPort()
                .endContainer()
                .addNewContainer()
                .withName("sidecar")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPodIP("10.0.0.7")
                .withPhase("Running")
                .endStatus()
                .build();
        client.pods().inNamespace("shop").resource(pod).create();
        assertThat(find(Role.POD, List.of("shop"), Map.of())).singleElement().satisfies(target -> {
            assertThat(target.address()).isEqualTo("10.0.0.7:8080");
            assertThat(target.labels())
                    .containsEntry("__meta_kubernetes_pod_name", "web-0")
                    .containsEntry("__meta_kubernetes_pod_node_name", "node-1")
                    .containsEntry("__meta_kubernetes_pod_phase", "Running")
                    .containsEntry("__meta_kubernetes_pod_container_port_name", "http");
        });
    }

    @Test
    void aClusterThatDoesNotAnswerIsAFailureAndNotAnEmptyList() {
        server.shutdown();
        assertThatThrownBy(() -> find(Role.POD, List.of(), Map.of())).isInstanceOf(DiscoveryException.class);
    }
}
