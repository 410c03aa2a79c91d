package io.tocsin.selfheal.action.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Sight;
import io.tocsin.selfheal.action.Trouble;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Deletes a pod, so that its controller makes another.
 *
 * @param object as people write it
 */
record Pods(Cluster cluster, String namespace, String name, String object) {

    private PodResource resource() {
        return cluster.client().pods().inNamespace(namespace).withName(name);
    }

    /** A pod is gone when there is none of its name, or one that was made since the step began. */
    Sight deleted(Order order) throws Trouble {
        Optional<Pod> found = Cluster.find(resource());
        if (found.isEmpty()) {
            if (!order.repeated()) {
                throw new Trouble(End.ABSENT, "there is no " + object);
            }
            return Sight.there(object + " is gone");
        }
        Pod pod = found.get();
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return Sight.notYet(object + " is being deleted");
        }
        Instant made = Instant.parse(pod.getMetadata().getCreationTimestamp());
        return order.repeated() && !made.isBefore(order.begunAt().truncatedTo(ChronoUnit.SECONDS))
                ? Sight.there(object + " was made anew at " + made)
                : Sight.notYet(object + " is there, made at " + made);
    }

    String delete(Order order) throws Trouble, InterruptedException {
        Pod pod = Cluster.get(resource(), object);
        if (Evictions.controller(pod).isEmpty()) {
            throw new Trouble(End.REFUSED, object + " has no controller that would make another");
        }
        cluster.change(resource(), object, order, found -> {
            if (!found.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
                throw new Trouble(End.FAILED, object + " was made anew by somebody else meanwhile");
            }
            return !Fence.isOf(found, order);
        });
        order.require();
        Pod marked = Cluster.get(resource(), object);
        Fence.require(marked, order);
        try {
            resource()
                    .lockResourceVersion(marked.getMetadata().getResourceVersion())
                    .delete();
        } catch (KubernetesClientException e) {
            if (e.getCode() == 409) {
                throw new Trouble(End.FAILED, object + " changed right before it was deleted", e);
            }
            throw e;
        }
        return "the API server took it";
    }
}
