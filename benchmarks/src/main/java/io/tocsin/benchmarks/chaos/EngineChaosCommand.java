package io.tocsin.benchmarks.chaos;

import io.tocsin.benchmarks.engine.Load;
import io.tocsin.benchmarks.process.AskedProcess;
import io.tocsin.benchmarks.process.BrokerProcess;
import io.tocsin.benchmarks.process.EngineChild;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.embedded.FreePorts;
import io.tocsin.standalone.up.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code tocsin chaos engine}: engines and the broker are killed at random under load; afterwards the same log is
 * replayed once, without faults. What both wrote to {@code tocsin.alerts} must be the same, byte for byte.
 */
@Command(
        name = "engine",
        description = "Kills engines and the broker under load, then replays the log and compares the alerts.",
        mixinStandardHelpOptions = true)
public final class EngineChaosCommand implements Callable<Integer> {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration DONE_WITHIN = Duration.ofMinutes(10);
    private static final int SHOWN = 10;

    @Option(names = "--kills", description = "How many processes to kill (default: ${DEFAULT-VALUE}).")
    private int kills = 50;

    @Option(names = "--seed", description = "Of what is killed, when, and of the load (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--targets", description = "Targets that report every second (default: ${DEFAULT-VALUE}).")
    private int targets = 60;

    @Option(names = "--instances", description = "Engines that share the work (default: ${DEFAULT-VALUE}).")
    private int instances = 2;

    @Option(names = "--keep", description = "Keep the data and logs in this directory.")
    private @Nullable Path keep;

    private final List<EngineChild> engines = new ArrayList<>();
    private final int port = FreePorts.next();
    private @Nullable AskedProcess broker;
    private Path data = Path.of(".");

    @Override
    public Integer call() throws Exception {
        data = keep == null ? Files.createTempDirectory("tocsin-chaos-engine") : Files.createDirectories(keep);
        try {
            live();
            AlertLog first = AlertLog.read(address(port));
            AlertLog again = replay(first);
            return report(first, again);
        } finally {
            for (EngineChild engine : engines) {
                engine.process().kill();
            }
            if (broker != null) {
                broker.kill();
            }
            if (keep == null) {
                Instance.delete(data);
            }
        }
    }

    private void live() throws Exception {
        broker = broker();
        Path rules = Files.createDirectories(data.resolve("rules"));
        Files.writeString(rules.resolve("chaos.yaml"), RestlessFleet.RULES);
        for (int i = 0; i < instances; i++) {
            engines.add(engine(i));
        }
        for (EngineChild engine : engines) {
            engine.awaitReady(READY_WITHIN);
        }
        Random random = new Random(seed);
        try (Load _ = new Load(new RestlessFleet(targets, seed), Duration.ofSeconds(1), address(port)).start()) {
            pause(5_000);
            for (int kill = 1; kill <= kills; kill++) {
                killOne(kill, random);
                pause(4_000 + random.nextInt(8_000));
            }
            pause(10_000);
        }
        long end = System.currentTimeMillis() - 2_000;
        AlertLog log = awaitDone(port, end, TopicCreation.STANDALONE.environmentPartitions());
        System.out.printf("live: %d transitions, done up to %s%n", log.transitions(), Instant.ofEpochMilli(end));
        for (EngineChild engine : engines) {
            engine.process().kill();
        }
        engines.clear();
    }

