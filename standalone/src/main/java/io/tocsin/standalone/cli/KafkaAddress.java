package io.tocsin.standalone.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the Kafka is that a command reads: a cluster by its address, or that of an instance. */
final class KafkaAddress {

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Kafka to talk to (default: the one of the instance).")
    private @Nullable String bootstrapServers;

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    /** What a client needs to know. */
    Map<String, Object> clientProperties() {
        return Map.of(
                "bootstrap.servers", bootstrapServers(), "default.api.timeout.ms", 10_000, "request.timeout.ms", 5_000);
    }

    String bootstrapServers() {
        return bootstrapServers == null ? "127.0.0.1:" + instance.ports().kafka() : bootstrapServers;
    }
}
