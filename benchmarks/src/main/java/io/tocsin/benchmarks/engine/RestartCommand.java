package io.tocsin.benchmarks.engine;

import io.tocsin.benchmarks.process.AskedProcess;
import io.tocsin.benchmarks.process.BrokerProcess;
import io.tocsin.benchmarks.process.EngineChild;
import io.tocsin.embedded.FreePorts;
import io.tocsin.standalone.up.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code tocsin bench restart}: an engine with hours of history is stopped, killed and taken over; how long until it is
 * ready, and until every rule group is evaluated again; one JSON line.
 *
 * <p>The history is written to the log with arrival times of the past, and read in a replay. Then time is the broker's.
 */
@Command(
        name = "restart",
        description = "Measures restarts and takeovers of an engine with hours of history.",
        mixinStandardHelpOptions = true)
public final class RestartCommand implements Callable<Integer> {

    private static final Duration READY_WITHIN = Duration.ofMinutes(10);
    private static final Duration CAUGHT_UP_WITHIN = Duration.ofMinutes(40);
    private static final double CAUGHT_UP_RECORDS = 2_000;
    private static final int SAID_EVERY = 60;

    @Option(names = "--series", description = "Series that report (default: ${DEFAULT-VALUE}).")
    private int series = 100_000;

    @Option(names = "--hours", description = "Of history (default: ${DEFAULT-VALUE}).")
    private double hours = 6;

    @Option(names = "--rules", description = "Rules over them (default: ${DEFAULT-VALUE}).")
    private int rules = 500;

    @Option(names = "--interval", description = "Of reports and of rule groups (default: ${DEFAULT-VALUE}).")
    private String interval = "15s";

    @Option(names = "--heap", description = "Of each engine's process (default: ${DEFAULT-VALUE}).")
    private String heap = "1800m";

    @Option(names = "--seed", description = "Of values (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--keep", description = "Keep the data and logs in this directory.")
    private @Nullable Path keep;

    private final int port = FreePorts.next();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private Path data = Path.of(".");

    @Override
    public Integer call() throws Exception {
        data = keep == null ? Files.createTempDirectory("tocsin-bench-restart") : Files.createDirectories(keep);
        AskedProcess broker = AskedProcess.start(
                BrokerProcess.class,
                data.resolve("kafka.log"),
                data.resolve("kafka").toString(),
                Integer.toString(port),
                BrokerProcess.EMPTY);
        try {
            Path ruleFiles = Files.createDirectories(data.resolve("rules"));
            Files.writeString(ruleFiles.resolve("bench.yaml"), TickProbe.file("15s"));
            Fleet fleet = new Fleet(series / Fleet.SERIES_PER_TARGET, seed);
            figures.put("series", series);
            figures.put("hours", hours);
            fill(fleet);
            Files.writeString(ruleFiles.resolve("bench.yaml"), RulePack.file(rules, interval) + TickProbe.rule("1s"));
            try (Load _ = new Load(fleet, Duration.parse("PT" + interval), address()).start();
                    TickProbe probe = new TickProbe(address())) {
                restarts(probe);
                figures.put("other_transitions", probe.otherTransitions().size());
                probe.otherTransitions().stream().distinct().limit(10).forEach(System.out::println);
            }
            System.out.println(JsonMapper.shared().writeValueAsString(figures));
            return 0;
        } finally {
            broker.kill();
            if (keep == null) {
                Instance.delete(data);
            }
        }
    }

    private void fill(Fleet fleet) throws Exception {
        History history = new History(address());
        history.begin();
        Path nothingExcluded = Files.writeString(data.resolve("exclusions"), "");
        long started = System.nanoTime();
        EngineChild engine = engine(1, Map.of("tocsin.engine.replay", nothingExcluded.toString()));
        try (engine) {
            engine.awaitReady(READY_WITHIN);
            try (TickProbe probe = new TickProbe(address())) {
                Duration span = Duration.ofSeconds(Math.round(hours * 3_600));
                long last = history.write(fleet, span, Duration.parse("PT" + interval), round -> {
                    if (round % SAID_EVERY == 0) {
                        System.out.printf("wrote %d rounds%n", round);
                    }
                });
                awaitDone(probe, last - Duration.ofSeconds(2).toMillis(), CAUGHT_UP_WITHIN);
            }
            double seconds = (System.nanoTime() - started) / 1e9;
            Map<String, Double> metrics = engine.metrics();
            double samples = metrics.getOrDefault("tocsin_engine_stored_samples", Double.NaN);
            figures.put("stored_samples", samples);
            figures.put("replayed_samples_per_second", Math.round(samples / seconds));
            figures.put(
                    "bytes_per_sample",
                    round(metrics.getOrDefault("tocsin_engine_stored_bytes", Double.NaN) / samples));
        }
        history.end();
    }

