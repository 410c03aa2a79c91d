package io.tocsin.benchmarks.converge;

import io.tocsin.standalone.up.Instance;
import io.tocsin.standalone.up.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** A whole instance as a process: data directory, configuration directory, then its ports. */
final class StormInstance {

    private static final Duration POLL = Duration.ofMillis(200);

    private StormInstance() {}

    static List<String> arguments(Ports ports) {
        return ports.byName().values().stream()
                .map(port -> Integer.toString(port))
                .toList();
    }

    public static void main(String[] args) throws Exception {
        int[] port = Arrays.stream(args).skip(2).mapToInt(Integer::parseInt).toArray();
        Ports ports = new Ports(port[0], port[1], port[2], port[3], port[4], port[5], port[6], port[7], port[8]);
        Instance instance = Instance.start(
                new Instance.Options(Path.of(args[0], "instance"), Path.of(args[1]), ports, false),
                (part, millis) -> System.out.println(part + " is up after " + millis + " ms"));
        Runtime.getRuntime().addShutdownHook(new Thread(instance::close));
        new CountDownLatch(1).await();
    }

    /**
     * Waits until the collector, which starts last, is ready.
     *
     * @throws IllegalStateException with the instance's output when it does not become so in time
     */
    static void awaitReady(Ports ports, Duration within, Path log) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        Instant deadline = Instant.now().plus(within);
        while (!ready(http, ports)) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("not ready within " + within + ":\n" + Files.readString(log));
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static boolean ready(HttpClient http, Ports ports) throws InterruptedException {
        try {
            return http.send(
                                    HttpRequest.newBuilder(URI.create(
                                                    "http://127.0.0.1:" + ports.http() + "/health/readiness"))
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        }
    }
}
