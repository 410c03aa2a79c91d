package io.tocsin.selfheal;

import io.tocsin.runtime.RunningModule;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Starts self-healing, alone in its process or beside other modules. */
public final class SelfhealApplication {

    /** The module's name and its schema. */
    public static final String NAME = "selfheal";

    private static final int PORT = 9095;

    private SelfhealApplication() {}

    /**
     * Starts self-healing.
     *
     * @param properties its configuration, as flat properties
     */
    public static RunningModule start(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.putIfAbsent("micronaut.server.port", PORT);
        all.putIfAbsent("tocsin.postgres.schema", NAME);
        return RunningModule.start(NAME, all);
    }

    /** Runs until the process is asked to end; system properties configure it. */
    public static void main(String[] arguments) throws InterruptedException {
        Map<String, Object> properties = new HashMap<>();
        System.getProperties().forEach((key, value) -> properties.put(String.valueOf(key), value));
        RunningModule module = start(properties);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            module.close();
            ended.countDown();
        }));
        ended.await();
    }
}
