package io.tocsin.notifier.interval;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The intervals of a configuration by name. A name has several intervals, and holds when one of them does.
 *
 * @param byName every name that routes may use
 */
public record TimeIntervals(Map<String, List<TimeInterval>> byName) {

    /** No names. */
    public static final TimeIntervals NONE = new TimeIntervals(Map.of());

    public TimeIntervals {
        byName = byName.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
    }

    /** Those of the names that hold at a time, in the order given; a name that is not known does not. */
    public List<String> holding(Collection<String> names, Instant time) {
        return names.stream()
                .filter(name ->
                        byName.getOrDefault(name, List.of()).stream().anyMatch(interval -> interval.contains(time)))
                .toList();
    }
}
