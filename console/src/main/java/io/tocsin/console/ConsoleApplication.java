package io.tocsin.console;

import io.tocsin.runtime.RunningModule;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Starts the console, alone in its process or beside other modules. */
public final class ConsoleApplication {

    /** The module's name. */
    public static final String NAME = "console";

    private ConsoleApplication() {}

    /**
     * Starts the console. It starts without Kafka, notifier or rules engine too, and says on its pages what is away.
     *
     * @param properties its configuration, as flat properties
     */
    public static RunningModule start(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.putIfAbsent("micronaut.server.port", 8080);
        // Open pages hold their connection: longer than the time between two signs of life.
        all.putIfAbsent("micronaut.server.idle-timeout", "60s");
        // The largest thing that a person sends is a rule file.
        all.putIfAbsent("micronaut.server.max-request-size", "4MB");
        return RunningModule.start(NAME, all);
    }

    /** Runs the console until the process is asked to end; system properties configure it. */
    public static void main(String[] arguments) throws InterruptedException {
        Map<String, Object> properties = new HashMap<>();
        System.getProperties().forEach((key, value) -> properties.put(String.valueOf(key), value));
        CountDownLatch ended = new CountDownLatch(1);
        RunningModule module = start(properties);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            module.close();
            ended.countDown();
        }));
        ended.await();
    }
}
