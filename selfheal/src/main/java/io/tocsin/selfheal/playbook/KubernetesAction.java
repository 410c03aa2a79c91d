package io.tocsin.selfheal.playbook;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Changes an object of a Kubernetes cluster.
 *
 * @param kind of the object: {@code deployment}, {@code statefulset}, {@code daemonset}, {@code pod}, {@code node}
 * @param namespace empty for a node
 * @param replicas with {@link Verb#SCALE}
 * @param deleteEmptyDirData whether a drain may evict pods that lose data of their own with that
 * @param kubeconfig file of the connection; empty for the service account of the pod that this runs in
 */
public record KubernetesAction(
        Verb verb,
        Kind kind,
        Template name,
        Template namespace,
        OptionalInt replicas,
        boolean deleteEmptyDirData,
        Optional<String> kubeconfig)
        implements Action {
    private static final int MOST_REPLICAS = 10_000;

    /** What is done. */
    public enum Verb {
        RESTART,
        SCALE,
        ROLLBACK,
        DELETE,
        CORDON,
        UNCORDON,
        DRAIN;

        /** Whether it can be done to objects of this kind. */
        public boolean fits(Kind kind) {
            return switch (this) {
                case RESTART -> kind == Kind.DEPLOYMENT || kind == Kind.STATEFULSET || kind == Kind.DAEMONSET;
                case SCALE -> kind == Kind.DEPLOYMENT || kind == Kind.STATEFULSET;
                case ROLLBACK -> kind == Kind.DEPLOYMENT;
                case DELETE -> kind == Kind.POD;
                case CORDON, UNCORDON, DRAIN -> kind == Kind.NODE;
            };
        }
    }

    /** What it is done to. */
    public enum Kind {
        DEPLOYMENT,
        STATEFULSET,
        DAEMONSET,
        POD,
        NODE
    }

    public KubernetesAction {
        if (!verb.fits(kind)) {
            throw new IllegalArgumentException(Words.of(verb) + " is not for a " + Words.of(kind));
        }
        if ((verb == Verb.SCALE) != replicas.isPresent()) {
            throw new IllegalArgumentException("scale needs replicas, and nothing else does");
        }
        if (replicas.isPresent() && (replicas.getAsInt() < 0 || replicas.getAsInt() > MOST_REPLICAS)) {
            throw new IllegalArgumentException("replicas are between 0 and " + MOST_REPLICAS);
        }
        if (deleteEmptyDirData && verb != Verb.DRAIN) {
            throw new IllegalArgumentException("delete_emptydir_data is for drain");
        }
    }

    /** The object as people write it, for example {@code deployment shop/cart}. */
    public String object(Target target) {
        String in = kind == Kind.NODE ? "" : namespaceFor(target) + "/";
        return Words.of(kind) + " " + in + nameFor(target);
    }

    /** The object's name, for a target. */
    public String nameFor(Target target) {
        return Shape.KUBERNETES_NAME.fill(name, target);
    }

    /** The object's namespace, for a target. */
    public String namespaceFor(Target target) {
        return Shape.KUBERNETES_NAME.fill(namespace, target);
    }

    @Override
    public String text(Target target) {
        String what = switch (verb) {
            case RESTART -> "restart the pods of " + object(target) + ", one after another";
            case SCALE -> "scale " + object(target) + " to " + replicas.getAsInt();
            case ROLLBACK -> "roll back " + object(target) + " to its previous revision";
            case DELETE -> "delete " + object(target);
            case CORDON -> "cordon " + object(target);
            case UNCORDON -> "uncordon " + object(target);
            case DRAIN ->
                "cordon " + object(target) + " and evict its pods as their disruption budgets allow"
                        + (deleteEmptyDirData ? ", with their emptyDir data" : "");
        };
        return "kubernetes" + kubeconfig.map(file -> " of " + file).orElse("") + ": " + what;
    }

    @Override
    public Optional<Effect> effect() {
        return Optional.of(
                switch (verb) {
                    case RESTART, DELETE -> Effect.RESTART;
                    case ROLLBACK -> Effect.ROLLBACK;
                    case CORDON, DRAIN -> Effect.ISOLATE;
                    case UNCORDON -> Effect.CHANGE;
                    case SCALE -> replicas.getAsInt() == 0 ? Effect.ISOLATE : Effect.CHANGE;
                });
    }

    @Override
    public boolean observable() {
        return true;
    }
}
