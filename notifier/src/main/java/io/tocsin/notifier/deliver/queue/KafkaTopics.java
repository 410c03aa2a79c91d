package io.tocsin.notifier.deliver.queue;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.KafkaOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes notices to topics: the key is the group's, the value Alertmanager's webhook format, the header
 * {@code webhook-id} the notice's idempotency key, by which a reader can tell what came twice.
 */
public final class KafkaTopics implements AutoCloseable {

    private final Map<Map<String, String>, Producer<String, String>> producers = new ConcurrentHashMap<>();

    /** One try. */
    public Outcome tell(Notice notice, KafkaOptions options, Texts texts, Duration limit) throws InterruptedException {
        Map<String, String> properties = new HashMap<>();
        options.properties().forEach((name, value) -> properties.put(name, texts.secret(value)));
        ProducerRecord<String, String> written =
                new ProducerRecord<>(texts.exact(options.topic()), notice.groupKey(), notice.document());
        written.headers().add("webhook-id", notice.id().getBytes(StandardCharsets.UTF_8));
        try {
            Producer<String, String> producer =
                    producers.computeIfAbsent(Map.copyOf(properties), all -> producer(all, limit));
            Future<RecordMetadata> sent = producer.send(written);
            RecordMetadata at = sent.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return new Outcome.Accepted("partition " + at.partition() + ", offset " + at.offset());
        } catch (TimeoutException e) {
            return new Outcome.Failed("no answer within " + limit);
        } catch (ExecutionException e) {
            return verdict(Objects.requireNonNullElse(e.getCause(), e));
        } catch (KafkaException e) {
            return verdict(e);
        }
    }

    private static Outcome verdict(Throwable failure) {
        String words = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return failure instanceof RetriableException ? new Outcome.Failed(words) : new Outcome.Refused(words);
    }

    private static Producer<String, String> producer(Map<String, String> properties, Duration limit) {
        Map<String, Object> all = new HashMap<>();
        int millis = (int) Math.min(limit.toMillis(), Integer.MAX_VALUE);
        all.put("max.block.ms", millis);
        all.put("request.timeout.ms", millis);
        all.put("delivery.timeout.ms", millis);
        all.put("linger.ms", 0);
        all.put("client.id", "tocsin-notifier");
        all.putAll(properties);
        return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
    }

    @Override
    public void close() {
        producers.values().forEach(producer -> producer.close(Duration.ofSeconds(1)));
    }
}
