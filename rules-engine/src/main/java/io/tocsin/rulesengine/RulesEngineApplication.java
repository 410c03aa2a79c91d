package io.tocsin.rulesengine;

import io.tocsin.runtime.RunningModule;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The rules engine as a process of its own. */
public final class RulesEngineApplication {

    private static final String NAME = "rules-engine";
    private static final int PORT = 9090;

    private RulesEngineApplication() {}

    /**
     * Starts the module; it is up when this returns, and ready when its readiness check says so.
     *
     * @param properties flat Micronaut properties, for example {@code tocsin.kafka.bootstrap-servers}
     */
    public static RunningModule start(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.putIfAbsent("micronaut.server.port", PORT);
        return RunningModule.start(NAME, all);
    }

    /** Runs until the process is told to stop. */
    public static void main(String[] args) throws InterruptedException {
        RunningModule module = start(Map.of());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            module.close();
            stopped.countDown();
        }));
        stopped.await();
    }
}
