package io.tocsin.benchmarks.latency;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.AlertState;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.Member;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Notes when each round's transition and incident became visible to a consumer that reads committed records. */
final class Probe implements AutoCloseable {

    static final String ROUND = "round";

    private static final Duration POLL = Duration.ofMillis(5);

    private final Map<String, Long> transitions = new ConcurrentHashMap<>();
    private final Map<String, Long> incidents = new ConcurrentHashMap<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("latency-probe").unstarted(this::run);
    private volatile boolean stopped;

    Probe(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = Stream.of(Topics.ALERTS, Topics.INCIDENTS)
                .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.start();
    }

    /** {@link System#nanoTime} when the round's alert was seen to fire; null before. */
    Map<String, Long> transitions() {
        return transitions;
    }

    /** {@link System#nanoTime} when the round's incident was seen first. */
    Map<String, Long> incidents() {
        return incidents;
    }

    private void run() {
        while (!stopped) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                read(record, System.nanoTime());
            }
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record, long now) {
        try {
            if (record.topic().equals(Topics.ALERTS.name())) {
                AlertEvent event = AlertEvent.parseFrom(record.value());
                if (event.hasTransition() && event.getTransition().getTo() == AlertState.FIRING) {
                    note(transitions, event.getTransition().getLabelsMap(), now);
                }
            } else {
                for (Member member : IncidentSnapshot.parseFrom(record.value()).getMembersList()) {
                    note(incidents, member.getLabelsMap(), now);
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("not readable: " + record.topic() + " at offset " + record.offset(), e);
        }
    }

    private static void note(Map<String, Long> seen, Map<String, String> labels, long now) {
        String round = labels.get(ROUND);
        if (round != null) {
            seen.putIfAbsent(round, now);
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join();
        consumer.close();
    }
}
