package io.tocsin.standalone.demo.story;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.RemediationEvent;
import io.tocsin.contracts.v1.TopologyRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Watches the public topics as any consumer would: only what is committed counts. */
final class Observer implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<String> edges = new HashSet<>();

    Observer(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = Stream.of(
                        Topics.ALERTS, Topics.INCIDENTS, Topics.REMEDIATIONS, Topics.TOPOLOGY)
                .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The calls between services that were seen so far, as "caller→callee". */
    Set<String> edges() {
        return Set.copyOf(edges);
    }

    /** Reads what is new; what belongs to the story goes to {@code timeline}, when there is one. */
    void poll(@Nullable Timeline timeline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            read(record, timeline, Instant.now());
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record, @Nullable Timeline timeline, Instant at) {
        String topic = record.topic();
        if (topic.equals(Topics.TOPOLOGY.name())) {
            TopologyRecord topology = parse(TopologyRecord.parser(), record);
            if (topology.hasCall()) {
                edges.add(topology.getCall().getCaller() + "→"
                        + topology.getCall().getCallee());
            }
        } else if (timeline == null) {
            return;
        } else if (topic.equals(Topics.ALERTS.name())) {
            AlertEvent event = parse(AlertEvent.parser(), record);
            if (event.hasTransition()) {
                timeline.alert(event.getTransition(), at);
            }
        } else if (topic.equals(Topics.INCIDENTS.name())) {
            timeline.incident(parse(IncidentSnapshot.parser(), record), at);
        } else {
            timeline.remediation(parse(RemediationEvent.parser(), record), at);
        }
    }

    private static <T extends MessageLite> T parse(Parser<T> parser, ConsumerRecord<byte[], byte[]> record) {
        try {
            return parser.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("not readable: " + record.topic() + " at offset " + record.offset(), e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