    private void killOne(int kill, Random random) throws Exception {
        // The broker is one of ten.
        if (random.nextInt(10) == 0) {
            System.out.printf("kill %d: the broker%n", kill);
            Objects.requireNonNull(broker).kill();
            pause(random.nextInt(3_000));
            broker = broker();
            return;
        }
        int victim = random.nextInt(engines.size());
        System.out.printf("kill %d: engine %d%n", kill, victim + 1);
        engines.get(victim).process().kill();
        pause(random.nextInt(1_000));
        engines.set(victim, engine(victim));
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static String address(int port) {
        return "127.0.0.1:" + port;
    }

    private AskedProcess broker() {
        return AskedProcess.start(
                BrokerProcess.class,
                data.resolve("kafka.log"),
                data.resolve("kafka").toString(),
                Integer.toString(port));
    }

    private EngineChild engine(int number) throws IOException {
        Map<String, String> properties = new HashMap<>(Map.of(
                "tocsin.kafka.bootstrap-servers",
                address(port),
                "tocsin.engine.state-dir",
                data.resolve("state-" + number).toString(),
                "tocsin.engine.instance-id",
                "engine-" + (number + 1),
                "tocsin.engine.standby-replicas",
                instances > 1 ? "1" : "0",
                "tocsin.engine.stream-threads",
                "1"));
        if (number == 0) {
            properties.put("tocsin.engine.rules-dir", data.resolve("rules").toString());
        }
        return EngineChild.start(
                properties, List.of("-Xmx512m"), FreePorts.next(), data.resolve("engine-" + (number + 1) + ".log"));
    }

    private AlertLog awaitDone(int at, long tickMs, int partitions) throws Exception {
        Instant deadline = Instant.now().plus(DONE_WITHIN);
        AlertLog log = AlertLog.read(address(at));
        while (log.doneByAllMs(partitions) < tickMs) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("ticks up to " + Instant.ofEpochMilli(tickMs) + " were not done within "
                        + DONE_WITHIN + ", only up to " + Instant.ofEpochMilli(log.doneByAllMs(partitions)));
            }
            pause(1_000);
            log = AlertLog.read(address(at));
        }
        return log;
    }

    /** One engine, one broker, the same log, no faults. */
    private AlertLog replay(AlertLog first) throws Exception {
        int replayPort = FreePorts.next();
        AskedProcess second = AskedProcess.start(
                BrokerProcess.class,
                data.resolve("kafka-replay.log"),
                data.resolve("kafka-replay").toString(),
                Integer.toString(replayPort),
                BrokerProcess.EMPTY);
        try {
            long records = LogCopy.copy(address(port), address(replayPort));
            Path exclusions = Files.write(data.resolve("exclusions"), first.exclusions());
            Map<String, String> properties = Map.of(
                    "tocsin.kafka.bootstrap-servers", address(replayPort),
                    "tocsin.engine.state-dir", data.resolve("state-replay").toString(),
                    "tocsin.engine.replay", exclusions.toString());
            EngineChild engine =
                    EngineChild.start(properties, List.of("-Xmx1g"), FreePorts.next(), data.resolve("replay.log"));
            engines.add(engine);
            engine.awaitReady(READY_WITHIN);
            int partitions = TopicCreation.STANDALONE.environmentPartitions();
            AlertLog log = awaitDone(replayPort, first.doneByAllMs(partitions), partitions);
            System.out.printf(
                    "replayed: %d records, %d transitions, %d ticks without a shard%n",
                    records, log.transitions(), first.exclusions().size());
            return log;
        } finally {
            second.kill();
        }
    }

    private int report(AlertLog live, AlertLog replayed) {
        // The live log goes on after the last tick that was compared, and so does the replay.
        long until = Math.min(
                live.doneByAllMs(TopicCreation.STANDALONE.environmentPartitions()),
                replayed.doneByAllMs(TopicCreation.STANDALONE.environmentPartitions()));
        AlertLog a = live.upTo(until);
        AlertLog b = replayed.upTo(until);
        List<String> lost = b.without(a);
        List<String> invented = a.without(b);
        List<String> differing = a.differing(b);
        show("only in the replay", lost, b);
        show("only in the live log", invented, a);
        show("live, differing", differing, a);
        show("replayed, differing", differing, b);
        System.out.printf("compared %d events, %d transitions%n", b.events().size(), b.transitions());
        System.out.printf(
                "%d kills, %d lost, %d duplicated, %d differing%n",
                kills, lost.size(), a.duplicates() + invented.size(), differing.size());
        return lost.isEmpty() && invented.isEmpty() && a.duplicates() == 0 && differing.isEmpty() ? 0 : 1;
    }

    private static void show(String what, List<String> keys, AlertLog log) {
        keys.stream().limit(SHOWN).forEach(key -> System.out.println(what + ": " + key + " " + log.words(key)));
    }
}
