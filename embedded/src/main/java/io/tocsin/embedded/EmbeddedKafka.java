package io.tocsin.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One Kafka broker and controller (KRaft) in this JVM, on loopback. Its data survives restart and {@code kill -9}; with
 * {@code durable} every batch is flushed, so that it survives the loss of power too.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final int NODE = 1;
    // One node that never meets another: its id only has to stay the same over restarts.
    private static final String CLUSTER = "dG9jc2luLXN0YW5kYWxv";
    private static final String HOST = "127.0.0.1";

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker; returns when it serves clients.
     *
     * @param data where its log lies; made if absent
     * @param port listener port, 0 for a free one
     */
    public static EmbeddedKafka start(Path data, int port) {
        return start(data, port, false);
    }

    /** As {@link #start(Path, int)}; {@code durable} flushes every batch to disk before it is acknowledged. */
    public static EmbeddedKafka start(Path data, int port, boolean durable) {
        int clientPort = FreePorts.orFree(port);
        int controllerPort = FreePorts.next();
        format(data);
        KafkaRaftServer server = new KafkaRaftServer(
                new KafkaConfig(settings(data, clientPort, controllerPort, durable), false), Time.SYSTEM);
        server.startup();
        return new EmbeddedKafka(server, HOST + ":" + clientPort);
    }

    /** Where clients connect. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path data) {
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(NODE)
                .setClusterId(CLUSTER)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(data.toString())
                .setDirectories(java.util.List.of(data.toString()))
                .setIgnoreFormatted(true);
        try {
            formatter.run();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "cannot prepare the Kafka data directory " + data + ": " + e.getMessage(), e);
        }
    }

    private static Properties settings(Path data, int clientPort, int controllerPort, boolean durable) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", Integer.toString(NODE));
        p.put("controller.quorum.voters", NODE + "@" + HOST + ":" + controllerPort);
        p.put("listeners", "PLAINTEXT://" + HOST + ":" + clientPort + ",CONTROLLER://" + HOST + ":" + controllerPort);
        p.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + clientPort);
        p.put("controller.listener.names", "CONTROLLER");
        p.put("log.dirs", data.toString());
        p.put("auto.create.topics.enable", "false");
        p.put("offsets.topic.replication.factor", "1");
        p.put("offsets.topic.num.partitions", "4");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("transaction.state.log.num.partitions", "4");
        p.put("group.initial.rebalance.delay.ms", "0");
        // After kill -9 the controller must notice soon that the old registration is dead.
        p.put("broker.session.timeout.ms", "1500");
        p.put("broker.heartbeat.interval.ms", "300");
        p.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        p.put("log.segment.bytes", Integer.toString(64 << 20));
        p.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
        if (durable) {
            p.put("log.flush.interval.messages", "1");
        }
        return p;
    }
}
