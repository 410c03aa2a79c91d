package io.tocsin.notifier.intake;

import com.google.protobuf.ByteString;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.DeadLetter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes what could not be read to where people find it. */
final class DeadLetters implements AutoCloseable {

    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(10);

    private final KafkaProducer<byte[], byte[]> producer;

    DeadLetters(Map<String, Object> clientProperties) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put("acks", "all");
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Writes a record and waits for the acknowledgement.
     *
     * @throws IllegalStateException when it was not acknowledged: the record must not be passed over then
     */
    void write(ConsumerRecord<byte[], byte[]> record, String reason, String detail) throws InterruptedException {
        DeadLetter.Builder letter = DeadLetter.newBuilder()
                .setModule("notifier")
                .setReason(reason)
                .setDetail(detail)
                .setTopic(record.topic())
                .setPartition(record.partition())
                .setOffset(record.offset());
        if (record.key() != null) {
            letter.setKey(ByteString.copyFrom(record.key()));
        }
        if (record.value() != null) {
            letter.setValue(ByteString.copyFrom(record.value()));
        }
        try {
            producer.send(new ProducerRecord<>(
                            Topics.DEAD_LETTERS.name(), letter.build().toByteArray()))
                    .get(ACKNOWLEDGED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the dead letter was not acknowledged", e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
