package io.tocsin.benchmarks.chaos;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.tocsin.benchmarks.process.AskedProcess;
import io.tocsin.benchmarks.process.BrokerProcess;
import io.tocsin.benchmarks.process.CollectorProcess;
import io.tocsin.embedded.FreePorts;
import io.tocsin.standalone.up.Instance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin chaos ingest}: what the collector acknowledged is in Kafka, whoever is killed meanwhile. */
@Command(
        name = "ingest",
        description = "Kills broker and collector under load, and counts what was acknowledged and is not there.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing was lost", "1:something was lost"})
public final class IngestChaosCommand implements Callable<Integer> {

    private static final Duration PROGRESS_WITHIN = Duration.ofMinutes(5);
    private static final int SPANS_BETWEEN_KILLS = 5_000;
    private static final int MOST_MILLIS_DOWN = 2_000;

    @Option(names = "--kills", description = "How often each of both is killed (default: ${DEFAULT-VALUE}).")
    private int kills = 5;

    @Option(
            names = "--senders",
            description = "Applications, half over HTTP and half over gRPC (default: ${DEFAULT-VALUE}).")
    private int senders = 4;

    @Option(names = "--seed", description = "Of the times between kill and restart (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    private final int kafkaPort = FreePorts.next();
    private final int httpPort = FreePorts.next();
    private final int grpcPort = FreePorts.next();
    private final SpanSender.Ledger ledger = new SpanSender.Ledger();

    @Override
    public Integer call() throws Exception {
        Path data = Files.createTempDirectory("tocsin-chaos");
        Random random = new Random(seed);
        AskedProcess broker = broker(data);
        AskedProcess collector = collector(data);
        List<SpanSender> all = new ArrayList<>();
        try {
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                try {
                    for (int i = 0; i < senders; i++) {
                        SpanSender sender = new SpanSender(i, exporter(i), ledger);
                        all.add(sender);
                        var _ = executor.submit(sender);
                    }
                    for (int i = 0; i < kills; i++) {
                        progress();
                        broker.kill();
                        pause(random);
                        broker = broker(data);
                        progress();
                        collector.kill();
                        pause(random);
                        collector = collector(data);
                    }
                    progress();
                } finally {
                    all.forEach(SpanSender::stop);
                }
            }
            return report(StoredSpans.count("127.0.0.1:" + kafkaPort));
        } finally {
            collector.close();
            broker.close();
            Instance.delete(data);
        }
    }

    private AskedProcess broker(Path data) {
        return AskedProcess.start(
                BrokerProcess.class,
                data.resolve("broker.log"),
                data.resolve("kafka").toString(),
                Integer.toString(kafkaPort));
    }

    private AskedProcess collector(Path data) {
        return AskedProcess.start(
                CollectorProcess.class,
                data.resolve("collector.log"),
                "127.0.0.1:" + kafkaPort,
                Integer.toString(httpPort),
                Integer.toString(grpcPort));
    }

    private SpanExporter exporter(int sender) {
        RetryPolicy retry = RetryPolicy.getDefault();
        return sender % 2 == 0
                ? OtlpHttpSpanExporter.builder()
                        .setEndpoint("http://127.0.0.1:" + httpPort + "/v1/traces")
                        .setRetryPolicy(retry)
                        .build()
                : OtlpGrpcSpanExporter.builder()
                        .setEndpoint("http://127.0.0.1:" + grpcPort)
                        .setRetryPolicy(retry)
                        .build();
    }

    /** Returns when so many more spans were acknowledged that everything is under load again. */
    private void progress() {
        long enough = ledger.acknowledged() + SPANS_BETWEEN_KILLS;
        long deadline = System.nanoTime() + PROGRESS_WITHIN.toNanos();
        while (ledger.acknowledged() < enough) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("too little was acknowledged within " + PROGRESS_WITHIN.toSeconds()
                        + " s: " + ledger.acknowledged() + " of " + enough);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static void pause(Random random) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(MOST_MILLIS_DOWN)));
    }

    private int report(Map<Long, Integer> stored) {
        long lost = 0;
        long duplicated = 0;
        for (long[] batch : ledger.batches()) {
            for (long id : batch) {
                int times = stored.getOrDefault(id, 0);
                lost += times == 0 ? 1 : 0;
                duplicated += times > 1 ? 1 : 0;
            }
        }
        System.out.println("killed broker " + kills + " times and collector " + kills + " times; exporters gave up "
                + ledger.givenUp() + " spans");
        System.out.println("acknowledged " + ledger.acknowledged() + ", lost " + lost + ", duplicated " + duplicated);
        return lost == 0 ? 0 : 1;
    }
}
