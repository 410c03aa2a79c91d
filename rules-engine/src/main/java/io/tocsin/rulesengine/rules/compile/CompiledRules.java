package io.tocsin.rulesengine.rules.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One version of the rules, ready to be evaluated.
 *
 * @param version its name; versions sort by age
 * @param effectiveFromMs the first tick at which it holds, Unix milliseconds
 * @param groups all groups, in the order of the files
 * @param partitionKeys per group, in the same order, the hash that chooses its evaluate partition
 */
public record CompiledRules(
        String version, long effectiveFromMs, List<CompiledGroup> groups, List<Integer> partitionKeys) {

    /** No rules: what holds before the first version. */
    public static final CompiledRules NONE = new CompiledRules("", Long.MIN_VALUE, List.of(), List.of());

    public CompiledRules {
        groups = List.copyOf(groups);
        partitionKeys = List.copyOf(partitionKeys);
        if (groups.size() != partitionKeys.size()) {
            throw new IllegalArgumentException("a partition key for each group");
        }
    }

    /** The groups that one of {@code partitions} evaluate partitions owns. */
    public List<CompiledGroup> groupsOf(int partition, int partitions) {
        List<CompiledGroup> owned = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            if (Math.floorMod(partitionKeys.get(i), partitions) == partition) {
                owned.add(groups.get(i));
            }
        }
        return owned;
    }

    /** The groups of an evaluate partition that are due at a tick. */
    public List<CompiledGroup> due(long tickMs, int partition, int partitions) {
        return groupsOf(partition, partitions).stream()
                .filter(group -> group.dueAt(tickMs))
                .toList();
    }

    /** Whether a group is due at ticks that are no multiples of this. */
    public boolean needsTicksBetween(long baseTickMs) {
        return groups.stream().anyMatch(group -> group.intervalMs() % baseTickMs != 0);
    }

    /** All rules of all groups. */
    public Stream<CompiledRule> rules() {
        return groups.stream().flatMap(group -> group.rules().stream());
    }
}
