package io.tocsin.runtime;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.HashMap;
import java.util.Map;

/**
 * A started module. The beans of a module exist only in the context that was started for it: its root package carries
 * {@code @Configuration @Requires(property = "tocsin.module", value = "<name>")}.
 */
public final class RunningModule implements AutoCloseable {

    /** The property that says which module a context is. */
    public static final String MODULE_PROPERTY = "tocsin.module";

    private final String name;
    private final ApplicationContext context;
    private final EmbeddedServer server;

    private RunningModule(String name, ApplicationContext context, EmbeddedServer server) {
        this.name = name;
        this.context = context;
        this.server = server;
    }

    /**
     * Starts a module and its HTTP server; returns when both are up.
     *
     * @param name the module, for example "collector"
     * @param properties its configuration, as flat Micronaut properties
     */
    public static RunningModule start(String name, Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(MODULE_PROPERTY, name);
        all.putIfAbsent("micronaut.server.host", "127.0.0.1");
        all.putIfAbsent("micronaut.application.name", "tocsin-" + name);
        // Each module is configured by its caller alone: in one JVM they share a class path.
        ApplicationContext context = ApplicationContext.builder()
                .properties(all)
                .deduceEnvironment(false)
                .banner(false)
                .build()
                .start();
        return new RunningModule(
                name, context, context.getBean(EmbeddedServer.class).start());
    }

    /** The module's name. */
    public String name() {
        return name;
    }

    /** The port that its HTTP server listens on. */
    public int port() {
        return server.getPort();
    }

    /** Its beans. */
    public ApplicationContext context() {
        return context;
    }

    @Override
    public void close() {
        context.close();
    }
}
