package io.tocsin.collector;

import io.tocsin.runtime.RunningModule;
import java.util.HashMap;
import java.util.Map;

/** The collector as a process of its own, or inside {@code standalone}. */
public final class CollectorApplication {

    /** The module's name. */
    public static final String MODULE = "collector";

    private static final long DEFAULT_MAX_REQUEST_BYTES = 16L << 20;

    private CollectorApplication() {}

    /** Runs the collector until it is told to stop; configuration comes from the environment. */
    public static void main(String[] args) {
        RunningModule module = start(Map.of());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(module::close));
    }

    /** Starts OTLP over HTTP and gRPC; returns when both listen. */
    public static RunningModule start(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.putIfAbsent("micronaut.server.port", 4318);
        Object limit = all.getOrDefault("tocsin.collector.max-request-bytes", DEFAULT_MAX_REQUEST_BYTES);
        all.putIfAbsent("micronaut.server.max-request-size", limit);
        all.putIfAbsent("micronaut.server.max-request-buffer-size", limit);
        return RunningModule.start(MODULE, all);
    }
}
