package io.tocsin.benchmarks.chaos;

import io.tocsin.benchmarks.engine.Load;
import io.tocsin.benchmarks.process.AskedProcess;
import io.tocsin.benchmarks.process.BrokerProcess;
import io.tocsin.benchmarks.process.EngineChild;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.embedded.FreePorts;
import io.tocsin.standalone.up.Instance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
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

    private Path data = Path.of(".");

    @Override
    public Integer call() throws Exception {
        data = keep == null ? Files.createTempDirectory("tocsin-chaos-engine") : Files.createDirectories(keep);
        try (EngineCluster cluster = new EngineCluster(data, RestlessFleet.RULES, instances > 1)) {
            live(cluster);
            AlertLog first = AlertLog.read(cluster.address());
            return report(first, replay(cluster, first));
        } finally {
            if (keep == null) {
                Instance.delete(data);
            }
        }
    }

    private void live(EngineCluster cluster) throws Exception {
        for (int number = 1; number <= instances; number++) {
            cluster.start(number);
        }
        for (int number = 1; number <= instances; number++) {
            cluster.engine(number).awaitReady(EngineCluster.READY_WITHIN);
        }
        Random random = new Random(seed);
        try (Load _ = new Load(new RestlessFleet(targets, seed), Duration.ofSeconds(1), cluster.address()).start()) {
            EngineCluster.pause(5_000);
            for (int kill = 1; kill <= kills; kill++) {
                killOne(cluster, kill, random);
                EngineCluster.pause(4_000 + random.nextInt(8_000));
            }
            EngineCluster.pause(10_000);
        }
        long end = System.currentTimeMillis() - 2_000;
        AlertLog log = cluster.awaitDone(end);
        System.out.printf("live: %d transitions, done up to %s%n", log.transitions(), Instant.ofEpochMilli(end));
        cluster.killEngines();
    }

    private void killOne(EngineCluster cluster, int kill, Random random) throws Exception {
        // The broker is one of ten.
        if (random.nextInt(10) == 0) {
            System.out.printf("kill %d: the broker%n", kill);
            cluster.killBroker();
            EngineCluster.pause(random.nextInt(3_000));
            cluster.startBroker();
            return;
        }
        int victim = random.nextInt(instances) + 1;
        System.out.printf("kill %d: engine %d%n", kill, victim);
        cluster.engine(victim).process().kill();
        EngineCluster.pause(random.nextInt(1_000));
        cluster.start(victim);
    }

    /** One engine, one broker, the same log, no faults. */
    private AlertLog replay(EngineCluster cluster, AlertLog first) throws Exception {
        int port = FreePorts.next();
        String address = "127.0.0.1:" + port;
        AskedProcess second = AskedProcess.start(
                BrokerProcess.class,
                data.resolve("kafka-replay.log"),
                data.resolve("kafka-replay").toString(),
                Integer.toString(port),
                BrokerProcess.EMPTY);
        try {
            long records = LogCopy.copy(cluster.address(), address);
            Path exclusions = Files.write(data.resolve("exclusions"), first.exclusions());
            Map<String, String> properties = Map.of(
                    "tocsin.kafka.bootstrap-servers", address,
                    "tocsin.engine.state-dir", data.resolve("state-replay").toString(),
                    "tocsin.engine.replay", exclusions.toString());
            EngineChild engine =
                    EngineChild.start(properties, List.of("-Xmx1g"), FreePorts.next(), data.resolve("replay.log"));
            try {
                engine.awaitReady(EngineCluster.READY_WITHIN);
                int partitions = TopicCreation.STANDALONE.environmentPartitions();
                AlertLog log = EngineCluster.awaitDone(address, first.doneByAllMs(partitions));
                System.out.printf(
                        "replayed: %d records, %d transitions, %d ticks without a shard%n",
                        records, log.transitions(), first.exclusions().size());
                return log;
            } finally {
                engine.process().kill();
            }
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
