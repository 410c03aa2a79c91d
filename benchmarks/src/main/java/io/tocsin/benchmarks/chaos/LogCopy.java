package io.tocsin.benchmarks.chaos;

import io.tocsin.contracts.Topic;
import io.tocsin.contracts.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the engine reads, copied to another broker: the same partitions, order, keys, headers and arrival times. */
final class LogCopy {

    private static final List<Topic> INPUTS = List.of(Topics.METRICS, Topics.SPANS, Topics.RULES);
    private static final Duration POLL = Duration.ofMillis(200);

    private LogCopy() {}

    /** Copies everything that is there now; returns how many records. */
    static long copy(String from, String to) throws Exception {
        Map<String, Object> source = Map.of("bootstrap.servers", from, "isolation.level", "read_committed");
        Map<String, Object> target = Map.of("bootstrap.servers", to);
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(source, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(target, new ByteArraySerializer(), new ByteArraySerializer());
                Admin admin = Admin.create(target)) {
            Set<TopicPartition> partitions = INPUTS.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .collect(Collectors.toSet());
            create(admin, partitions);
            return copy(consumer, producer, partitions);
        }
    }

    private static void create(Admin admin, Set<TopicPartition> partitions) throws Exception {
        // Times are those of the first log, not of the copy.
        List<NewTopic> topics = INPUTS.stream()
                .map(topic -> new NewTopic(
                                topic.name(),
                                (int) partitions.stream()
                                        .filter(partition -> partition.topic().equals(topic.name()))
                                        .count(),
                                (short) 1)
                        .configs(Map.of("message.timestamp.type", "CreateTime")))
                .toList();
        admin.createTopics(topics).all().get();
    }

    private static long copy(
            KafkaConsumer<byte[], byte[]> consumer,
            KafkaProducer<byte[], byte[]> producer,
            Set<TopicPartition> partitions) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long copied = 0;
        while (partitions.stream()
                .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                var _ = producer.send(new ProducerRecord<>(
                        record.topic(),
                        record.partition(),
                        record.timestamp(),
                        record.key(),
                        record.value(),
                        record.headers()));
                copied++;
            }
        }
        producer.flush();
        return copied;
    }
}
