package io.tocsin.selfheal.action.kafka;

import io.tocsin.selfheal.action.Executor;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Sight;
import io.tocsin.selfheal.action.Trouble;
import io.tocsin.selfheal.playbook.KafkaAction;
import io.tocsin.selfheal.playbook.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends a message. Its header {@code tocsin-order} is the same whenever the step is tried again, and is looked for in
 * what the topic got since the step began; {@code tocsin-fencing-token} grows with every change of who acts.
 */
public final class KafkaExecutor implements Executor<KafkaAction> {

    static final String ORDER = "tocsin-order";
    private static final String TOKEN = "tocsin-fencing-token";

    @Override
    public Sight see(KafkaAction action, Target target, Order order) throws Trouble, InterruptedException {
        Properties settings = Settings.read(action, target);
        return guarded(action, target, () -> {
            int partitions = partitions(settings, action.topicFor(target));
            if (!order.repeated()) {
                return Sight.notYet("it was not sent before");
            }
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                return new Search(consumer, action.topicFor(target), partitions).of(order);
            }
        });
    }

    private static int partitions(Properties settings, String topic) throws ExecutionException, InterruptedException {
        Admin admin = Admin.create(settings);
        try {
            TopicDescription described = Objects.requireNonNull(admin.describeTopics(List.of(topic))
                            .topicNameValues()
                            .get(topic))
                    .get();
            return described.partitions().size();
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    @Override
    public String change(KafkaAction action, Target target, Order order) throws Trouble, InterruptedException {
        Properties settings = Settings.producing(Settings.read(action, target), order.timeout());
        ProducerRecord<String, String> message = new ProducerRecord<>(
                action.topicFor(target),
                action.key().fill(target),
                action.value().fill(target));
        message.headers().add(ORDER, order.id().getBytes(StandardCharsets.UTF_8));
        message.headers().add(TOKEN, Long.toString(order.token()).getBytes(StandardCharsets.UTF_8));
        return guarded(action, target, () -> {
            KafkaProducer<String, String> producer =
                    new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
            try {
                RecordMetadata written = producer.send(message).get();
                return "the broker has it at offset " + written.offset() + " of partition " + written.partition();
            } finally {
                // What was not acknowledged by now is given up: whoever stopped it does not wait for it.
                producer.close(Duration.ZERO);
            }
        });
    }

    private static <T> T guarded(KafkaAction action, Target target, Callable<T> work)
            throws Trouble, InterruptedException {
        try {
            return work.call();
        } catch (InterruptedException | IllegalArgumentException e) {
            throw e;
        } catch (InterruptException e) {
            // Kafka's clients have set the interrupt again.
            var _ = Thread.interrupted();
            throw new InterruptedException();
        } catch (ExecutionException e) {
            throw trouble(action, target, e.getCause() == null ? e : e.getCause());
        } catch (Exception e) {
            throw trouble(action, target, e);
        }
    }

    private static Trouble trouble(KafkaAction action, Target target, Throwable e) {
        String where = "kafka at " + action.bootstrapServersFor(target) + ": ";
        return switch (e) {
            case Trouble known -> known;
            case UnknownTopicOrPartitionException absent ->
                new Trouble(End.ABSENT, where + "there is no topic " + action.topicFor(target), e);
            case AuthenticationException denied ->
                new Trouble(End.REFUSED, where + "the credentials are not accepted: " + e.getMessage(), e);
            case AuthorizationException denied -> new Trouble(End.REFUSED, where + e.getMessage(), e);
            case TimeoutException silent -> new Trouble(End.UNREACHABLE, where + "no answer: " + e.getMessage(), e);
            default -> new Trouble(End.FAILED, where + e.getMessage(), e);
        };
    }
}
