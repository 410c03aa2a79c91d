package io.tocsin.rulesengine.evaluate;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A tick that need not wait any longer.
 *
 * @param reports what shards said of it, by shard
 * @param excluded shards that lag too far behind to be waited for
 * @param unknowing shards that have passed the tick and say nothing of it
 */
public record AssembledTick(
        long tickMs, SortedMap<String, ShardReport> reports, SortedSet<String> excluded, SortedSet<String> unknowing) {

    public AssembledTick {
        reports = Collections.unmodifiableSortedMap(new TreeMap<>(reports));
        excluded = Collections.unmodifiableSortedSet(new TreeSet<>(excluded));
        unknowing = Collections.unmodifiableSortedSet(new TreeSet<>(unknowing));
    }

    int expected() {
        return reports.size() + excluded.size() + unknowing.size();
    }

    /** Whether all data up to this tick is there. */
    public boolean complete() {
        return excluded.isEmpty()
                && unknowing.isEmpty()
                && reports.values().stream().allMatch(report -> report.evidence() == ShardReport.Evidence.COMPLETE);
    }
}
