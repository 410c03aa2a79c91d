package io.tocsin.benchmarks.engine;

import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.contracts.Topics;
import io.tocsin.rulesengine.heartbeat.Heartbeat;
import io.tocsin.rulesengine.tick.DoorEvidence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A log of the past: what a fleet would have reported, with the times at which it would have arrived. */
final class History {

    private static final List<String> TELEMETRY = List.of(Topics.METRICS.name(), Topics.SPANS.name());
    /** Any longer, and the log has a gap. */
    private static final long BEAT_MS = 3_000;

    private static final byte[] EMPTY = {};

    private final String bootstrapServers;

    History(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Creates the telemetry topics so that who writes says when a record arrived. */
    void begin() throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            admin.createTopics(TELEMETRY.stream()
                            .map(topic -> new NewTopic(topic, TopicCreation.STANDALONE.telemetryPartitions(), (short) 1)
                                    .configs(Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime")))
                            .toList())
                    .all()
                    .get();
        }
    }

    /**
     * Writes a report of each target per interval, spread over it, and heartbeats, up to now.
     *
     * @param written is told each round that is in the log
     * @return arrival time of the last record, milliseconds
     */
    long write(Senders fleet, Duration span, Duration interval, IntConsumer written) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "compression.type",
                        "lz4",
                        "linger.ms",
                        20,
                        "batch.size",
                        256 * 1024,
                        "delivery.timeout.ms",
                        300_000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            byte[][] keys = new byte[fleet.size()][];
            for (int target = 0; target < keys.length; target++) {
                keys[target] = TargetIdentity.of(fleet.resource(target)).key();
            }
            int rounds = (int) (span.toMillis() / interval.toMillis());
            long last = System.currentTimeMillis();
            long nextBeat = last - rounds * interval.toMillis();
            for (int round = 0; round < rounds; round++) {
                long roundMs = last - (rounds - round) * interval.toMillis();
                for (int target = 0; target < keys.length; target++) {
                    long atMs = roundMs + interval.toMillis() * target / keys.length;
                    for (; nextBeat <= atMs; nextBeat += BEAT_MS) {
                        beat(producer, nextBeat);
                    }
                    var _ = producer.send(new ProducerRecord<>(
                            Topics.METRICS.name(), null, atMs, keys[target], fleet.report(target, atMs)));
                }
                producer.flush();
                written.accept(round + 1);
            }
            beat(producer, last);
            return last;
        }
    }

    private static void beat(KafkaProducer<byte[], byte[]> producer, long atMs) {
        Heartbeat heartbeat = new Heartbeat(0, DoorEvidence.COMPLETE);
        for (String topic : TELEMETRY) {
            for (int partition = 0; partition < TopicCreation.STANDALONE.telemetryPartitions(); partition++) {
                var _ = producer.send(new ProducerRecord<>(topic, partition, atMs, EMPTY, EMPTY, heartbeat.headers()));
            }
        }
    }

    /** From here on the broker says when a record arrived. */
    void end() throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            for (String topic : TELEMETRY) {
                ConfigEntry byBroker = new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
                admin.incrementalAlterConfigs(Map.of(
                                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                                List.of(new AlterConfigOp(byBroker, AlterConfigOp.OpType.SET))))
                        .all()
                        .get();
            }
        }
    }

    private Admin admin() {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers));
    }
}
