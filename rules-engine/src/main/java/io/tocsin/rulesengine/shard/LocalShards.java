package io.tocsin.rulesengine.shard;

import io.tocsin.rulesengine.store.SampleStore;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The shards that this instance owns now, and what its rules recorded, for those who read from outside the stream threads. */
public final class LocalShards {

    private final Map<String, Shard> shards = new ConcurrentHashMap<>();
    private final MetricCatalog catalog = new MetricCatalog();

    /** One shard that can be read. */
    public record Shard(String id, SampleStore store) {}

    /** A shard can be read from now on. */
    public void opened(Shard shard) {
        shards.put(shard.id(), shard);
    }

    /** Takes a shard out, unless another thread has opened it again already. */
    public void closed(Shard shard) {
        shards.remove(shard.id(), shard);
    }

    /** All shards, by id. */
    public Map<String, Shard> all() {
        return new TreeMap<>(shards);
    }

    /** What is known of the metrics. */
    public MetricCatalog catalog() {
        return catalog;
    }
}
