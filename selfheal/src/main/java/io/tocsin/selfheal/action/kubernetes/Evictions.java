package io.tocsin.selfheal.action.kubernetes;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which pods have to leave a node that is drained, and which cannot: the rules of {@code kubectl drain}. */
final class Evictions {

    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private Evictions() {}

    static Optional<OwnerReference> controller(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }

    /** Static pods and those of daemonsets stay: they would come back at once. */
    static boolean leaves(Pod pod, String node) {
        return pod.getSpec() != null
                && node.equals(pod.getSpec().getNodeName())
                && !pod.getMetadata().getAnnotations().containsKey(MIRROR)
                && controller(pod)
                        .filter(owner -> owner.getKind().equals("DaemonSet"))
                        .isEmpty();
    }

    /** Why a pod must not be evicted; empty when nothing speaks against it. */
    static Optional<String> objection(Pod pod, boolean deleteEmptyDirData) {
        if (pod.getStatus() != null && ENDED.contains(pod.getStatus().getPhase())) {
            return Optional.empty();
        }
        if (controller(pod).isEmpty()) {
            return Optional.of(name(pod) + " has no controller that would make another");
        }
        boolean holdsData = pod.getSpec().getVolumes().stream().anyMatch(volume -> volume.getEmptyDir() != null);
        return holdsData && !deleteEmptyDirData
                ? Optional.of(name(pod) + " would lose its emptyDir data")
                : Optional.empty();
    }

    /** The eviction of exactly this pod, not of another that has its name. */
    static Eviction of(Pod pod) {
        return new EvictionBuilder()
                .withNewMetadata()
                .withName(pod.getMetadata().getName())
                .withNamespace(pod.getMetadata().getNamespace())
                .endMetadata()
                .withDeleteOptions(new DeleteOptionsBuilder()
                        .withNewPreconditions()
                        .withUid(pod.getMetadata().getUid())
                        .endPreconditions()
                        .build())
                .build();
    }

    static String names(List<Pod> pods) {
        return String.join(", ", pods.stream().map(Evictions::name).toList());
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }
}
