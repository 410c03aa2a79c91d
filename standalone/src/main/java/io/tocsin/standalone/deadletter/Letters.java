package io.tocsin.standalone.deadletter;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.DeadLetter;
import io.tocsin.standalone.cli.UserError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads tocsin.dead_letters. */
final class Letters {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.DEAD_LETTERS.name(), 0);

    private Letters() {}

    /**
     * All that the topic holds now, oldest first.
     *
     * @throws UserError when Kafka does not answer
     */
    static List<Letter> all(Map<String, Object> client) {
        List<Letter> letters = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            consumer.seekToBeginning(List.of(PARTITION));
            while (consumer.position(PARTITION) < end) {
                consumer.poll(POLL).forEach(record -> letters.add(letter(record)));
            }
            return letters;
        } catch (KafkaException e) {
            throw new UserError("Kafka at " + client.get("bootstrap.servers") + " does not answer: " + e.getMessage());
        }
    }

    /**
     * The one with this number.
     *
     * @throws UserError when there is none
     */
    static Letter one(Map<String, Object> client, long number) {
        return all(client).stream()
                .filter(letter -> letter.number() == number)
                .findFirst()
                .orElseThrow(() -> new UserError("no dead letter " + number + "; tocsin dead-letters list names them"));
    }

    private static Letter letter(ConsumerRecord<byte[], byte[]> record) {
        Instant written = Instant.ofEpochMilli(record.timestamp());
        try {
            return new Letter(record.offset(), written, DeadLetter.parseFrom(record.value()));
        } catch (InvalidProtocolBufferException e) {
            DeadLetter unreadable = DeadLetter.newBuilder()
                    .setReason("UNREADABLE")
                    .setDetail("this is no dead letter: " + e.getMessage())
                    .build();
            return new Letter(record.offset(), written, unreadable);
        }
    }
}
