package io.tocsin.selfheal.action.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Sight;
import io.tocsin.selfheal.action.Trouble;
import java.time.Duration;
import java.util.List;

/**
 * Takes a node out of scheduling and back, and moves its pods away.
 *
 * @param object as people write it
 */
record Nodes(Cluster cluster, String name, String object) {

    private static final Duration EVICT_AGAIN = Duration.ofSeconds(1);

    private Resource<Node> resource() {
        return cluster.client().nodes().withName(name);
    }

    Sight cordoned(boolean wanted) throws Trouble {
        boolean cordoned = unschedulable(Cluster.get(resource(), object));
        String found = object + (cordoned ? " is cordoned" : " takes new pods");
        return cordoned == wanted ? Sight.there(found) : Sight.notYet(found);
    }

    String cordon(boolean wanted, Order order) throws Trouble, InterruptedException {
        return cluster.change(resource(), object, order, node -> {
            boolean changes = unschedulable(node) != wanted;
            node.getSpec().setUnschedulable(wanted);
            return changes;
        });
    }

    private static boolean unschedulable(Node node) {
        return Boolean.TRUE.equals(node.getSpec().getUnschedulable());
    }

    Sight drained() throws Trouble {
        Sight cordoned = cordoned(true);
        List<Pod> pods = pods();
        return cordoned.shown() == Sight.Shown.THERE && !pods.isEmpty()
                ? Sight.notYet(pods.size() + " pods are still on it: " + Evictions.names(pods))
                : cordoned;
    }

    /** Evicts until nothing is left: what a disruption budget holds back is tried again until the time is over. */
    String drain(boolean deleteEmptyDirData, Order order) throws Trouble, InterruptedException {
        List<Pod> pods = pods();
        requireEvictable(pods, deleteEmptyDirData);
        cordon(true, order);
        long end = System.nanoTime() + order.timeout().toNanos();
        pods = pods();
        while (!pods.isEmpty()) {
            // What was scheduled before the cordon took effect is asked about too.
            requireEvictable(pods, deleteEmptyDirData);
            evict(pods, order);
            pods = pods();
            if (!pods.isEmpty()) {
                if (System.nanoTime() - end >= 0) {
                    throw new Trouble(End.TIMED_OUT, "not all pods could be evicted in time");
                }
                Thread.sleep(EVICT_AGAIN);
            }
        }
        return "all pods were evicted";
    }

    private static void requireEvictable(List<Pod> pods, boolean deleteEmptyDirData) throws Trouble {
        for (Pod pod : pods) {
            var objection = Evictions.objection(pod, deleteEmptyDirData);
            if (objection.isPresent()) {
                throw new Trouble(End.REFUSED, objection.get());
            }
        }
    }

    private void evict(List<Pod> pods, Order order) throws Trouble {
        for (Pod pod : pods) {
            if (pod.getMetadata().getDeletionTimestamp() == null) {
                order.require();
                // False when a disruption budget does not allow it now: tried again.
                var _ = cluster.client()
                        .pods()
                        .inNamespace(pod.getMetadata().getNamespace())
                        .withName(pod.getMetadata().getName())
                        .evict(Evictions.of(pod));
            }
        }
    }

    private List<Pod> pods() {
        return cluster.client().pods().inAnyNamespace().withField("spec.nodeName", name).list().getItems().stream()
                .filter(pod -> Evictions.leaves(pod, name))
                .toList();
    }
}
