package io.tocsin.standalone.up;

import io.tocsin.collector.CollectorApplication;
import io.tocsin.console.ConsoleApplication;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.EmbeddedPostgresServer;
import io.tocsin.notifier.NotifierApplication;
import io.tocsin.rulesengine.RulesEngineApplication;
import io.tocsin.runtime.RunningModule;
import io.tocsin.selfheal.SelfhealApplication;
import io.tocsin.standalone.host.HostMetrics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything in one process tree: a real broker, a real database, and the modules, started in that order. */
public final class Instance implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

    private static final Duration HOST_INTERVAL = Duration.ofSeconds(15);

    private final Ports ports;
    private final DataDirectory data;
    // Stopped in the opposite order.
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private Instance(Ports ports, DataDirectory data) {
        this.ports = ports;
        this.data = data;
    }

    /**
     * What an instance is started with.
     *
     * @param data directory of its data
     * @param config its configuration directory
     * @param ports its ports
     * @param durable whether the broker flushes every batch
     */
    public record Options(Path data, Path config, Ports ports, boolean durable) {}

    /** Told of each part as it comes up. */
    @FunctionalInterface
    public interface Progress {
        /** {@code part} is up after {@code millis}. */
        void up(String part, long millis);
    }

    /** Starts everything; when a part fails, what was started is stopped again. */
    public static Instance start(Options options, Progress progress) throws Exception {
        DataDirectory data = DataDirectory.open(options.data());
        Instance instance = new Instance(options.ports(), data);
        instance.started.push(data);
        try {
            instance.startAll(options, progress);
            return instance;
        } catch (Exception | Error e) {
            instance.close();
            throw e;
        }
    }

    private void startAll(Options options, Progress progress) throws Exception {
        // The data directory is ours alone by now, and so is a server that runs on it.
        EmbeddedPostgresServer.stopOrphan(data.resolve("postgres"));
        PortCheck.requireFree(ports);
        EmbeddedPostgresServer postgres = part(
                progress, "PostgreSQL", () -> EmbeddedPostgresServer.start(data.resolve("postgres"), ports.postgres()));
        EmbeddedKafka kafka = part(
                progress, "Kafka", () -> EmbeddedKafka.start(data.resolve("kafka"), ports.kafka(), options.durable()));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            TopicCreation.STANDALONE.ensure(admin);
        }
        ModuleProperties properties = new ModuleProperties(
                ports, options.config(), data.resolve("state"), kafka.bootstrapServers(), postgres.jdbcUrl());
        module(progress, "rules engine", () -> RulesEngineApplication.start(properties.rulesEngine()));
        module(progress, "notifier", () -> NotifierApplication.start(properties.notifier()));
        module(progress, "self-healing", () -> SelfhealApplication.start(properties.selfheal()));
        module(progress, "console", () -> ConsoleApplication.start(properties.console()));
        // The door opens last: what it accepts finds everything behind it.
        module(progress, "collector", () -> CollectorApplication.start(properties.collector()));
        telemetry(properties.telemetry());
        data.announce(ports);
    }

    private void telemetry(Optional<URI> endpoint) {
        endpoint.ifPresent(otlp -> started.push(HostMetrics.start(otlp, HOST_INTERVAL)));
    }

    private void module(Progress progress, String name, Callable<RunningModule> start) throws Exception {
        var _ = part(progress, name, start);
    }

    private <T extends AutoCloseable> T part(Progress progress, String name, Callable<T> start) throws Exception {
        long begin = System.nanoTime();
        T part = start.call();
        started.push(part);
        progress.up(name, (System.nanoTime() - begin) / 1_000_000);
        return part;
    }

    /** Its ports. */
    public Ports ports() {
        return ports;
    }

    /** Deletes the data directory of an instance that was stopped. */
    public static void delete(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            AutoCloseable part = started.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("{} did not stop cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }
}
