package io.tocsin.rulesengine.heartbeat;

import io.tocsin.contracts.Topics;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;

/** The telemetry partitions whose shards run in this instance. */
public record OwnedPartitions(KafkaStreams streams) implements Supplier<Set<TopicPartition>> {

    private static final Set<String> TELEMETRY = Set.of(Topics.METRICS.name(), Topics.SPANS.name());

    @Override
    public Set<TopicPartition> get() {
        Set<TopicPartition> owned =
                new TreeSet<>(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));
        for (ThreadMetadata thread : streams.metadataForLocalThreads()) {
            for (TaskMetadata task : thread.activeTasks()) {
                task.topicPartitions().stream()
                        .filter(partition -> TELEMETRY.contains(partition.topic()))
                        .forEach(owned::add);
            }
        }
        return owned;
    }
}
