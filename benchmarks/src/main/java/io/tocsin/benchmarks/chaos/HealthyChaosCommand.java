package io.tocsin.benchmarks.chaos;

import io.tocsin.benchmarks.engine.Load;
import io.tocsin.benchmarks.process.EngineChild;
import io.tocsin.standalone.up.Instance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code tocsin chaos healthy}: engines and the broker are paused, stopped and moved under the load of targets that are
 * all well. Whatever alert that sets off is false, but for those of the pipeline about itself.
 */
@Command(
        name = "healthy",
        description = "Pauses, stops and moves parts while all targets are well, and counts the alerts.",
        mixinStandardHelpOptions = true)
public final class HealthyChaosCommand implements Callable<Integer> {

    private static final int SHOWN = 20;

    @Option(names = "--seconds", description = "How long each part is away (default: ${DEFAULT-VALUE}).")
    private int seconds = 30;

    @Option(names = "--settle", description = "Seconds of calm after each (default: ${DEFAULT-VALUE}).")
    private int settle = 25;

    @Option(names = "--targets", description = "Targets that report every second (default: ${DEFAULT-VALUE}).")
    private int targets = 60;

    @Option(names = "--seed", description = "Of the load (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--keep", description = "Keep the data and logs in this directory.")
    private @Nullable Path keep;

    @FunctionalInterface
    private interface Disturbance {
        void happen() throws Exception;
    }

    @Override
    public Integer call() throws Exception {
        Path data = keep == null ? Files.createTempDirectory("tocsin-chaos-healthy") : Files.createDirectories(keep);
        try (EngineCluster cluster = new EngineCluster(data, HealthyFleet.rules(targets), true)) {
            cluster.start(1).awaitReady(EngineCluster.READY_WITHIN);
            cluster.start(2).awaitReady(EngineCluster.READY_WITHIN);
            Map<String, Disturbance> disturbances = disturbances(cluster);
            try (Load _ = new Load(new HealthyFleet(targets, seed), Duration.ofSeconds(1), cluster.address()).start()) {
                // The first windows are half empty, and a rate over them is small: that is what the rules say, not the
                // pipeline.
                EngineCluster.pause(settle * 1_000L);
                long begun = System.currentTimeMillis();
                for (Map.Entry<String, Disturbance> disturbance : disturbances.entrySet()) {
                    System.out.println(disturbance.getKey());
                    disturbance.getValue().happen();
                    EngineCluster.pause(settle * 1_000L);
                }
                return report(disturbances.size(), begun, cluster.awaitDone(System.currentTimeMillis() - 2_000));
            }
        } finally {
            if (keep == null) {
                Instance.delete(data);
            }
        }
    }

    private Map<String, Disturbance> disturbances(EngineCluster cluster) {
        Map<String, Disturbance> all = new LinkedHashMap<>();
        all.put("engine 1 is paused for " + seconds + " s", () -> freeze(List.of(cluster.engine(1))));
        all.put(
                "both engines are paused for " + seconds + " s",
                () -> freeze(List.of(cluster.engine(1), cluster.engine(2))));
        all.put("the broker is killed and away for " + seconds + " s", () -> {
            cluster.killBroker();
            EngineCluster.pause(seconds * 1_000L);
            cluster.startBroker();
        });
        all.put("a third engine joins, and partitions move", () -> {
            cluster.start(3).awaitReady(EngineCluster.READY_WITHIN);
            EngineCluster.pause(seconds * 1_000L);
        });
        all.put(
                "the third engine leaves, and partitions move back",
                () -> cluster.engine(3).close());
        all.put("engine 2 is killed and away for " + seconds + " s", () -> {
            cluster.engine(2).process().kill();
            EngineCluster.pause(seconds * 1_000L);
            cluster.start(2).awaitReady(EngineCluster.READY_WITHIN);
        });
        return all;
    }

    private void freeze(List<EngineChild> engines) throws Exception {
        for (EngineChild engine : engines) {
            engine.process().signal("STOP");
        }
        EngineCluster.pause(seconds * 1_000L);
        for (EngineChild engine : engines) {
            engine.process().signal("CONT");
        }
    }

    private static int report(int disturbances, long begunMs, AlertLog log) {
        AlertLog during = log.after(begunMs);
        List<String> own = during.transitionsWhere(HealthyChaosCommand::ofThePipeline);
        List<String> alerts = during.transitionsWhere(labels -> !ofThePipeline(labels));
        alerts.stream().limit(SHOWN).forEach(key -> System.out.println("false: " + during.words(key)));
        own.stream().limit(SHOWN).forEach(key -> System.out.println("of the pipeline: " + during.words(key)));
        System.out.printf("%d ticks done%n", during.ticks());
        System.out.printf(
                "%d disturbances, %d alerts, %d of the pipeline itself%n", disturbances, alerts.size(), own.size());
        return alerts.isEmpty() && during.ticks() > 0 ? 0 : 1;
    }

    private static boolean ofThePipeline(Map<String, String> labels) {
        return labels.getOrDefault("alertname", "").startsWith("Tocsin");
    }
}
