package io.tocsin.rulesengine.store;

import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.engine.SeriesSource;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.store.chunk.Chunk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one shard, in memory. It is a cache: whoever owns it logs what {@link #take} returns and gives it back
 * through {@link #restoreSeries} and {@link #restore}, in the same order.
 *
 * <p>One thread writes, any thread reads: writing locks once per record, reading once per selector, and a slice that was
 * handed out does not change any more (see {@link Series}).
 */
public final class SampleStore implements SeriesSource {

    private final StoreLimits limits;
    private final SeriesIndex index = new SeriesIndex();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private int nextId;

    public SampleStore(StoreLimits limits) {
        this.limits = limits;
    }

    /** One sample of a record. A histogram makes the value meaningless; a start of 0 is not known. */
    public record Incoming(
            Labels labels,
            long timestampMs,
            double value,
            @Nullable FloatHistogram histogram,
            long startMs) {}

    /** Takes a record's samples, in their order. */
    public Intake take(Collection<Incoming> samples, long arrivalMs) {
        lock.writeLock().lock();
        try {
            Fates fates = new Fates();
            SortedMap<Integer, Labels> begun = new TreeMap<>();
            SampleBlock.Builder accepted = new SampleBlock.Builder(arrivalMs);
            for (Incoming sample : samples) {
                fates.count(take(sample, arrivalMs, accepted, begun));
            }
            return new Intake(accepted.build(), begun, fates);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private SampleFate take(
            Incoming sample, long arrivalMs, SampleBlock.Builder accepted, SortedMap<Integer, Labels> begun) {
        if (sample.timestampMs() > arrivalMs + limits.futureMs()) {
            return SampleFate.FROM_THE_FUTURE;
        }
        if (sample.timestampMs() < arrivalMs - limits.retentionMs()) {
            return SampleFate.TOO_OLD;
        }
        Series series = index.get(sample.labels());
        if (series == null) {
            if (index.size() >= limits.maxSeries()) {
                return SampleFate.SERIES_LIMIT;
            }
            series = new Series(nextId++, sample.labels());
            index.add(series);
            begun.put(series.id(), series.labels());
        }
        SampleFate fate = series.put(
                sample.timestampMs(), sample.value(), sample.histogram(), sample.startMs(), arrivalMs, limits);
        if (fate.kept()) {
            accepted.add(series.id(), sample.timestampMs(), sample.value(), sample.histogram(), sample.startMs());
        }
        return fate;
    }

    /** Gives back a series that was logged. */
    public void restoreSeries(int id, Labels labels) {
        lock.writeLock().lock();
        try {
            index.add(new Series(id, labels));
            nextId = Math.max(nextId, id + 1);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Gives back the id that the next series gets, where the newest ones are gone already. */
    public void restoreNextId(int id) {
        lock.writeLock().lock();
        try {
            nextId = Math.max(nextId, id);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Gives back a block that was logged. Samples of series that were dropped since are left out. */
    public void restore(SampleBlock block) {
        lock.writeLock().lock();
        try {
            for (int i = 0; i < block.size(); i++) {
                Series series = index.get(block.series()[i]);
                if (series != null) {
                    series.put(
                            block.timestamps()[i],
                            block.values()[i],
                            block.histogram(i),
                            block.start(i),
                            block.arrivalMs(),
                            limits);
                }
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * A compressed run of samples that is new or has become longer; it replaces the one with the same beginning.
     *
     * @param series id of its series
     * @param chunk as {@link Chunk} writes it
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, never written to.
    public record Sealed(int series, byte[] chunk) {}

    /**
     * Compresses what no late sample can change any more, of the series whose id leaves this rest: so the work is spread.
     *
     * @return what must be written to the log
     */
    public List<Sealed> seal(int rest, int divisor, long nowMs) {
        lock.writeLock().lock();
        try {
            List<Sealed> written = new ArrayList<>();
            for (Series series : index.all()) {
                if (series.id() % divisor == rest) {
                    series.seal(nowMs, limits).forEach(chunk -> written.add(new Sealed(series.id(), chunk)));
                }
            }
            return written;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Gives back a chunk that was logged: of one series in the order of time, before any block. */
    public void restoreChunk(int id, byte[] chunk) {
        lock.writeLock().lock();
        try {
            Series series = index.get(id);
            if (series != null) {
                series.restore(chunk);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** All chunks have been given back. */
    public void chunksRestored() {
        lock.writeLock().lock();
        try {
            index.all().forEach(Series::restored);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** What the store holds: samples, and the bytes that these take. */
    public record Size(long samples, long bytes) {}

    /** How much it holds. */
    public Size size() {
        return reading(() -> {
            long samples = 0;
            long bytes = 0;
            for (Series series : index.all()) {
                samples += series.size();
                bytes += series.bytes();
            }
            return new Size(samples, bytes);
        });
    }

    /**
     * The time before which samples have to go: by the retention, and so that the chunks fit into their bytes. It follows
     * from the chunks alone, and so is the same wherever the log is read.
     */
    public long horizonMs(long nowMs) {
        long byAge = nowMs - limits.retentionMs();
        // What a rule may need at once stays, however large it is.
        long newest = nowMs - limits.lookbackMs() - limits.quietMs();
        return Math.max(byAge, Math.min(newest, reading(() -> ChunkBudget.horizonMs(index.all(), limits))));
    }

    /**
     * Forgets samples older than a time, and series that have none left.
     *
     * @return the ids of the forgotten series, to be taken out of the log
     */
    public List<Integer> evict(long olderThanMs) {
        lock.writeLock().lock();
        try {
            List<Series> empty = new ArrayList<>();
            for (Series series : index.all()) {
                series.evict(olderThanMs);
                if (series.isEmpty()) {
                    empty.add(series);
                }
            }
            index.removeAll(empty);
            return empty.stream().map(Series::id).sorted().toList();
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public List<SeriesSlice> select(List<LabelMatcher> matchers, long fromMs, long toMs) {
        return reading(() -> slices(index.select(matchers), fromMs, toMs));
    }

    /** As {@link #select}, without remembering what was found: for people, who ask anything, and not again and again. */
    public List<SeriesSlice> selectOnce(List<LabelMatcher> matchers, long fromMs, long toMs) {
        return reading(() -> slices(index.search(matchers), fromMs, toMs));
    }

    private List<SeriesSlice> slices(List<Series> found, long fromMs, long toMs) {
        List<SeriesSlice> slices = new ArrayList<>(found.size());
        for (Series series : found) {
            SeriesSlice slice = series.slice(fromMs, toMs, limits);
            if (slice != null) {
                slices.add(slice);
            }
        }
        return slices;
    }

    /** The label sets of the series that fulfil the matchers and have a sample in {@code [fromMs, toMs]}. */
    public List<Labels> series(List<LabelMatcher> matchers, long fromMs, long toMs) {
        return reading(() -> index.search(matchers).stream()
                .filter(series -> series.hasSampleIn(fromMs, toMs))
                .map(Series::labels)
                .toList());
    }

    /** All label names, sorted. */
    public Set<String> labelNames() {
        return reading(index::names);
    }

    /** All values of a label, sorted. */
    public Set<String> labelValues(String name) {
        return reading(() -> index.values(name));
    }

    /** Counts the series of each name and value; waits for no writer in between. */
    public void count(PairCount action) {
        reading(() -> {
            index.count(action);
            return nextId;
        });
    }

    /** Takes how many series carry a name and value. */
    @FunctionalInterface
    public interface PairCount {
        void accept(String name, String value, int series);
    }

    /** How many series there are. */
    public int seriesCount() {
        return reading(index::size);
    }

    /** The id that the next series gets. */
    public int nextId() {
        return reading(() -> nextId);
    }

    private <T> T reading(Supplier<T> read) {
        lock.readLock().lock();
        try {
            return read.get();
        } finally {
            lock.readLock().unlock();
        }
    }
}
