package io.tocsin.selfheal.flow;

import io.tocsin.contracts.Environments;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertState;
import io.tocsin.contracts.v1.Completeness;
import io.tocsin.contracts.v1.DataQuality;
import io.tocsin.contracts.v1.Disposition;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.IncidentStatus;
import io.tocsin.contracts.v1.Member;
import io.tocsin.contracts.v1.RankedElement;
import io.tocsin.contracts.v1.RemediationEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes tocsin.incidents as the rules engine does, and reads tocsin.remediations. */
final class Log implements AutoCloseable {

    private final Map<String, Object> client;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Long> revisions = new HashMap<>();

    Log(String bootstrapServers) {
        client = Map.of("bootstrap.servers", bootstrapServers);
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** An incident whose root alert "Down" at this element is in this state. */
    void write(String incident, String element, AlertState state, IncidentStatus status) throws Exception {
        IncidentSnapshot snapshot = snapshot(incident, element, state, status).build();
        producer.send(new ProducerRecord<>(
                        Topics.INCIDENTS.name(), Environments.key(Environments.DEFAULT), snapshot.toByteArray()))
                .get(20, TimeUnit.SECONDS);
    }

    void fires(String incident, String element) throws Exception {
        write(incident, element, AlertState.FIRING, IncidentStatus.OPEN);
    }

    void recovers(String incident, String element) throws Exception {
        write(incident, element, AlertState.INACTIVE, IncidentStatus.CLOSED);
    }

    private IncidentSnapshot.Builder snapshot(
            String incident, String element, AlertState state, IncidentStatus status) {
        long now = Instant.now().toEpochMilli();
        return IncidentSnapshot.newBuilder()
                .setId(incident)
                .setEnvironment(Environments.DEFAULT)
                .setStatus(status)
                .setRevision(revisions.merge(incident, 1L, Long::sum))
                .setAtMs(now)
                .setTitle(incident)
                .addRootCauses(RankedElement.newBuilder().setElement(element).setScore(1))
                .addMembers(Member.newBuilder()
                        .setFingerprint(fingerprint(incident))
                        .putLabels("alertname", "Down")
                        .setState(state)
                        .setDisposition(Disposition.ROOT)
                        .setStartsAtMs(now)
                        .setElement(element)
                        .setSource("tocsin")
                        .setQuality(DataQuality.newBuilder()
                                .setCompleteness(Completeness.COMPLETE)
                                .setNewestSampleAgeMs(-1)));
    }

    static String fingerprint(String incident) {
        return "fingerprint-of-" + incident;
    }

    /** All remediation events of an incident so far, in their order. */
    List<RemediationEvent> remediations(String incident) throws Exception {
        try (var consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.REMEDIATIONS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<RemediationEvent> events = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                for (var event : consumer.poll(Duration.ofSeconds(1))) {
                    events.add(RemediationEvent.parseFrom(event.value()));
                }
            }
            return events.stream()
                    .filter(event -> event.getIncidentId().equals(incident))
                    .toList();
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
