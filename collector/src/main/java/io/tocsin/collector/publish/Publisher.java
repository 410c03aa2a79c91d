package io.tocsin.collector.publish;

import io.tocsin.collector.CollectorSettings;
import io.tocsin.collector.limits.Limits;
import io.tocsin.contracts.Topic;
import io.tocsin.runtime.kafka.KafkaSettings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The idempotent producer of telemetry: a record counts as published when all in-sync replicas have it. */
@Singleton
public final class Publisher {

    /** What Kafka counts beside key and value. */
    private static final int ENVELOPE_BYTES = 64 << 10;

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final KafkaProducer<byte[], byte[]> producer;

    Publisher(KafkaSettings kafka, CollectorSettings settings, Limits limits) {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put("client.id", settings.id());
        properties.put("acks", "all");
        properties.put("enable.idempotence", true);
        properties.put("compression.type", "lz4");
        properties.put("linger.ms", 5);
        properties.put("batch.size", 256 << 10);
        properties.put("buffer.memory", settings.maxInFlightBytes());
        properties.put("max.request.size", limits.maxRecordBytes() + ENVELOPE_BYTES);
        properties.put("max.block.ms", settings.publishTimeout().toMillis());
        properties.put("delivery.timeout.ms", (int) settings.publishTimeout().toMillis());
        properties.put("request.timeout.ms", (int) settings.publishTimeout().toMillis() / 2);
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Publishes one record; completes when it is acknowledged, fails with Kafka's reason. */
    public CompletableFuture<Void> publish(Topic topic, byte[] key, byte[] value) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        try {
            var _ = producer.send(new ProducerRecord<>(topic.name(), key, value), (metadata, failure) -> {
                if (failure == null) {
                    acknowledged.complete(null);
                } else {
                    acknowledged.completeExceptionally(failure);
                }
            });
        } catch (KafkaException e) {
            acknowledged.completeExceptionally(e);
        }
        return acknowledged;
    }

    @PreDestroy
    void close() {
        producer.close(CLOSE_WITHIN);
    }
}
