package io.tocsin.notifier.intake;

import io.tocsin.contracts.AlertIdentity;
import io.tocsin.contracts.Environments;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.AlertState;
import io.tocsin.contracts.v1.AlertTransition;
import io.tocsin.contracts.v1.Completeness;
import io.tocsin.contracts.v1.DataQuality;
import io.tocsin.contracts.v1.TransitionReason;
import io.tocsin.notifier.external.ExternalAlert;
import io.tocsin.runtime.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes changes of alerts that others raise to tocsin.alerts, beside those of the rules. */
public final class AlertPublisher implements AutoCloseable {

    /** One rule for all external alerts: two sources that raise the same label set raise one alert. */
    static final String RULE = "external";

    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(10);
    private static final long UNKNOWN_AGE = -1;

    private final KafkaProducer<byte[], byte[]> producer;

    public AlertPublisher(KafkaSettings kafka) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put("acks", "all");
        properties.putIfAbsent("max.block.ms", ACKNOWLEDGED_WITHIN.toMillis());
        properties.putIfAbsent("request.timeout.ms", 5_000);
        properties.putIfAbsent("delivery.timeout.ms", (int) ACKNOWLEDGED_WITHIN.toMillis());
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Writes what is to be told and waits until all of it is acknowledged.
     *
     * @throws NotPublished when some was not
     */
    public void publish(Collection<ExternalAlert> changes) throws InterruptedException {
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ExternalAlert change : changes) {
                AlertTransition transition = transition(change);
                sent.add(producer.send(new ProducerRecord<>(
                        Topics.ALERTS.name(),
                        Environments.key(transition.getEnvironment()),
                        AlertEvent.newBuilder()
                                .setTransition(transition)
                                .build()
                                .toByteArray())));
            }
            for (Future<RecordMetadata> acknowledgement : sent) {
                var _ = acknowledgement.get(ACKNOWLEDGED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new NotPublished(e);
        }
    }

    /** As the contract writes it. Two posts that say the same at the same time have one id. */
    public static AlertTransition transition(ExternalAlert change) {
        AlertState to = change.burning() ? AlertState.FIRING : AlertState.INACTIVE;
        long atMs = change.changedAt().toEpochMilli();
        long startsMs = change.posted().startsAt().toEpochMilli();
        return AlertTransition.newBuilder()
                .setId(AlertIdentity.transition(RULE, change.fingerprint(), atMs, to.name()))
                .setFingerprint(change.fingerprint())
                .setEnvironment(change.posted().labels().getOrDefault(Environments.LABEL, Environments.DEFAULT))
                .setRule(RULE)
                .putAllLabels(change.posted().labels())
                .putAllAnnotations(change.posted().annotations())
                .setFrom(change.burning() ? AlertState.INACTIVE : AlertState.FIRING)
                .setTo(to)
                .setReason(TransitionReason.EXTERNAL)
                .setAtMs(atMs)
                .setActiveSinceMs(startsMs)
                .setFiredAtMs(startsMs)
                .setValue(Double.NaN)
                .setQuality(DataQuality.newBuilder()
                        .setCompleteness(Completeness.COMPLETENESS_UNSPECIFIED)
                        .setNewestSampleAgeMs(UNKNOWN_AGE))
                .setSource(change.source())
                .setGeneratorUrl(change.posted().generatorUrl())
                .build();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }

    /** Kafka did not acknowledge: the sender must try again. */
    public static final class NotPublished extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotPublished(Exception cause) {
            super("Kafka did not acknowledge the alerts: " + cause.getMessage(), cause);
        }
    }
}
