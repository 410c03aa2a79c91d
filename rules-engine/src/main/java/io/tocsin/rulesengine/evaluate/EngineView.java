package io.tocsin.rulesengine.evaluate;

import io.tocsin.rulesengine.alert.AlertState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the rules of this instance look like after the newest tick, for readers on other threads: each partition's
 * snapshot is immutable and replaced as a whole.
 */
public final class EngineView {

    /** How a rule is. */
    public enum Health {
        OK,
        ERROR,
        /** Not evaluated yet, or waiting for data. */
        UNKNOWN
    }

    /** An alert that is not inactive. Times are Unix milliseconds. */
    public record AlertView(
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations,
            AlertState state,
            long activeSinceMs,
            double value) {}

    /**
     * A rule.
     *
     * @param alerting whether it is an alerting rule; a recording rule has no durations, annotations and alerts
     * @param annotations as they are written, before templates are expanded
     * @param lastError why it is not {@link Health#OK}; "" where it is
     * @param lastEvaluationMs the newest tick that it was evaluated at; 0 for none
     * @param seconds how long that took
     */
    public record RuleView(
            String id,
            String name,
            boolean alerting,
            String query,
            Map<String, String> labels,
            Map<String, String> annotations,
            long forMs,
            long keepFiringForMs,
            Health health,
            String lastError,
            long lastEvaluationMs,
            double seconds,
            List<AlertView> alerts) {}

    /** A group with its rules, in their order. */
    public record GroupView(
            String file,
            String name,
            long intervalMs,
            int limit,
            long lastEvaluationMs,
            double seconds,
            List<RuleView> rules) {}

    /** What one evaluate partition shows. */
    public record PartitionView(long tickMs, List<GroupView> groups, List<AlertView> engineAlerts) {}

    private final Map<Integer, PartitionView> partitions = new ConcurrentHashMap<>();

    /** Replaces what a partition shows. */
    public void publish(int partition, PartitionView view) {
        partitions.put(partition, view);
    }

    /** The partition has moved to another instance. */
    public void retract(int partition) {
        partitions.remove(partition);
    }

    /** All groups of this instance, by file and name. */
    public List<GroupView> groups() {
        return partitions.values().stream()
                .flatMap(view -> view.groups().stream())
                .sorted(Comparator.comparing(GroupView::file).thenComparing(GroupView::name))
                .toList();
    }

    /** What the engine says of itself: shards that stalled, rules that hit their limit. */
    public List<AlertView> engineAlerts() {
        return partitions.values().stream()
                .flatMap(view -> view.engineAlerts().stream())
                .toList();
    }

    /** The newest tick of each evaluate partition of this instance. */
    public Map<Integer, Long> ticks() {
        Map<Integer, Long> ticks = new ConcurrentHashMap<>();
        partitions.forEach((partition, view) -> ticks.put(partition, view.tickMs()));
        return ticks;
    }
}
