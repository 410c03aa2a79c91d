package io.tocsin.benchmarks.process;

import io.tocsin.rulesengine.RulesEngineApplication;
import io.tocsin.runtime.RunningModule;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A rules engine in a process of its own, configured by {@code key=value} arguments. */
public final class EngineProcess {

    private EngineProcess() {}

    /** Runs until the process is told to stop. */
    public static void main(String[] args) throws InterruptedException {
        Map<String, Object> properties = new HashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            properties.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
        RunningModule module = RulesEngineApplication.start(properties);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            module.close();
            stopped.countDown();
        }));
        stopped.await();
    }
}
