package io.tocsin.benchmarks.engine;

import io.tocsin.benchmarks.Percentiles;
import io.tocsin.benchmarks.process.EngineChild;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.FreePorts;
import io.tocsin.standalone.up.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code tocsin bench engine}: what the engine costs under a steady load, and how fast it is; one JSON line. */
@Command(
        name = "engine",
        description = "Measures the rules engine under a steady load: CPU, memory, ticks, latency.",
        mixinStandardHelpOptions = true)
public final class EngineCommand implements Callable<Integer> {

    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    private static final Duration ROUND_WITHIN = Duration.ofSeconds(60);

    @Option(names = "--series", description = "Series that report (default: ${DEFAULT-VALUE}).")
    private int series = 100_000;

    @Option(names = "--rules", description = "Rules over them (default: ${DEFAULT-VALUE}).")
    private int rules = 500;

    @Option(names = "--interval", description = "Of reports and of rule groups (default: ${DEFAULT-VALUE}).")
    private String interval = "15s";

    @Option(
            names = "--probe-interval",
            description = "Of the group whose latency is measured (default: ${DEFAULT-VALUE}).")
    private String probeInterval = "1s";

    @Option(names = "--seconds", description = "How long to measure (default: ${DEFAULT-VALUE}).")
    private int seconds = 120;

    @Option(names = "--warm-up", description = "Seconds before (default: ${DEFAULT-VALUE}).")
    private int warmUp = 60;

    @Option(names = "--rounds", description = "Alerts whose latency is measured (default: ${DEFAULT-VALUE}).")
    private int rounds = 60;

    @Option(names = "--heap", description = "Of the engine's process (default: ${DEFAULT-VALUE}).")
    private String heap = "1500m";

    @Option(names = "--jvm", description = "Further options of the engine's JVM.")
    private List<String> jvm = new ArrayList<>();

    @Option(names = "--seed", description = "Of values and pauses (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Override
    public Integer call() throws Exception {
        Path data = Files.createTempDirectory("tocsin-bench-engine");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data.resolve("kafka"), 0)) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                TopicCreation.STANDALONE.ensure(admin);
            }
            Path ruleFiles = Files.createDirectories(data.resolve("rules"));
            Files.writeString(
                    ruleFiles.resolve("bench.yaml"), RulePack.file(rules, interval) + TickProbe.rule(probeInterval));
            System.out.println(JsonMapper.shared().writeValueAsString(measure(kafka, data, ruleFiles)));
            return 0;
        } finally {
            Instance.delete(data);
        }
    }

    private Map<String, Object> measure(EmbeddedKafka kafka, Path data, Path ruleFiles) throws Exception {
        Fleet fleet = new Fleet(series / Fleet.SERIES_PER_TARGET, seed);
        Map<String, String> properties = Map.of(
                "tocsin.kafka.bootstrap-servers", kafka.bootstrapServers(),
                "tocsin.engine.state-dir", data.resolve("state").toString(),
                "tocsin.engine.rules-dir", ruleFiles.toString());
        List<String> options = new ArrayList<>(jvm);
        options.add("-Xmx" + heap);
        try (EngineChild engine = EngineChild.start(properties, options, FreePorts.next(), data.resolve("engine.log"));
                Load load = new Load(fleet, Duration.parse("PT" + interval), kafka.bootstrapServers());
                TickProbe probe = new TickProbe(kafka.bootstrapServers())) {
            try {
                engine.awaitReady(READY_WITHIN);
                load.start();
                Random random = new Random(seed);
                probe.cross("warm-up", random, READY_WITHIN);
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(warmUp));
                return measure(engine, load, probe, random);
            } finally {
                Path log = Path.of(System.getProperty("java.io.tmpdir"), "tocsin-bench-engine.log");
                Files.copy(data.resolve("engine.log"), log, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Map<String, Object> measure(EngineChild engine, Load load, TickProbe probe, Random random)
            throws Exception {
        probe.takeTickDelays();
        double cpuBefore = engine.process().cpuSeconds();
        long reportsBefore = load.reports();
        long started = System.nanoTime();
        List<Long> latencies = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            latencies.add(probe.cross("r" + i, random, ROUND_WITHIN));
        }
        long left = started + TimeUnit.SECONDS.toNanos(seconds) - System.nanoTime();
        LockSupport.parkNanos(Math.max(0, left));
        double elapsed = (System.nanoTime() - started) / 1e9;
        double cpu = engine.process().cpuSeconds() - cpuBefore;
        long samples = (load.reports() - reportsBefore) * Fleet.SERIES_PER_TARGET;
        double evaluations = RulePack.ruleSeries(rules, series / Fleet.SERIES_PER_TARGET)
                * elapsed
                / Duration.parse("PT" + interval).toSeconds();
        return figures(engine, probe, latencies, samples, elapsed, cpu, evaluations);
    }

    private Map<String, Object> figures(
            EngineChild engine,
            TickProbe probe,
            List<Long> latencies,
            long samples,
            double elapsed,
            double cpu,
            double evaluations)
            throws IOException, InterruptedException {
        List<Long> ticks = probe.takeTickDelays();
        double resident = engine.process().memoryMib("VmRSS");
        engine.collectGarbage();
        Map<String, Double> metrics = engine.metrics();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("series", series);
        figures.put("rules", rules);
        figures.put("interval", interval);
        figures.put("samples_per_second", Math.round(samples / elapsed));
        figures.put("cpu_cores", round(cpu / elapsed, 1e3));
        figures.put("cpu_seconds_per_rule_series", cpu / evaluations);
        figures.put("tick_to_done_ms", Percentiles.of(ticks));
        figures.put("probe_interval", probeInterval);
        figures.put("ack_to_transition_ms", Percentiles.of(latencies));
        figures.put("heap_live_mib", round(metrics.getOrDefault("jvm_memory_used_bytes", Double.NaN) / (1 << 20), 10));
        figures.put("resident_mib", round(resident, 10));
        figures.put("stored_samples", metrics.getOrDefault("tocsin_engine_stored_samples", Double.NaN));
        figures.put(
                "bytes_per_sample",
                round(
                        metrics.getOrDefault("tocsin_engine_stored_bytes", Double.NaN)
                                / Objects.requireNonNullElse(metrics.get("tocsin_engine_stored_samples"), Double.NaN),
                        100));
        figures.put("engine_series", metrics.getOrDefault("tocsin_engine_series", Double.NaN));
        figures.put("other_transitions", probe.otherTransitions().size());
        return figures;
    }

    private static double round(double value, double to) {
        return Double.isNaN(value) ? value : Math.round(value * to) / to;
    }
}
