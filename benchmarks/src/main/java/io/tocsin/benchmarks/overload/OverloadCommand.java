package io.tocsin.benchmarks.overload;

import io.tocsin.benchmarks.Percentiles;
import io.tocsin.benchmarks.ingest.Requests;
import io.tocsin.benchmarks.process.AskedProcess;
import io.tocsin.benchmarks.process.BrokerProcess;
import io.tocsin.benchmarks.process.CollectorProcess;
import io.tocsin.embedded.FreePorts;
import io.tocsin.standalone.up.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code tocsin bench overload}: a few senders find the capacity, then many offer a multiple of it and never wait, then the few
 * come again. Prints one JSON line.
 */
@Command(
        name = "overload",
        description = "Offers the collector a multiple of what it can take, and measures what becomes of the rest.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all bounds held", "1:one did not"})
public final class OverloadCommand implements Callable<Integer> {

    private static final double LEAST_GOODPUT = 0.8;
    private static final double MOST_LATENCY = 2;
    private static final int MOST_RECOVERY_SECONDS = 5;
    private static final int RECOVERY_WATCHED_SECONDS = 10;
    private static final int HEAP_MIB = 512;

    @Option(names = "--times", description = "How many times the capacity is offered (default: ${DEFAULT-VALUE}).")
    private int times = 10;

    @Option(names = "--seconds", description = "How long (default: ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(names = "--normal-seconds", description = "How long the capacity is measured (default: ${DEFAULT-VALUE}).")
    private int normalSeconds = 15;

    @Option(names = "--warm-up", description = "Seconds before that do not count (default: ${DEFAULT-VALUE}).")
    private int warmUp = 15;

    @Option(names = "--data", description = "Data points of a request (default: ${DEFAULT-VALUE}).")
    private int data = 1_000;

    @Option(names = "--normal-senders", description = "Senders that find the capacity (default: ${DEFAULT-VALUE}).")
    private int normalSenders = 4;

    @Option(names = "--senders", description = "Senders of the overload (default: ${DEFAULT-VALUE}).")
    private int senders = 128;

    @Override
    public Integer call() throws Exception {
        Path directory = Files.createTempDirectory("tocsin-overload");
        int kafka = FreePorts.next();
        int http = FreePorts.next();
        Path errors = directory.resolve("errors.log");
        try (AskedProcess _ = AskedProcess.start(
                        BrokerProcess.class, errors, directory.resolve("kafka").toString(), Integer.toString(kafka));
                AskedProcess collector = AskedProcess.start(
                        CollectorProcess.class,
                        List.of("-Xmx" + HEAP_MIB + "m", "-XX:+ExitOnOutOfMemoryError"),
                        errors,
                        "127.0.0.1:" + kafka,
                        Integer.toString(http),
                        Integer.toString(FreePorts.next()))) {
            return measure(collector, http);
        } finally {
            Instance.delete(directory);
        }
    }

    private int measure(AskedProcess collector, int port) throws InterruptedException, ExecutionException, IOException {
        byte[] request = Requests.gzippedMetrics(data);
        Senders few = new Senders(port, request, normalSenders, 0);
        few.run(Duration.ofSeconds(warmUp));
        Answers normal = few.run(Duration.ofSeconds(normalSeconds));
        double capacity = normal.perSecond();
        double residentBefore = collector.residentMib();
        AtomicReference<Double> resident = new AtomicReference<>(residentBefore);
        Answers overload;
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
            var watch = clock.scheduleAtFixedRate(() -> watch(collector, resident), 0, 250, TimeUnit.MILLISECONDS);
            overload = new Senders(port, request, senders, times * capacity).run(Duration.ofSeconds(seconds));
            watch.cancel(false);
        }
        long ended = System.nanoTime();
        Answers after = few.run(Duration.ofSeconds(RECOVERY_WATCHED_SECONDS));
        Percentiles usual = Percentiles.of(normal.nanos());
        Percentiles under = Percentiles.of(overload.nanos());
        int recovery = Recovery.seconds(after, ended, capacity, usual.p99());
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("data_per_request", data);
        figures.put("capacity_per_second", Math.round(capacity * data));
        figures.put("normal_ack_ms", usual);
        figures.put("offered_times", round(overload.offeredPerSecond() / capacity));
        figures.put("seconds", seconds);
        figures.put("goodput", round(overload.perSecond() / capacity));
        figures.put("accepted_ack_ms", under);
        figures.put("p99_times", round(under.p99() / usual.p99()));
        figures.put("refused", overload.refused());
        figures.put("failed", overload.failed());
        figures.put("resident_mib_before", Math.round(residentBefore));
        figures.put("resident_mib_most", Math.round(resident.get()));
        figures.put("recovery_seconds", recovery);
        System.out.println(JsonMapper.shared().writeValueAsString(figures));
        boolean held = overload.perSecond() >= LEAST_GOODPUT * capacity
                && under.p99() <= MOST_LATENCY * usual.p99()
                && recovery <= MOST_RECOVERY_SECONDS
                && overload.failed() == 0;
        return held ? 0 : 1;
    }

    private static void watch(AskedProcess collector, AtomicReference<Double> most) {
        try {
            double now = collector.residentMib();
            most.updateAndGet(before -> Math.max(before, now));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
