package io.tocsin.notifier;

import io.tocsin.runtime.RunningModule;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Starts the notifier, alone in its process or beside other modules. */
public final class NotifierApplication {

    /** The module's name and its schema. */
    public static final String NAME = "notifier";

    private static final String CONFIG_FILE = "tocsin.notifier.config-file";

    private NotifierApplication() {}

    /**
     * Starts the notifier.
     *
     * @param properties its configuration, as flat properties
     * @throws ConfigurationRefused when its {@code alertmanager.yml} has problems
     */
    public static RunningModule start(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.putIfAbsent("micronaut.server.port", 9093);
        all.putIfAbsent("tocsin.postgres.schema", NAME);
        // A pool for the workers, the flushes, the intake and people's questions.
        all.putIfAbsent("tocsin.postgres.pool-size", 8);
        if (all.get(CONFIG_FILE) != null) {
            // Before anything else starts, and as itself: inside the container it would be wrapped.
            ConfigurationRefused.load(Path.of(String.valueOf(all.get(CONFIG_FILE))));
        }
        return RunningModule.start(NAME, all);
    }

    /** Runs the notifier until the process is asked to end; system properties configure it. */
    public static void main(String[] arguments) throws InterruptedException {
        Map<String, Object> properties = new HashMap<>();
        System.getProperties().forEach((key, value) -> properties.put(String.valueOf(key), value));
        CountDownLatch ended = new CountDownLatch(1);
        RunningModule module;
        try {
            module = start(properties);
        } catch (ConfigurationRefused e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            module.close();
            ended.countDown();
        }));
        ended.await();
    }
}
