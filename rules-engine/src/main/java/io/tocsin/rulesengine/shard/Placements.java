package io.tocsin.rulesengine.shard;

import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.v1.RunsOn;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs where, and in which version, as resources say it: told when it is new or another, and again while it stays.
 * Lives on the heap: after a restart it is told once more, which says nothing new.
 */
final class Placements {

    private static final long AGAIN_MS = Duration.ofMinutes(2).toMillis();
    private static final long FORGOTTEN_MS = Duration.ofHours(1).toMillis();
    private static final int CLEAN_ABOVE = 10_000;

    /** Where it runs, by the attributes of OpenTelemetry's resource conventions; the first that is there. */
    private static final List<String> NODE = List.of("k8s.node.name", "host.name");

    private final Map<TargetIdentity, RunsOn> told = new HashMap<>();

    /**
     * What a resource tells.
     *
     * @param arrivalMs when its record arrived, Unix milliseconds of the log
     */
    Optional<RunsOn> of(Resource resource, TargetIdentity target, String environment, long arrivalMs) {
        String service = attribute(resource, "service.name");
        String version = attribute(resource, "service.version");
        String node = NODE.stream()
                .map(name -> attribute(resource, name))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
        if (service.isEmpty() || (node.isEmpty() && version.isEmpty())) {
            return Optional.empty();
        }
        RunsOn before = told.get(target);
        boolean known = before != null
                && before.getNode().equals(node)
                && before.getVersion().equals(version)
                && arrivalMs < before.getAtMs() + AGAIN_MS;
        if (known) {
            return Optional.empty();
        }
        if (told.size() > CLEAN_ABOVE) {
            told.values().removeIf(old -> old.getAtMs() < arrivalMs - FORGOTTEN_MS);
        }
        RunsOn now = RunsOn.newBuilder()
                .setEnvironment(environment)
                .setService(service)
                .setInstance(target.instance())
                .setNode(node)
                .setVersion(version)
                .setAtMs(arrivalMs)
                .build();
        told.put(target, now);
        return Optional.of(now);
    }

    private static String attribute(Resource resource, String name) {
        return TargetIdentity.text(resource.getAttributesList(), name);
    }
}
