package io.tocsin.benchmarks.ingest;

import io.tocsin.benchmarks.Percentiles;
import io.tocsin.benchmarks.process.AskedProcess;
import io.tocsin.benchmarks.process.BrokerProcess;
import io.tocsin.benchmarks.process.CollectorProcess;
import io.tocsin.embedded.FreePorts;
import io.tocsin.standalone.up.Instance;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code tocsin bench ingest}: OTLP over HTTP into the embedded broker with acks=all, one JSON line. */
@Command(
        name = "ingest",
        description = "Measures what a data point and a span cost the collector, acknowledged by the broker.",
        mixinStandardHelpOptions = true)
public final class IngestCommand implements Callable<Integer> {

    /** Some write the field although nothing is in it: a tag and a length of zero. */
    private static final int EMPTY_PARTIAL_SUCCESS = 2;

    @Option(names = "--seconds", description = "How long each is measured (default: ${DEFAULT-VALUE}).")
    private int seconds = 10;

    @Option(names = "--warm-up", description = "Seconds before each that do not count (default: ${DEFAULT-VALUE}).")
    private int warmUp = 8;

    @Option(names = "--data", description = "Data points or spans of a request (default: ${DEFAULT-VALUE}).")
    private int data = 1_000;

    @Option(names = "--senders", description = "Senders, each with one request at a time (default: ${DEFAULT-VALUE}).")
    private int senders = 4;

    @Option(
            names = "--also",
            description =
                    "Command of another collector that is measured in the same way afterwards: it takes OTLP over HTTP at"
                            + " $HTTP_PORT and writes to the broker at $KAFKA_PORT of 127.0.0.1.")
    private @Nullable String also;

    @Option(names = "--jfr", description = "Where the collector's flight recording goes; none by default.")
    private @Nullable Path recording;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private record Run(long acknowledged, List<Long> nanos) {}

    @Override
    public Integer call() throws Exception {
        Path directory = Files.createTempDirectory("tocsin-ingest");
        int kafka = FreePorts.next();
        int http = FreePorts.next();
        Path errors = directory.resolve("errors.log");
        try (AskedProcess _ = AskedProcess.start(
                        BrokerProcess.class, errors, directory.resolve("kafka").toString(), Integer.toString(kafka));
                AskedProcess collector = AskedProcess.start(
                        CollectorProcess.class,
                        jvm(),
                        errors,
                        "127.0.0.1:" + kafka,
                        Integer.toString(http),
                        Integer.toString(FreePorts.next()))) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("data_per_request", data);
            figures.put("senders", senders);
            figures.putAll(measure(new OwnCollector(collector, http)));
            if (also != null) {
                try (OtherCollector other = OtherCollector.start(also, kafka, directory.resolve("other.log"))) {
                    figures.put("also", measure(other));
                }
            }
            System.out.println(JsonMapper.shared().writeValueAsString(figures));
            return 0;
        } finally {
            Instance.delete(directory);
        }
    }

    private List<String> jvm() {
        return recording == null
                ? List.of("-Xmx1g")
                : List.of(
                        "-Xmx1g",
                        "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                                + recording.toAbsolutePath());
    }

    private Map<String, Object> measure(Receiver receiver)
            throws IOException, InterruptedException, ExecutionException {
        Map<String, Object> figures = new LinkedHashMap<>();
        for (Load load : Load.values()) {
            for (boolean gzip : new boolean[] {false, true}) {
                String name = load.name().toLowerCase(Locale.ROOT) + (gzip ? "_gzip" : "_plain");
                figures.put(name, measure(receiver, load, gzip));
            }
        }
        return figures;
    }

    private Map<String, Object> measure(Receiver receiver, Load load, boolean gzip)
            throws IOException, InterruptedException, ExecutionException {
        List<byte[]> bodies = new ArrayList<>();
        for (int i = 0; i < senders; i++) {
            byte[] plain = load.request(i, data, new Random(i));
            bodies.add(gzip ? Load.gzip(plain) : plain);
        }
        URI uri = URI.create("http://127.0.0.1:" + receiver.port() + load.path());
        run(uri, bodies, gzip, Duration.ofSeconds(warmUp));
        double cpuBefore = receiver.cpuSeconds();
        long allocatedBefore = receiver.allocatedBytes();
        long begin = System.nanoTime();
        Run run = run(uri, bodies, gzip, Duration.ofSeconds(seconds));
        double took = (System.nanoTime() - begin) / 1e9;
        double cpu = receiver.cpuSeconds() - cpuBefore;
        double count = (double) run.acknowledged() * data;
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("per_core_second", Math.round(count / cpu));
        figures.put("per_second", Math.round(count / took));
        figures.put("collector_cores", Math.round(cpu / took * 100) / 100.0);
        figures.put("ack_ms", Percentiles.of(run.nanos()));
        if (allocatedBefore >= 0) {
            figures.put("allocated_bytes_each", Math.round((receiver.allocatedBytes() - allocatedBefore) / count));
        }
        figures.put("request_bytes", bodies.getFirst().length);
        return figures;
    }

    private Run run(URI uri, List<byte[]> bodies, boolean gzip, Duration time)
            throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + time.toNanos();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> all = new ArrayList<>();
            for (byte[] body : bodies) {
                all.add(executor.submit(() -> send(uri, body, gzip, end)));
            }
            List<Long> nanos = new ArrayList<>();
            for (Future<List<Long>> one : all) {
                nanos.addAll(one.get());
            }
            return new Run(nanos.size(), nanos);
        }
    }

    private List<Long> send(URI uri, byte[] body, boolean gzip, long end) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-protobuf")
                .POST(BodyPublishers.ofByteArray(body));
        if (gzip) {
            request.header("Content-Encoding", "gzip");
        }
        List<Long> nanos = new ArrayList<>();
        while (System.nanoTime() < end) {
            long begin = System.nanoTime();
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200 || answer.body().length > EMPTY_PARTIAL_SUCCESS) {
                throw new IOException(
                        "the collector answered " + answer.statusCode() + " with " + answer.body().length + " bytes");
            }
            nanos.add(System.nanoTime() - begin);
        }
        return nanos;
    }
}
