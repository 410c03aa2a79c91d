package io.tocsin.selfheal.action.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.dsl.AppsAPIGroupDSL;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Sight;
import io.tocsin.selfheal.action.Trouble;
import io.tocsin.selfheal.playbook.KubernetesAction.Kind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Restarts, scales and rolls back a workload.
 *
 * @param kind deployment, statefulset or daemonset
 * @param object as people write it
 */
record Workload(Cluster cluster, Kind kind, String namespace, String name, String object) {

    /** As kubectl has it, so that its history shows the restart. */
    private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String HASH = "pod-template-hash";

    private Resource<? extends HasMetadata> resource() {
        AppsAPIGroupDSL apps = cluster.client().apps();
        return switch (kind) {
            case DEPLOYMENT -> apps.deployments().inNamespace(namespace).withName(name);
            case STATEFULSET -> apps.statefulSets().inNamespace(namespace).withName(name);
            case DAEMONSET -> apps.daemonSets().inNamespace(namespace).withName(name);
            case POD, NODE -> throw new IllegalStateException(kind + " is no workload");
        };
    }

    /** Whether this order's change was made and is rolled out. */
    Sight rolledOut(Order order) throws Trouble {
        HasMetadata found = Cluster.get(resource(), object);
        return Fence.isOf(found, order)
                ? Rollout.of(found)
                : Sight.notYet(object + " does not carry this step's change");
    }

    /** Whether it has this many replicas, whoever saw to it. */
    Sight scaled(int replicas) throws Trouble {
        HasMetadata found = Cluster.get(resource(), object);
        int wanted = replicas(found);
        return wanted == replicas ? Rollout.of(found) : Sight.notYet(object + " wants " + wanted + " replicas");
    }

    String restart(Order order) throws Trouble, InterruptedException {
        return cluster.change(resource(), object, order, found -> {
            if (Fence.isOf(found, order)) {
                return false;
            }
            if (Rollout.waitsForDeletion(found)) {
                throw new Trouble(End.REFUSED, object + " replaces its pods only when they are deleted (OnDelete)");
            }
            PodTemplateSpec template = template(found);
            Map<String, String> annotations =
                    new HashMap<>(template.getMetadata().getAnnotations());
            annotations.put(RESTARTED_AT, order.begunAt().toString());
            template.getMetadata().setAnnotations(annotations);
            return true;
        });
    }

    String scale(int replicas, Order order) throws Trouble, InterruptedException {
        return cluster.change(resource(), object, order, found -> {
            switch (found) {
                case Deployment deployment -> deployment.getSpec().setReplicas(replicas);
                case StatefulSet set -> set.getSpec().setReplicas(replicas);
                default -> throw new IllegalStateException(kind + " has no number of replicas");
            }
            return true;
        });
    }

    /** Takes the template of the newest revision before the present one, as {@code kubectl rollout undo} does. */
    String rollBack(Order order) throws Trouble, InterruptedException {
        return cluster.change(resource(), object, order, found -> {
            // A second rollback would go back to where it came from.
            if (Fence.isOf(found, order)) {
                return false;
            }
            Deployment deployment = (Deployment) found;
            PodTemplateSpec template = previous(deployment).getSpec().getTemplate();
            deployment
                    .getSpec()
                    .setTemplate(new PodTemplateSpecBuilder(template)
                            .editMetadata()
                            .removeFromLabels(HASH)
                            .endMetadata()
                            .build());
            return true;
        });
    }

    private ReplicaSet previous(Deployment deployment) throws Trouble {
        long present = revision(deployment);
        String uid = deployment.getMetadata().getUid();
        return cluster.client().apps().replicaSets().inNamespace(namespace).list().getItems().stream()
                .filter(set -> set.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getUid().equals(uid)))
                .filter(set -> revision(set) > 0 && revision(set) < present)
                .max(Comparator.comparingLong(Workload::revision))
                .orElseThrow(() -> new Trouble(End.REFUSED, object + " has no revision before " + present));
    }

    private static long revision(HasMetadata object) {
        String text = object.getMetadata().getAnnotations().getOrDefault(REVISION, "");
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    private static PodTemplateSpec template(HasMetadata workload) {
        PodTemplateSpec template = switch (workload) {
            case Deployment deployment -> deployment.getSpec().getTemplate();
            case StatefulSet set -> set.getSpec().getTemplate();
            case DaemonSet set -> set.getSpec().getTemplate();
            default -> throw new IllegalStateException(workload.getKind() + " is no workload");
        };
        return template;
    }

    private static int replicas(HasMetadata workload) {
        Integer replicas = switch (workload) {
            case Deployment deployment -> deployment.getSpec().getReplicas();
            case StatefulSet set -> set.getSpec().getReplicas();
            default -> throw new IllegalStateException(workload.getKind() + " has no number of replicas");
        };
        return replicas == null ? 1 : replicas;
    }
}
