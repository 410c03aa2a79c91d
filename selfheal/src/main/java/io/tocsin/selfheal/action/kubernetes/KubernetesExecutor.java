package io.tocsin.selfheal.action.kubernetes;

import io.tocsin.selfheal.action.Executor;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Sight;
import io.tocsin.selfheal.action.Trouble;
import io.tocsin.selfheal.playbook.KubernetesAction;
import io.tocsin.selfheal.playbook.Target;

/** Restarts, scales, rolls back, deletes, cordons and drains by the Kubernetes API. */
public final class KubernetesExecutor implements Executor<KubernetesAction> {

    @Override
    public Sight see(KubernetesAction action, Target target, Order order) throws Trouble, InterruptedException {
        return Cluster.use(action.kubeconfig(), cluster -> switch (action.verb()) {
            case RESTART, ROLLBACK -> workload(cluster, action, target).rolledOut(order);
            case SCALE ->
                workload(cluster, action, target).scaled(action.replicas().orElseThrow());
            case DELETE -> pods(cluster, action, target).deleted(order);
            case CORDON -> nodes(cluster, action, target).cordoned(true);
            case UNCORDON -> nodes(cluster, action, target).cordoned(false);
            case DRAIN -> nodes(cluster, action, target).drained();
        });
    }

    @Override
    public String change(KubernetesAction action, Target target, Order order) throws Trouble, InterruptedException {
        return Cluster.use(action.kubeconfig(), cluster -> switch (action.verb()) {
            case RESTART -> workload(cluster, action, target).restart(order);
            case ROLLBACK -> workload(cluster, action, target).rollBack(order);
            case SCALE ->
                workload(cluster, action, target).scale(action.replicas().orElseThrow(), order);
            case DELETE -> pods(cluster, action, target).delete(order);
            case CORDON -> nodes(cluster, action, target).cordon(true, order);
            case UNCORDON -> nodes(cluster, action, target).cordon(false, order);
            case DRAIN -> nodes(cluster, action, target).drain(action.deleteEmptyDirData(), order);
        });
    }

    private static Workload workload(Cluster cluster, KubernetesAction action, Target target) {
        return new Workload(
                cluster, action.kind(), action.namespaceFor(target), action.nameFor(target), action.object(target));
    }

    private static Pods pods(Cluster cluster, KubernetesAction action, Target target) {
        return new Pods(cluster, action.namespaceFor(target), action.nameFor(target), action.object(target));
    }

    private static Nodes nodes(Cluster cluster, KubernetesAction action, Target target) {
        return new Nodes(cluster, action.nameFor(target), action.object(target));
    }
}
