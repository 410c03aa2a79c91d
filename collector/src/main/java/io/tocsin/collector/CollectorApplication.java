package io.tocsin.collector;

import io.tocsin.runtime.RunningModule;
import java.util.Map;

/** The collector as a process of its own, or inside {@code standalone}. */
public final class CollectorApplication {

    /** The module's name. */
    public static final String MODULE = "collector";

    private CollectorApplication() {}

    /** Runs the collector until it is told to stop; configuration comes from the environment. */
    public static void main(String[] args) {
        RunningModule module = start(Map.of());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(module::close));
    }

    /**
     * Starts OTLP over HTTP and gRPC and remote write; returns when they listen.
     *
     * @throws IllegalArgumentException when it would listen beyond loopback for anybody, and that was not asked for
     */
    public static RunningModule start(Map<String, Object> properties) {
        return RunningModule.start(MODULE, new ServerProperties(properties, System.getenv()).all());
    }
}
