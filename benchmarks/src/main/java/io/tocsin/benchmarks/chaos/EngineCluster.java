package io.tocsin.benchmarks.chaos;

import io.tocsin.benchmarks.process.AskedProcess;
import io.tocsin.benchmarks.process.BrokerProcess;
import io.tocsin.benchmarks.process.EngineChild;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.embedded.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A broker and engines that share the work, each a process of its own that can be killed and started again. */
final class EngineCluster implements AutoCloseable {

    static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration DONE_WITHIN = Duration.ofMinutes(10);

    private final Path data;
    private final boolean standby;
    private final int port = FreePorts.next();
    private final Map<Integer, EngineChild> engines = new TreeMap<>();
    private @Nullable AskedProcess broker;

    /**
     * Starts the broker.
     *
     * @param data where everything is kept, logs too
     * @param rules the rule file, watched by engine 1
     * @param standby whether engines keep copies of each other's state
     */
    EngineCluster(Path data, String rules, boolean standby) throws IOException {
        this.data = data;
        this.standby = standby;
        Files.writeString(Files.createDirectories(data.resolve("rules")).resolve("chaos.yaml"), rules);
        startBroker();
    }

    /** Where its broker is. */
    String address() {
        return "127.0.0.1:" + port;
    }

    void startBroker() {
        broker = AskedProcess.start(
                BrokerProcess.class,
                data.resolve("kafka.log"),
                data.resolve("kafka").toString(),
                Integer.toString(port));
    }

    void killBroker() {
        Objects.requireNonNull(broker).kill();
    }

    /** Starts an engine by its number, from 1; it may have run before. */
    EngineChild start(int number) throws IOException {
        Map<String, String> properties = new HashMap<>(Map.of(
                "tocsin.kafka.bootstrap-servers",
                address(),
                "tocsin.engine.state-dir",
                data.resolve("state-" + number).toString(),
                "tocsin.engine.instance-id",
                "engine-" + number,
                "tocsin.engine.standby-replicas",
                standby ? "1" : "0",
                "tocsin.engine.stream-threads",
                "1"));
        if (number == 1) {
            properties.put("tocsin.engine.rules-dir", data.resolve("rules").toString());
        }
        EngineChild engine = EngineChild.start(
                properties, List.of("-Xmx512m"), FreePorts.next(), data.resolve("engine-" + number + ".log"));
        engines.put(number, engine);
        return engine;
    }

    /** The engine of this number, as it was started last. */
    EngineChild engine(int number) {
        return Objects.requireNonNull(engines.get(number));
    }

    /** Waits until every partition is done with a tick, and reads what was said until then. */
    AlertLog awaitDone(long tickMs) {
        return awaitDone(address(), tickMs);
    }

    /** The same at any broker. */
    static AlertLog awaitDone(String address, long tickMs) {
        int partitions = TopicCreation.STANDALONE.environmentPartitions();
        Instant deadline = Instant.now().plus(DONE_WITHIN);
        AlertLog log = AlertLog.read(address);
        while (log.doneByAllMs(partitions) < tickMs) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("ticks up to " + Instant.ofEpochMilli(tickMs) + " were not done within "
                        + DONE_WITHIN + ", only up to " + Instant.ofEpochMilli(log.doneByAllMs(partitions)));
            }
            pause(1_000);
            log = AlertLog.read(address);
        }
        return log;
    }

    static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Kills the engines; the broker goes on. */
    void killEngines() throws InterruptedException {
        for (EngineChild engine : engines.values()) {
            engine.process().kill();
        }
    }

    @Override
    public void close() throws InterruptedException {
        killEngines();
        if (broker != null) {
            broker.kill();
        }
    }
}
