package io.tocsin.notifier.flow;

import io.tocsin.contracts.Environments;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertState;
import io.tocsin.contracts.v1.DeadLetter;
import io.tocsin.contracts.v1.Disposition;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.IncidentStatus;
import io.tocsin.contracts.v1.RankedElement;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.incident.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes tocsin.incidents as the rules engine does, and reads the dead letters. */
final class IncidentLog implements AutoCloseable {

    private final Map<String, Object> client;
    private final KafkaProducer<byte[], byte[]> producer;

    IncidentLog(String bootstrapServers) {
        client = Map.of("bootstrap.servers", bootstrapServers);
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void write(Incident incident) throws Exception {
        write(snapshot(incident).toByteArray());
    }

    void write(byte[] value) throws Exception {
        byte[] key = Environments.key(Environments.DEFAULT);
        producer.send(new ProducerRecord<>(Topics.INCIDENTS.name(), key, value)).get(20, TimeUnit.SECONDS);
    }

    List<DeadLetter> deadLetters() throws Exception {
        try (var consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(Topics.DEAD_LETTERS.name(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            List<DeadLetter> letters = new ArrayList<>();
            while (consumer.position(partition) < end) {
                for (var letter : consumer.poll(Duration.ofSeconds(1))) {
                    letters.add(DeadLetter.parseFrom(letter.value()));
                }
            }
            return letters;
        }
    }

    private static IncidentSnapshot snapshot(Incident incident) {
        IncidentSnapshot.Builder snapshot = IncidentSnapshot.newBuilder()
                .setId(incident.id())
                .setEnvironment(incident.environment())
                .setStatus(IncidentStatus.valueOf(incident.status().name()))
                .setRevision(incident.revision())
                .setOpenedAtMs(incident.openedAt().toEpochMilli())
                .setClosedAtMs(millis(incident.closedAt()))
                .setAtMs(incident.at().toEpochMilli())
                .setTitle(incident.title())
                .setSeverity(incident.severity());
        incident.rootCauses()
                .forEach(cause -> snapshot.addRootCauses(RankedElement.newBuilder()
                        .setElement(cause.element())
                        .setScore(cause.score())
                        .addAllEvidence(cause.evidence())));
        incident.members().forEach(member -> snapshot.addMembers(member(member)));
        return snapshot.build();
    }

    private static io.tocsin.contracts.v1.Member member(Member member) {
        return io.tocsin.contracts.v1.Member.newBuilder()
                .setFingerprint(member.fingerprint())
                .putAllLabels(member.labels())
                .putAllAnnotations(member.annotations())
                .setState(AlertState.valueOf(member.state().name()))
                .setDisposition(
                        member.disposition() == Member.Disposition.NONE
                                ? Disposition.DISPOSITION_UNSPECIFIED
                                : Disposition.valueOf(member.disposition().name()))
                .setBecause(member.because())
                .setStartsAtMs(member.startsAt().toEpochMilli())
                .setEndsAtMs(millis(member.endsAt()))
                .setElement(member.element())
                .setRule(member.rule())
                .setSource(member.source())
                .build();
    }

    private static long millis(@Nullable Instant time) {
        return time == null ? 0 : time.toEpochMilli();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
