package io.tocsin.selfheal.action.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.tocsin.selfheal.action.Sight;
import org.jspecify.annotations.Nullable;

/** Whether a workload's pods are all of its newest template and serve: the rules of {@code kubectl rollout status}. */
final class Rollout {

    private static final String ON_DELETE = "OnDelete";

    private Rollout() {}

    static Sight of(HasMetadata workload) {
        return switch (workload) {
            case Deployment deployment -> of(deployment);
            case StatefulSet set -> of(set);
            case DaemonSet set -> of(set);
            default -> throw new IllegalStateException(workload.getKind() + " is not rolled out");
        };
    }

    /** Whether a changed template reaches only the pods that somebody deletes. */
    static boolean waitsForDeletion(HasMetadata workload) {
        return switch (workload) {
            case StatefulSet set
            when set.getSpec().getUpdateStrategy() != null ->
                ON_DELETE.equals(set.getSpec().getUpdateStrategy().getType());
            case DaemonSet set
            when set.getSpec().getUpdateStrategy() != null ->
                ON_DELETE.equals(set.getSpec().getUpdateStrategy().getType());
            default -> false;
        };
    }

    private static Sight of(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus();
        if (status == null || behind(deployment.getMetadata().getGeneration(), status.getObservedGeneration())) {
            return Sight.notYet("its controller has not seen the change");
        }
        boolean late = status.getConditions() != null
                && status.getConditions().stream()
                        .anyMatch(condition -> "ProgressDeadlineExceeded".equals(condition.getReason()));
        if (late) {
            return Sight.failed("the rollout exceeded its progress deadline");
        }
        return counted(
                number(deployment.getSpec().getReplicas(), 1),
                number(status.getReplicas(), 0),
                number(status.getUpdatedReplicas(), 0),
                number(status.getAvailableReplicas(), 0));
    }

    private static Sight of(StatefulSet set) {
        StatefulSetStatus status = set.getStatus();
        if (status == null || behind(set.getMetadata().getGeneration(), status.getObservedGeneration())) {
            return Sight.notYet("its controller has not seen the change");
        }
        String current = status.getCurrentRevision();
        // Where all pods are of the newest revision, the controller counts none as updated.
        boolean settled = current != null && current.equals(status.getUpdateRevision());
        int replicas = number(status.getReplicas(), 0);
        return counted(
                number(set.getSpec().getReplicas(), 1),
                replicas,
                settled ? replicas : number(status.getUpdatedReplicas(), 0),
                number(status.getReadyReplicas(), 0));
    }

    private static Sight of(DaemonSet set) {
        DaemonSetStatus status = set.getStatus();
        if (status == null || behind(set.getMetadata().getGeneration(), status.getObservedGeneration())) {
            return Sight.notYet("its controller has not seen the change");
        }
        int wanted = number(status.getDesiredNumberScheduled(), 0);
        return counted(
                wanted,
                number(status.getCurrentNumberScheduled(), 0),
                number(status.getUpdatedNumberScheduled(), 0),
                number(status.getNumberAvailable(), 0));
    }

    private static Sight counted(int wanted, int all, int updated, int available) {
        String found = updated + " of " + wanted + " pods are new, " + available + " serve, " + all + " are there";
        return updated >= wanted && available >= wanted && all <= wanted ? Sight.there(found) : Sight.notYet(found);
    }

    private static boolean behind(@Nullable Long generation, @Nullable Long observed) {
        return generation != null && (observed == null || observed < generation);
    }

    private static int number(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}
