package io.tocsin.contracts;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * One topic of the contract.
 *
 * @param name its name in Kafka
 * @param key what the record key is, in words
 * @param value what the record value is, in words
 * @param partitions how its partition count is chosen
 * @param cleanup Kafka's cleanup policy
 * @param retention how long records are kept; zero where the policy is compaction alone
 * @param arrivalTime whether the broker stamps records with its own time (LogAppendTime)
 */
public record Topic(
        String name,
        String key,
        String value,
        Partitioning partitions,
        Cleanup cleanup,
        Duration retention,
        boolean arrivalTime) {

    /** One request of the largest size that a collector takes, with its envelope. */
    private static final int MOST_TELEMETRY_BYTES = 17 << 20;

    /** How many partitions a topic gets when it is created. */
    public enum Partitioning {
        /** The count for telemetry: scales the shards. */
        TELEMETRY,
        /** The count shared by everything keyed by environment. */
        ENVIRONMENT,
        /** Exactly one. */
        SINGLE
    }

    /** Kafka's {@code cleanup.policy}. */
    public enum Cleanup {
        DELETE,
        COMPACT
    }

    /** The settings that the topic is created with, as Kafka names them. */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("cleanup.policy", cleanup == Cleanup.COMPACT ? "compact" : "delete");
        if (!retention.isZero()) {
            settings.put("retention.ms", Long.toString(retention.toMillis()));
        }
        if (partitions == Partitioning.TELEMETRY) {
            settings.put("max.message.bytes", Integer.toString(MOST_TELEMETRY_BYTES));
        }
        if (arrivalTime) {
            settings.put("message.timestamp.type", "LogAppendTime");
        }
        return settings;
    }
}
