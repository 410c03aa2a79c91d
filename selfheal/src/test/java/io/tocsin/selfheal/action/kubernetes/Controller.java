package io.tocsin.selfheal.action.kubernetes;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.concurrent.TimeUnit;

/** Rolls every deployment out at once, as a controller does that has all it needs. */
final class Controller implements AutoCloseable {

    private final KubernetesClient client;
    private final Thread thread = Thread.ofVirtual().unstarted(this::run);
    private volatile boolean closed;

    Controller(KubernetesClient client) {
        this.client = client;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                client.apps().deployments().inAnyNamespace().list().getItems().forEach(this::rollOut);
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void rollOut(Deployment deployment) {
        int replicas = deployment.getSpec().getReplicas();
        Long generation = deployment.getMetadata().getGeneration();
        if (deployment.getStatus() != null
                && Integer.valueOf(replicas).equals(deployment.getStatus().getReplicas())
                && generation != null
                && generation.equals(deployment.getStatus().getObservedGeneration())) {
            return;
        }
        try {
            client.resource(new DeploymentBuilder(deployment)
                            .withNewStatus()
                            .withObservedGeneration(generation)
                            .withReplicas(replicas)
                            .withUpdatedReplicas(replicas)
                            .withAvailableReplicas(replicas)
                            .endStatus()
                            .build())
                    .updateStatus();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 409) {
                throw e;
            }
            // Somebody changed it meanwhile: read again in the next round.
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join(5_000);
    }
}
