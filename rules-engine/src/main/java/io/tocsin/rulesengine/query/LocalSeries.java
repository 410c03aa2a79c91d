package io.tocsin.rulesengine.query;

import io.tocsin.promql.engine.PromqlException;
import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.engine.SeriesSource;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.RulesEngineConfig;
import io.tocsin.rulesengine.shard.LocalShards;
import io.tocsin.rulesengine.shard.ShardKind;
import io.tocsin.rulesengine.store.SampleStore;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The shards of this instance as one source of series.
 *
 * <p>The stream threads go on writing meanwhile. Of the ways to allow that, a read-write lock in each store was chosen: the
 * writer takes it once per record (not per sample), a reader once per selector and shard, only while it looks up the index
 * and notes which part of each column counts. Columns are append-only and replaced rather than changed, so that the samples
 * themselves are read without the lock, however long the query takes. Copying would cost each query its memory, and a
 * snapshot per tick would cost each tick time even when nobody asks. What is given up: two selectors of one query may
 * see different newest samples, as they may in Prometheus; the samples of one series never change under a reader.
 */
@Singleton
final class LocalSeries implements SeriesSource {

    private final LocalShards shards;
    private final RulesEngineConfig config;
    private final int maxSeries;

    LocalSeries(LocalShards shards, RulesEngineConfig config, QuerySettings settings) {
        this.shards = shards;
        this.config = config;
        this.maxSeries = settings.maxSeries();
    }

    @Override
    public List<SeriesSlice> select(List<LabelMatcher> matchers, long fromMs, long toMs) {
        Map<Labels, SeriesSlice> found = new LinkedHashMap<>();
        for (SampleStore store : stores()) {
            for (SeriesSlice slice : store.selectOnce(matchers, fromMs, toMs)) {
                found.merge(slice.labels(), slice, Slices::join);
            }
            bounded(found.size());
        }
        return List.copyOf(found.values());
    }

    /** The label sets that fulfil all matchers of any of the lists and have a sample in {@code [fromMs, toMs]}, sorted. */
    Collection<Labels> series(List<List<LabelMatcher>> selectors, long fromMs, long toMs) {
        Set<Labels> found = new TreeSet<>();
        for (SampleStore store : stores()) {
            for (List<LabelMatcher> matchers : selectors) {
                found.addAll(store.series(matchers, fromMs, toMs));
                bounded(found.size());
            }
        }
        return found;
    }

    void bounded(int size) {
        if (size > maxSeries) {
            throw new PromqlException(
                    PromqlException.Kind.LIMIT, "the selector matches more than " + maxSeries + " series");
        }
    }

    List<SampleStore> stores() {
        return shards.all().values().stream().map(LocalShards.Shard::store).toList();
    }

    /** What is not answered for: the shards that neither this instance nor another has. */
    List<String> missing(Set<String> elsewhere) {
        Set<String> here = new TreeSet<>(shards.all().keySet());
        here.addAll(elsewhere);
        List<String> absent = new ArrayList<>();
        for (ShardKind kind : ShardKind.values()) {
            for (int partition = 0; partition < config.telemetryPartitions(); partition++) {
                String shard = kind.shardId(partition);
                if (!here.contains(shard)) {
                    absent.add(shard);
                }
            }
        }
        return absent.isEmpty()
                ? List.of()
                : List.of("partial result: this instance does not have, or is still restoring, the shards "
                        + String.join(", ", absent));
    }
}
