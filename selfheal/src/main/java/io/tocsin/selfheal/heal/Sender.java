package io.tocsin.selfheal.heal;

import io.tocsin.contracts.Environments;
import io.tocsin.contracts.Topics;
import io.tocsin.selfheal.store.Outbox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends remediation events from the outbox, in order, each at least once with one id. */
public final class Sender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Map<String, Object> clientProperties;
    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Thread thread =
            Thread.ofPlatform().name("selfheal-sender").daemon(true).unstarted(this::run);
    private volatile boolean closed;

    public Sender(Map<String, Object> clientProperties, Jdbi jdbi, InstantSource clock) {
        this.clientProperties = Map.copyOf(clientProperties);
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Starts to send. */
    public void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            try (KafkaProducer<byte[], byte[]> producer = producer()) {
                while (!closed) {
                    if (!send(producer)) {
                        Thread.sleep(PAUSE);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warn("remediation events cannot be sent, trying again", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private boolean send(KafkaProducer<byte[], byte[]> producer) {
        return jdbi.inTransaction(handle -> {
            List<Outbox.Waiting> batch = Outbox.next(handle);
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Outbox.Waiting waiting : batch) {
                sent.add(producer.send(new ProducerRecord<>(
                        Topics.REMEDIATIONS.name(), Environments.key(waiting.environment()), waiting.event())));
            }
            for (int i = 0; i < batch.size(); i++) {
                acknowledged(sent.get(i));
                Outbox.sent(handle, batch.get(i).seq(), clock.instant());
            }
            return !batch.isEmpty();
        });
    }

    private static void acknowledged(Future<RecordMetadata> sent) {
        try {
            var _ = sent.get();
        } catch (ExecutionException e) {
            throw new KafkaException("an event was not acknowledged", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while sending", e);
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put("client.id", "tocsin-selfheal-events");
        properties.put("acks", "all");
        properties.put("linger.ms", 0);
        properties.put("delivery.timeout.ms", 30_000);
        properties.put("request.timeout.ms", 10_000);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
