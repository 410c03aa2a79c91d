package io.tocsin.standalone.deadletter;

import io.tocsin.standalone.cli.InstanceAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which Kafka is read and written. */
final class Broker {

    private static final int TIMEOUT_MILLIS = 10_000;

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    @Option(
            names = "--bootstrap-servers",
            description = "Kafka of a cluster; without it, that of the instance on this machine.")
    private @Nullable String bootstrapServers;

    /** Properties of a client; one that finds nobody gives up after ten seconds. */
    Map<String, Object> client() {
        String servers =
                bootstrapServers == null ? "127.0.0.1:" + instance.ports().kafka() : bootstrapServers;
        return Map.of(
                "bootstrap.servers", servers, "default.api.timeout.ms", TIMEOUT_MILLIS, "request.timeout.ms", 5_000);
    }
}
