package io.tocsin.selfheal.action.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Trouble;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** A connection to a cluster, opened anew for each look and each change so that new credentials are taken. */
final class Cluster implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int CONFLICT = 409;
    private static final int DEEPEST = 20;

    private final KubernetesClient client;

    private Cluster(KubernetesClient client) {
        this.client = client;
    }

    /** Work that asks the cluster. */
    @FunctionalInterface
    interface Work<T> {
        T with(Cluster cluster) throws Trouble, InterruptedException;
    }

    /**
     * Does some work with a cluster.
     *
     * @param kubeconfig file of the connection; empty for the service account of the pod that this runs in
     * @throws Trouble of the work, or when the cluster does not answer as it should
     */
    static <T> T use(Optional<String> kubeconfig, Work<T> work) throws Trouble, InterruptedException {
        try (Cluster cluster = new Cluster(
                new KubernetesClientBuilder().withConfig(config(kubeconfig)).build())) {
            return work.with(cluster);
        } catch (KubernetesClientException e) {
            throw trouble(e);
        }
    }

    private static Config config(Optional<String> kubeconfig) throws Trouble {
        try {
            Config config = kubeconfig.isPresent()
                    ? Config.fromKubeconfig(new File(kubeconfig.get()))
                    : new ConfigBuilder().build();
            return new ConfigBuilder(config)
                    .withAutoConfigure(false)
                    .withConnectionTimeout((int) ANSWER.toMillis())
                    .withRequestTimeout((int) ANSWER.toMillis())
                    // What is tried again is the executor's to decide.
                    .withRequestRetryBackoffLimit(0)
                    .build();
        } catch (KubernetesClientException | IllegalArgumentException e) {
            String file = kubeconfig.orElse("of the service account");
            throw new Trouble(End.REFUSED, "kubeconfig " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    KubernetesClient client() {
        return client;
    }

    /**
     * The object.
     *
     * @throws Trouble when there is none
     */
    static <T extends HasMetadata> T get(Resource<T> resource, String object) throws Trouble {
        return find(resource).orElseThrow(() -> new Trouble(End.ABSENT, "there is no " + object));
    }

    static <T extends HasMetadata> Optional<T> find(Resource<T> resource) {
        return Optional.ofNullable(resource.get());
    }

    /**
     * Changes an object as this order. When somebody else changed it meanwhile, it is read again.
     *
     * @return what was done, in words
     * @throws Trouble when a newer token has changed it, or there is none
     */
    <T extends HasMetadata> String change(Resource<T> resource, String object, Order order, Change<? super T> change)
            throws Trouble, InterruptedException {
        long end = System.nanoTime() + order.timeout().toNanos();
        while (true) {
            T found = get(resource, object);
            Fence.require(found, order);
            if (!change.to(found)) {
                return "this step asked for it before";
            }
            Fence.mark(found, order);
            order.require();
            try {
                client.resource(found).lockResourceVersion().update();
                return "the API server took it";
            } catch (KubernetesClientException e) {
                if (e.getCode() != CONFLICT || System.nanoTime() - end >= 0) {
                    throw e;
                }
            }
            Thread.sleep(Duration.ofMillis(100));
        }
    }

    /** A change of an object that was just read; false when it was made already. */
    @FunctionalInterface
    interface Change<T> {
        boolean to(T object) throws Trouble;
    }

    private static Trouble trouble(KubernetesClientException e) throws InterruptedException {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = e; cause != null && causes.size() < DEEPEST; cause = cause.getCause()) {
            causes.add(cause);
        }
        if (among(causes, InterruptedException.class)) {
            throw new InterruptedException();
        }
        if (among(causes, HttpTimeoutException.class) || among(causes, TimeoutException.class)) {
            return new Trouble(End.TIMED_OUT, "no answer of the API server in time", e);
        }
        if (among(causes, IOException.class)) {
            return new Trouble(End.UNREACHABLE, "the API server does not answer: " + e.getMessage(), e);
        }
        End end = switch (e.getCode()) {
            case 401, 403, 400, 405, 422 -> End.REFUSED;
            case 404 -> End.ABSENT;
            default -> End.FAILED;
        };
        return new Trouble(end, "the API server answered " + e.getCode() + ": " + e.getMessage(), e);
    }

    private static boolean among(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }

    @Override
    public void close() {
        client.close();
    }
}
