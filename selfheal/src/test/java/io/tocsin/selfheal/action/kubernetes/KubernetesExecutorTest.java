package io.tocsin.selfheal.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.tocsin.embedded.FreePorts;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Orders;
import io.tocsin.selfheal.action.Outcome;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Sight.Shown;
import io.tocsin.selfheal.playbook.KubernetesAction;
import io.tocsin.selfheal.playbook.KubernetesAction.Kind;
import io.tocsin.selfheal.playbook.KubernetesAction.Verb;
import io.tocsin.selfheal.playbook.Template;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesExecutorTest {

    private static final Duration SHORT = Duration.ofSeconds(2);

    @TempDir
    Path directory;

    private final Api api = new Api();
    private KubernetesMockServer server;
    private KubernetesClient client;
    private Controller controller;

    @BeforeEach
    void start() throws Exception {
        server = new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), api, false);
        server.init();
        kubeconfig("kubeconfig", server.getPort(), "right");
        client = server.createClient(builder -> builder.withConfig(new ConfigBuilder()
                .withMasterUrl(server.url("/"))
                .withOauthToken("right")
                .build()));
        controller = new Controller(client);
    }

    @AfterEach
    void stop() throws Exception {
        controller.close();
        client.close();
        server.destroy();
    }

    private void kubeconfig(String file, int port, String token) throws Exception {
        Files.writeString(directory.resolve(file), """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: 'http://127.0.0.1:%d'}}]
                users: [{name: healer, user: {token: %s}}]
                contexts: [{name: test, context: {cluster: test, user: healer}}]
                current-context: test
                """.formatted(port, token));
    }

    @Test
    void aDeploymentIsRestartedOnceHoweverOftenTheStepIsTried() throws Exception {
        deployment(2, "image:2");
        controller.start();
        Order order = Orders.first("run-1/0", 5);
        assertThat(Orders.see(on(Verb.RESTART), order).shown()).isEqualTo(Shown.NOT_YET);
        Outcome outcome = Orders.act(on(Verb.RESTART), order);
        assertThat(outcome).isEqualTo(new Outcome(End.DONE, "2 of 2 pods are new, 2 serve, 2 are there"));
        Deployment restarted = deployment();
        assertThat(restarted.getSpec().getTemplate().getMetadata().getAnnotations())
                .containsEntry(
                        "kubectl.kubernetes.io/restartedAt", order.begunAt().toString());
        assertThat(restarted.getMetadata().getAnnotations())
                .containsEntry("tocsin.io/fencing-token", "5")
                .containsEntry("tocsin.io/order", "run-1/0");

        assertThat(Orders.see(on(Verb.RESTART), order).shown()).isEqualTo(Shown.THERE);
        assertThat(Orders.act(on(Verb.RESTART), Orders.again(order)).end()).isEqualTo(End.ALREADY_DONE);
        assertThat(updates()).isEqualTo(1);
    }

    @Test
    void whatIsAcceptedAndNotRolledOutIsNoSuccessAndNotAskedForTwice() throws Exception {
        deployment(2, "image:2");
        Order order = Orders.first("run-1/0", 5, SHORT);
        Outcome outcome = Orders.act(on(Verb.RESTART), order);
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.NO_EFFECT);
        assertThat(outcome.detail()).startsWith("the API server took it, but after 2000 ms");
        assertThat(Orders.act(on(Verb.RESTART), Orders.again(order)).detail())
                .startsWith("this step asked for it before, but");
        assertThat(updates()).isEqualTo(1);
    }

    @Test
    void anOlderTokenIsRefusedAndANewerOneIsNot() throws Exception {
        deployment(2, "image:2");
        controller.start();
        assertThat(Orders.act(on(Verb.RESTART), Orders.first("run-9/0", 9)).end())
                .isEqualTo(End.DONE);
        Outcome old = Orders.act(on(Verb.RESTART), Orders.first("run-8/0", 8));
        assertThat(old)
                .isEqualTo(new Outcome(End.REFUSED, "Deployment shop was changed with token 9, this order has 8"));
        assertThat(updates()).isEqualTo(1);
        assertThat(Orders.act(on(Verb.RESTART), Orders.first("run-10/0", 10)).end())
                .isEqualTo(End.DONE);
    }

    @Test
    void whoIsOvertakenBetweenReadingAndWritingLoses() throws Exception {
        deployment(2, "image:2");
        api.meanwhile = object -> object.replace(
                "\"deployment.kubernetes.io/revision\":\"3\"",
                "\"deployment.kubernetes.io/revision\":\"3\",\"tocsin.io/fencing-token\":\"6\"");
        Outcome outcome = Orders.act(on(Verb.RESTART), Orders.first("run-1/0", 5));
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.REFUSED);
        assertThat(deployment().getSpec().getTemplate().getMetadata().getAnnotations())
                .doesNotContainKey("kubectl.kubernetes.io/restartedAt");
    }

    @Test
    void aDeploymentIsScaledAndThatIsSeen() throws Exception {
        deployment(2, "image:2");
        controller.start();
        assertThat(Orders.act(scale(5), Orders.first("run-1/0", 5)).detail())
                .isEqualTo("5 of 5 pods are new, 5 serve, 5 are there");
        assertThat(deployment().getSpec().getReplicas()).isEqualTo(5);
        assertThat(Orders.act(scale(5), Orders.first("run-2/0", 5)).end()).isEqualTo(End.ALREADY_DONE);
    }

    @Test
    void aRollbackGoesToThePreviousRevisionAndNotBackAgain() throws Exception {
        Deployment deployment = deployment(2, "image:3");
        revision(deployment, 1, "image:1");
        revision(deployment, 2, "image:2");
        revision(deployment, 3, "image:3");
        controller.start();
        Order order = Orders.first("run-1/0", 5);
        Outcome outcome = Orders.act(on(Verb.ROLLBACK), order);
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.DONE);
        assertThat(image()).isEqualTo("image:2");
        assertThat(deployment().getSpec().getTemplate().getMetadata().getLabels())
                .isEqualTo(Map.of("app", "shop"));

        assertThat(Orders.act(on(Verb.ROLLBACK), Orders.again(order)).end()).isEqualTo(End.ALREADY_DONE);
        assertThat(image()).isEqualTo("image:2");
    }

    @Test
    void withoutAnEarlierRevisionThereIsNothingToGoBackTo() throws Exception {
        revision(deployment(2, "image:3"), 3, "image:3");
        assertThat(Orders.act(on(Verb.ROLLBACK), Orders.first("run-1/0", 5)))
                .isEqualTo(new Outcome(End.REFUSED, "deployment prod/shop has no revision before 3"));
    }

    @Test
    void aStatefulSetThatWaitsForDeletionIsNotRestarted() throws Exception {
        client.resource(new StatefulSetBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .withNamespace("prod")
                        .endMetadata()
                        .withNewSpec()
                        .withNewUpdateStrategy()
                        .withType("OnDelete")
                        .endUpdateStrategy()
                        .withNewTemplate()
                        .withNewMetadata()
                        .endMetadata()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
        Outcome outcome =
                Orders.act(on(Verb.RESTART, Kind.STATEFULSET, "shop", "kubeconfig"), Orders.first("run-1/0", 5));
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.REFUSED);
        assertThat(outcome.detail()).contains("OnDelete");
    }

    @Test
    void aPodIsDeletedWhenItHasAController() throws Exception {
        pod("shop-1", "n1", "ReplicaSet");
        pod("alone", "n1", "");
        Order order = Orders.first("run-1/0", 5);
        assertThat(Orders.act(on(Verb.DELETE, Kind.POD, "shop-1", "kubeconfig"), order))
                .isEqualTo(new Outcome(End.DONE, "pod prod/shop-1 is gone"));
        assertThat(Orders.act(on(Verb.DELETE, Kind.POD, "shop-1", "kubeconfig"), Orders.again(order))
                        .end())
                .isEqualTo(End.ALREADY_DONE);
        assertThat(Orders.act(on(Verb.DELETE, Kind.POD, "shop-1", "kubeconfig"), Orders.first("run-2/0", 5)))
                .isEqualTo(new Outcome(End.ABSENT, "there is no pod prod/shop-1"));
        assertThat(Orders.act(on(Verb.DELETE, Kind.POD, "alone", "kubeconfig"), Orders.first("run-3/0", 5)))
                .isEqualTo(new Outcome(End.REFUSED, "pod prod/alone has no controller that would make another"));
    }

    @Test
    void aNodeIsCordonedAndUncordoned() throws Exception {
        node("n1");
        assertThat(Orders.act(on(Verb.CORDON, Kind.NODE, "n1", "kubeconfig"), Orders.first("run-1/0", 5))
                        .end())
                .isEqualTo(End.DONE);
        assertThat(client.nodes().withName("n1").get().getSpec().getUnschedulable())
                .isTrue();
        assertThat(client.nodes().withName("n1").get().getMetadata().getAnnotations())
                .containsEntry("tocsin.io/fencing-token", "5");
        assertThat(Orders.act(on(Verb.UNCORDON, Kind.NODE, "n1", "kubeconfig"), Orders.first("run-0/0", 4))
                        .end())
                .isEqualTo(End.REFUSED);
        assertThat(Orders.act(on(Verb.UNCORDON, Kind.NODE, "n1", "kubeconfig"), Orders.first("run-2/0", 5))
                        .end())
                .isEqualTo(End.DONE);
        assertThat(client.nodes().withName("n1").get().getSpec().getUnschedulable())
                .isFalse();
    }

    @Test
    void aDrainEvictsAsTheBudgetAllowsAndLeavesDaemonsAndOtherNodes() throws Exception {
        node("n1");
        pod("shop-1", "n1", "ReplicaSet");
        pod("shop-2", "n1", "ReplicaSet");
        pod("agent", "n1", "DaemonSet");
        pod("elsewhere", "n2", "ReplicaSet");
        api.budget.set(1);
        Thread.ofVirtual().start(() -> {
            while (api.changes.stream().noneMatch(change -> change.startsWith("HELD"))) {
                Thread.onSpinWait();
                Thread.yield();
            }
            api.budget.set(1);
        });
        Outcome outcome = Orders.act(on(Verb.DRAIN, Kind.NODE, "n1", "kubeconfig"), Orders.first("run-1/0", 5));
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.DONE);
        assertThat(client.pods().inAnyNamespace().list().getItems())
                .extracting(pod -> pod.getMetadata().getName())
                .containsExactlyInAnyOrder("agent", "elsewhere");
        assertThat(api.changes).filteredOn(change -> change.startsWith("EVICT")).hasSize(2);
        assertThat(Orders.act(on(Verb.DRAIN, Kind.NODE, "n1", "kubeconfig"), Orders.first("run-2/0", 5))
                        .end())
                .isEqualTo(End.ALREADY_DONE);
    }

    @Test
    void whatABudgetHoldsBackIsSaidWhenTheTimeIsOver() throws Exception {
        node("n1");
        pod("shop-1", "n1", "ReplicaSet");
        api.budget.set(0);
        Outcome outcome = Orders.act(on(Verb.DRAIN, Kind.NODE, "n1", "kubeconfig"), Orders.first("run-1/0", 5, SHORT));
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.TIMED_OUT);
        assertThat(outcome.detail()).contains("1 pods are still on it: prod/shop-1");
        assertThat(client.pods().inAnyNamespace().list().getItems()).hasSize(1);
    }

    @Test
    void aDrainThatWouldLoseSomethingBeginsNothing() throws Exception {
        node("n1");
        pod("shop-1", "n1", "ReplicaSet");
        pod("alone", "n1", "");
        assertThat(Orders.act(on(Verb.DRAIN, Kind.NODE, "n1", "kubeconfig"), Orders.first("run-1/0", 5)))
                .isEqualTo(new Outcome(End.REFUSED, "prod/alone has no controller that would make another"));
        client.pods().inNamespace("prod").withName("alone").delete();
        client.resource(new PodBuilder(pod("data", "n1", "ReplicaSet"))
                        .editSpec()
                        .addNewVolume()
                        .withName("scratch")
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .endVolume()
                        .endSpec()
                        .build())
                .update();
        assertThat(Orders.act(on(Verb.DRAIN, Kind.NODE, "n1", "kubeconfig"), Orders.first("run-1/0", 5)))
                .isEqualTo(new Outcome(End.REFUSED, "prod/data would lose its emptyDir data"));
        assertThat(client.nodes().withName("n1").get().getSpec().getUnschedulable())
                .isNull();
        assertThat(api.changes).noneMatch(change -> change.startsWith("EVICT"));
    }

    @Test
    void whatIsNotThereIsSaidToBeAbsent() throws Exception {
        assertThat(Orders.act(on(Verb.RESTART), Orders.first("run-1/0", 5)))
                .isEqualTo(new Outcome(End.ABSENT, "there is no deployment prod/shop"));
        assertThat(Orders.act(on(Verb.CORDON, Kind.NODE, "n9", "kubeconfig"), Orders.first("run-1/0", 5)))
                .isEqualTo(new Outcome(End.ABSENT, "there is no node n9"));
    }

    @Test
    void wrongCredentialsAreRefusedAndNotShown() throws Exception {
        kubeconfig("wrong", server.getPort(), "guess");
        Outcome outcome = Orders.act(on(Verb.RESTART, Kind.DEPLOYMENT, "shop", "wrong"), Orders.first("run-1/0", 5));
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.REFUSED);
        assertThat(outcome.detail()).contains("401").doesNotContain("guess");
        assertThat(Orders.act(on(Verb.RESTART, Kind.DEPLOYMENT, "shop", "missing"), Orders.first("run-1/0", 5))
                        .end())
                .isEqualTo(End.REFUSED);
    }

    @Test
    void whereNobodyListensItIsSaidSo() throws Exception {
        kubeconfig("nobody", FreePorts.next(), "right");
        Outcome outcome = Orders.act(on(Verb.RESTART, Kind.DEPLOYMENT, "shop", "nobody"), Orders.first("run-1/0", 5));
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.UNREACHABLE);
    }

    private KubernetesAction on(Verb verb) {
        return on(verb, Kind.DEPLOYMENT, "shop", "kubeconfig");
    }

    private KubernetesAction on(Verb verb, Kind kind, String name, String kubeconfig) {
        return action(verb, kind, name, OptionalInt.empty(), kubeconfig);
    }

    private KubernetesAction scale(int replicas) {
        return action(Verb.SCALE, Kind.DEPLOYMENT, "shop", OptionalInt.of(replicas), "kubeconfig");
    }

    private KubernetesAction action(Verb verb, Kind kind, String name, OptionalInt replicas, String kubeconfig) {
        return new KubernetesAction(
                verb,
                kind,
                new Template(name),
                new Template(kind == Kind.NODE ? "" : "prod"),
                replicas,
                false,
                Optional.of(directory.resolve(kubeconfig).toString()));
    }

    private long updates() {
        return api.changes.stream()
                .filter(change -> change.startsWith("PUT") && !change.endsWith("/status"))
                .count();
    }

    private Deployment deployment() {
        return client.apps().deployments().inNamespace("prod").withName("shop").get();
    }

    private String image() {
        return deployment()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    private Deployment deployment(int replicas, String image) {
        return client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .withNamespace("prod")
                        .addToAnnotations("deployment.kubernetes.io/revision", "3")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(replicas)
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", "shop")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withImage(image)
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    private void revision(Deployment deployment, int number, String image) {
        client.resource(new ReplicaSetBuilder()
                        .withNewMetadata()
                        .withName("shop-" + number)
                        .withNamespace("prod")
                        .addToAnnotations("deployment.kubernetes.io/revision", Integer.toString(number))
                        .addNewOwnerReference()
                        .withKind("Deployment")
                        .withName("shop")
                        .withUid(deployment.getMetadata().getUid())
                        .withController(true)
                        .endOwnerReference()
                        .endMetadata()
                        .withNewSpec()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", "shop")
                        .addToLabels("pod-template-hash", "h" + number)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withImage(image)
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    private Node node(String name) {
        return client.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build())
                .create();
    }

    private Pod pod(String name, String node, String controller) {
        PodBuilder pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("prod")
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .endSpec();
        if (!controller.isEmpty()) {
            pod = pod.editMetadata()
                    .addNewOwnerReference()
                    .withKind(controller)
                    .withName("owner")
                    .withUid("owner")
                    .withController(true)
                    .endOwnerReference()
                    .endMetadata();
        }
        return client.resource(pod.build()).create();
    }
}