    private void restarts(TickProbe probe) throws Exception {
        EngineChild first = engine(1, Map.of());
        try {
            figures.put("start_ready_s", seconds(first.awaitReady(READY_WITHIN)));
            resumed(probe);
            settle();
            first.close();
            first = engine(1, Map.of());
            figures.put("restart_ready_s", seconds(first.awaitReady(READY_WITHIN)));
            figures.put("restart_evaluated_s", resumed(probe));
            settle();
            first.process().kill();
            first = engine(1, Map.of());
            figures.put("killed_ready_s", seconds(first.awaitReady(READY_WITHIN)));
            figures.put("killed_evaluated_s", resumed(probe));
            settle();
            first.collectGarbage();
            figures.put(
                    "heap_live_mib",
                    round(first.metrics().getOrDefault("jvm_memory_used_bytes", Double.NaN) / (1 << 20)));
            figures.put("resident_mib", round(first.process().memoryMib("VmRSS")));
            figures.put("state_on_disk_mib", round(size(data.resolve("state-1")) / (1 << 20)));
            takeovers(probe, first);
        } finally {
            first.process().kill();
        }
    }

    /** A second engine stands by; the first is killed, comes back, and the second is stopped. */
    private void takeovers(TickProbe probe, EngineChild first) throws Exception {
        first.close();
        first = engine(1, Map.of("tocsin.engine.standby-replicas", "1"));
        EngineChild second = engine(2, Map.of("tocsin.engine.standby-replicas", "1"));
        try {
            first.awaitReady(READY_WITHIN);
            figures.put("standby_ready_s", standsBy(first, second));
            settle();
            long killed = System.currentTimeMillis();
            first.process().kill();
            awaitDone(probe, killed, READY_WITHIN);
            figures.put("crash_takeover_s", (System.currentTimeMillis() - killed) / 1e3);
            first = engine(1, Map.of("tocsin.engine.standby-replicas", "1"));
            standsBy(second, first);
            settle();
            long told = System.currentTimeMillis();
            second.close();
            figures.put("stopping_s", (System.currentTimeMillis() - told) / 1e3);
            awaitDone(probe, told, READY_WITHIN);
            figures.put("orderly_handover_s", (System.currentTimeMillis() - told) / 1e3);
        } finally {
            first.process().kill();
            second.process().kill();
        }
    }

    /** Waits until both are ready and what stands by has read the logs of the stores, as far as they are. */
    private static double standsBy(EngineChild owner, EngineChild standby) throws Exception {
        long started = System.nanoTime();
        standby.awaitReady(READY_WITHIN);
        owner.awaitReady(READY_WITHIN);
        long until = started + CAUGHT_UP_WITHIN.toNanos();
        while (!caughtUp(standby)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the standby did not catch up within " + CAUGHT_UP_WITHIN);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private static boolean caughtUp(EngineChild engine) throws IOException, InterruptedException {
        Double lag = engine.metrics().get("tocsin_engine_state_lag_records");
        return lag != null && lag < CAUGHT_UP_RECORDS;
    }

    /** Seconds until every evaluate partition has done a tick of after this call. */
    private static double resumed(TickProbe probe) throws InterruptedException {
        long since = System.currentTimeMillis();
        awaitDone(probe, since, READY_WITHIN);
        return (System.currentTimeMillis() - since) / 1e3;
    }

    private static void awaitDone(TickProbe probe, long tickMs, Duration within) {
        long until = System.nanoTime() + within.toNanos();
        while (probe.doneByAllMs() < tickMs) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("not every partition was done with tick " + tickMs + " within " + within
                        + ", only with " + probe.doneByAllMs());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static void settle() {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(20));
    }

    private EngineChild engine(int number, Map<String, String> more) throws IOException {
        Map<String, String> properties = new HashMap<>(Map.of(
                "tocsin.kafka.bootstrap-servers", address(),
                "tocsin.engine.state-dir", data.resolve("state-" + number).toString(),
                "tocsin.engine.instance-id", "engine-" + number));
        if (number == 1) {
            properties.put("tocsin.engine.rules-dir", data.resolve("rules").toString());
        }
        properties.putAll(more);
        List<String> jvm = new ArrayList<>(List.of("-Xmx" + heap));
        return EngineChild.start(properties, jvm, FreePorts.next(), data.resolve("engine-" + number + ".log"));
    }

    private String address() {
        return "127.0.0.1:" + port;
    }

    private static double size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> {
                        try {
                            return Files.size(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .sum();
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static double round(double value) {
        return Double.isNaN(value) ? value : Math.round(value * 100) / 100.0;
    }
}
