package io.tocsin.rulesengine.shard;

import io.tocsin.rulesengine.store.SampleStore;

/** Shards that no topology fills, for tests of what reads them. */
public final class OpenShards {

    private OpenShards() {}

    public static void open(LocalShards shards, String id, SampleStore store) {
        shards.opened(new LocalShards.Shard(id, store));
    }

    public static void close(LocalShards shards, LocalShards.Shard shard) {
        shards.closed(shard);
    }

    public static void describe(LocalShards shards, String family, String type, String unit, String help) {
        shards.catalog().describe(family, new MetricCatalog.Entry(type, unit, help));
    }
}
