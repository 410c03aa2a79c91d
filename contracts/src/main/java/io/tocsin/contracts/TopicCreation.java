package io.tocsin.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics that do not exist yet. Counts are fixed at creation.
 *
 * @param telemetryPartitions partitions of telemetry topics, at least 1
 * @param environmentPartitions partitions of the topics keyed by environment, at least 1
 * @param replication replication factor, at least 1
 */
public record TopicCreation(int telemetryPartitions, int environmentPartitions, short replication) {

    /** What one machine runs with. */
    public static final TopicCreation STANDALONE = new TopicCreation(4, 4, (short) 1);

    public TopicCreation {
        if (telemetryPartitions < 1 || environmentPartitions < 1 || replication < 1) {
            throw new IllegalArgumentException("partitions and replication must be at least 1");
        }
    }

    /**
     * Creates what is missing and leaves what exists alone.
     *
     * @throws IllegalStateException when the broker refuses
     */
    public void ensure(Admin admin) {
        try {
            Set<String> existing = admin.listTopics().names().get();
            List<NewTopic> missing = new ArrayList<>();
            for (Topic topic : Topics.ALL) {
                if (!existing.contains(topic.name())) {
                    missing.add(describe(topic));
                }
            }
            create(admin, missing);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker refused to create topics: " + e.getCause(), e);
        }
    }

    private NewTopic describe(Topic topic) {
        int partitions = switch (topic.partitions()) {
            case TELEMETRY -> telemetryPartitions;
            case ENVIRONMENT -> environmentPartitions;
            case SINGLE -> 1;
        };
        return new NewTopic(topic.name(), partitions, replication).configs(Map.copyOf(topic.settings()));
    }

    private static void create(Admin admin, List<NewTopic> missing) throws InterruptedException, ExecutionException {
        for (var result : admin.createTopics(missing).values().values()) {
            try {
                result.get();
            } catch (ExecutionException e) {
                // Another module creates the same topics at the same time.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }
}
