package io.tocsin.rulesengine.shard;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What senders say of their metrics: type, unit and help. For people who ask, not for rules: it is on the heap, and the
 * next reports fill it after a restart.
 */
public final class MetricCatalog {

    private static final int MOST = 100_000;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** The last thing that was said of a metric family. */
    public record Entry(String type, String unit, String help) {}

    void describe(String family, Entry entry) {
        if (entries.size() < MOST || entries.containsKey(family)) {
            entries.put(family, entry);
        }
    }

    /** All families, sorted by name. */
    public Map<String, Entry> entries() {
        return new TreeMap<>(entries);
    }
}
