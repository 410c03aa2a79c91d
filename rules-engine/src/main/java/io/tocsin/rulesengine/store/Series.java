package io.tocsin.rulesengine.store;

import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;
import io.tocsin.rulesengine.store.chunk.Chunk;
import io.tocsin.rulesengine.store.chunk.Columns;
import io.tocsin.rulesengine.store.chunk.ColumnsBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One series: compressed chunks, and behind them its newest samples in columns. An element is never changed once it was
 * written: appending writes behind the end, and everything else goes to new arrays. So a slice that a reader took stays
 * as it was.
 */
final class Series {

    private static final int FIRST_ROOM = 16;
    private static final byte[][] NO_CHUNKS = {};
    private static final long NOTHING = Long.MIN_VALUE;

    private final int id;
    private final Labels labels;
    private byte[][] chunks = NO_CHUNKS;
    private long sealedUpToMs = NOTHING;
    private long[] times = new long[FIRST_ROOM];
    private double[] values = new double[FIRST_ROOM];
    private @Nullable FloatHistogram @Nullable [] histograms;
    private long @Nullable [] starts;
    private int from;
    /** The elements before this one are in the last chunk too: kept because the cadence is learned from them. */
    private int sealed;

    private int to;
    private long cadenceMs;
    private long delayMs;

    Series(int id, Labels labels) {
        this.id = id;
        this.labels = labels;
    }

    int id() {
        return id;
    }

    Labels labels() {
        return labels;
    }

    boolean isEmpty() {
        return from == to && chunks.length == 0;
    }

    long cadenceMs() {
        return cadenceMs;
    }

    private long newest() {
        return times[to - 1];
    }

    /** How many samples it holds. */
    int size() {
        int size = to - sealed;
        for (byte[] chunk : chunks) {
            size += Chunk.count(chunk);
        }
        return size;
    }

    /** The bytes that its samples take, without what Java adds. */
    long bytes() {
        return (long) times.length * (starts == null ? 2 : 3) * Long.BYTES + chunkBytes();
    }

    /** The bytes of its chunks. */
    long chunkBytes() {
        long bytes = 0;
        for (byte[] chunk : chunks) {
            bytes += chunk.length;
        }
        return bytes;
    }

    /** Its chunks, by time; not to be written to. */
    byte[][] chunks() {
        return chunks;
    }

    /** Puts a sample in its place. */
    SampleFate put(
            long time,
            double value,
            @Nullable FloatHistogram histogram,
            long startMs,
            long arrivalMs,
            StoreLimits limits) {
        SampleFate fate = place(time, limits);
        if (fate.kept()) {
            int index = fate == SampleFate.ACCEPTED ? to : -Arrays.binarySearch(times, from, to, time) - 1;
            write(room(index), time, value, histogram, startMs);
            cadenceMs = Cadence.median(times, from, to);
            if (fate == SampleFate.ACCEPTED) {
                delayMs = Math.max(0, arrivalMs - time);
            }
        }
        return fate;
    }

    private SampleFate place(long time, StoreLimits limits) {
        if (from == to || time > newest()) {
            return SampleFate.ACCEPTED;
        }
        if (Arrays.binarySearch(times, from, to, time) >= 0) {
            return SampleFate.DUPLICATE;
        }
        boolean late = time < newest() - limits.outOfOrderMs() || time <= sealedUpToMs;
        return late ? SampleFate.TOO_OLD : SampleFate.MERGED;
    }

    private void write(int index, long time, double value, @Nullable FloatHistogram histogram, long startMs) {
        times[index] = time;
        values[index] = value;
        if (histogram != null && histograms == null) {
            histograms = new FloatHistogram[times.length];
        }
        if (histograms != null) {
            histograms[index] = histogram;
        }
        if (startMs != 0 && starts == null) {
            starts = new long[times.length];
        }
        if (starts != null) {
            starts[index] = startMs;
        }
    }

    /** Makes a free place before the element that was at the index; returns where it is now. */
    private int room(int index) {
        if (index == to && to < times.length) {
            to++;
            return index;
        }
        int before = index - from;
        int kept = to - from;
        sealed -= from;
        int length = Math.max(FIRST_ROOM, kept + Math.max(1, kept / 2));
        times = spread(times, new long[length], before, kept);
        values = spread(values, new double[length], before, kept);
        histograms = histograms == null ? null : spread(histograms, new FloatHistogram[length], before, kept);
        starts = starts == null ? null : spread(starts, new long[length], before, kept);
        from = 0;
        to = kept + 1;
        return before;
    }

    @SuppressWarnings("SuspiciousSystemArraycopy") // Both are arrays of the same type.
    private <A> A spread(A old, A fresh, int before, int kept) {
        System.arraycopy(old, from, fresh, 0, before);
        System.arraycopy(old, from + before, fresh, before + 1, kept - before);
        return fresh;
    }

    /** Whether a sample lies in {@code [fromMs, toMs]}. */
    boolean hasSampleIn(long fromMs, long toMs) {
        if (hasSampleIn(new Columns(times, values, histograms, starts, from, to), fromMs, toMs)) {
            return true;
        }
        for (byte[] chunk : chunks) {
            // Only where the span lies between two samples of a chunk must it be looked into.
            boolean begins = Chunk.first(chunk) >= fromMs && Chunk.first(chunk) <= toMs;
            boolean ends = Chunk.last(chunk) >= fromMs && Chunk.last(chunk) <= toMs;
            if (begins || ends) {
                return true;
            }
            if (overlaps(chunk, fromMs, toMs)) {
                ColumnsBuilder samples = new ColumnsBuilder(Chunk.count(chunk));
                samples.add(chunk);
                return hasSampleIn(samples.all(), fromMs, toMs);
            }
        }
        return false;
    }

    private static boolean hasSampleIn(Columns samples, long fromMs, long toMs) {
        int first = after(samples, fromMs - 1);
        return first < samples.to() && samples.times()[first] <= toMs;
    }

    /**
     * Compresses the samples that no late one can come between any more; all of a series that has gone quiet. The newest
     * ones stay in columns as well, since the cadence is learned from them.
     *
     * @return the chunks that are new or have become longer
     */
    List<byte[]> seal(long nowMs, StoreLimits limits) {
        if (sealed == to) {
            return List.of();
        }
        boolean quiet = newest() < nowMs - limits.quietMs();
        long beforeMs = quiet ? Long.MAX_VALUE : Math.min(nowMs, newest()) - limits.hotMs();
        int end = after(new Columns(times, values, histograms, starts, sealed, to), beforeMs - 1);
        List<byte[]> written = new ArrayList<>();
        while (sealed < end) {
            written.add(sealSome(end));
        }
        from = Math.max(from, Math.min(sealed, to - Cadence.INTERVALS - 1));
        return written;
    }

    private byte[] sealSome(int end) {
        int last = chunks.length - 1;
        boolean longer = last >= 0
                && Chunk.count(chunks[last]) < Chunk.MOST_SAMPLES
                && times[sealed] - Chunk.first(chunks[last]) <= Chunk.LONGEST_MS;
        long first = longer ? Chunk.first(chunks[last]) : times[sealed];
        int room = Chunk.MOST_SAMPLES - (longer ? Chunk.count(chunks[last]) : 0);
        int until = sealed;
        while (until < end && until - sealed < room && times[until] - first <= Chunk.LONGEST_MS) {
            until++;
        }
        ColumnsBuilder samples = new ColumnsBuilder(Chunk.MOST_SAMPLES);
        if (longer) {
            samples.add(chunks[last]);
        }
        samples.add(new Columns(times, values, histograms, starts, sealed, until));
        byte[] chunk = Chunk.of(samples.all(), delayMs);
        byte[][] next = Arrays.copyOf(chunks, longer ? chunks.length : chunks.length + 1);
        next[next.length - 1] = chunk;
        chunks = next;
        sealed = until;
        sealedUpToMs = times[until - 1];
        return chunk;
    }

    /** Gives back a chunk that was logged, after all older ones. */
    void restore(byte[] chunk) {
        chunks = Arrays.copyOf(chunks, chunks.length + 1);
        chunks[chunks.length - 1] = chunk;
    }

    /** The chunks are all there: the columns begin with the samples that the cadence is learned from. */
    void restored() {
        if (chunks.length == 0) {
            return;
        }
        byte[] last = chunks[chunks.length - 1];
        Columns newest = newest(Cadence.INTERVALS + 1);
        times = newest.times();
        values = newest.values();
        histograms = newest.histograms();
        starts = newest.starts();
        from = 0;
        to = newest.to();
        sealed = to;
        sealedUpToMs = Chunk.last(last);
        cadenceMs = Cadence.median(times, from, to);
        delayMs = Chunk.delayMs(last);
    }

    private Columns newest(int most) {
        int room = 0;
        int first = chunks.length;
        while (first > 0 && room < most) {
            room += Chunk.count(chunks[--first]);
        }
        ColumnsBuilder samples = new ColumnsBuilder(room);
        for (int i = first; i < chunks.length; i++) {
            samples.add(chunks[i]);
        }
        return samples.last(most);
    }

    /** Forgets samples older than this; of a chunk all or none. */
    void evict(long olderThanMs) {
        int gone = 0;
        while (gone < chunks.length && Chunk.last(chunks[gone]) < olderThanMs) {
            gone++;
        }
        if (gone > 0) {
            chunks = gone == chunks.length ? NO_CHUNKS : Arrays.copyOfRange(chunks, gone, chunks.length);
        }
        int before = from;
        while (from < to && times[from] < olderThanMs) {
            from++;
        }
        sealed = Math.max(sealed, from);
        if (from > before && to - from <= Cadence.INTERVALS) {
            // It always follows from the samples that are there: so a restored store has learned the same.
            cadenceMs = Cadence.median(times, from, to);
        }
    }

    /**
     * The samples with {@code fromMs <= t <= toMs}, and a stale marker where the series had gone quiet by {@code toMs}.
     *
     * @return null when there are none
     */
    @Nullable
    SeriesSlice slice(long fromMs, long toMs, StoreLimits limits) {
        Columns found = columns(fromMs, toMs);
        int first = after(found, fromMs - 1);
        int end = after(found, toMs);
        if (first >= end) {
            return null;
        }
        long last = found.times()[end - 1];
        long quietAt = last + Math.min(limits.lookbackMs(), Cadence.patience(cadenceMs, limits) + delayMs);
        if (quietAt <= toMs && !StaleNaN.is(found.values()[end - 1])) {
            return withMarker(found, first, end, quietAt);
        }
        return new SeriesSlice(labels, found.times(), found.values(), found.histograms(), found.starts(), first, end);
    }

    /** All samples of the span, and perhaps more; without a copy where the columns hold them. */
    private Columns columns(long fromMs, long toMs) {
        boolean inColumns = chunks.length == 0 || (from < to && times[from] <= fromMs) || fromMs > sealedUpToMs;
        if (inColumns) {
            return new Columns(times, values, histograms, starts, from, to);
        }
        int room = to - sealed;
        for (byte[] chunk : chunks) {
            room += overlaps(chunk, fromMs, toMs) ? Chunk.count(chunk) : 0;
        }
        ColumnsBuilder samples = new ColumnsBuilder(room);
        for (byte[] chunk : chunks) {
            if (overlaps(chunk, fromMs, toMs)) {
                samples.add(chunk);
            }
        }
        samples.add(new Columns(times, values, histograms, starts, sealed, to));
        return samples.all();
    }

    private static boolean overlaps(byte[] chunk, long fromMs, long toMs) {
        return Chunk.last(chunk) >= fromMs && Chunk.first(chunk) <= toMs;
    }

    private SeriesSlice withMarker(Columns found, int first, int end, long quietAt) {
        int n = end - first;
        long[] t = Arrays.copyOf(Arrays.copyOfRange(found.times(), first, end), n + 1);
        double[] v = Arrays.copyOf(Arrays.copyOfRange(found.values(), first, end), n + 1);
        t[n] = quietAt;
        v[n] = StaleNaN.VALUE;
        @Nullable FloatHistogram @Nullable [] h = null;
        if (found.histograms() != null) {
            h = Arrays.copyOf(Arrays.copyOfRange(found.histograms(), first, end), n + 1);
        }
        long @Nullable [] s = null;
        if (found.starts() != null) {
            s = Arrays.copyOf(Arrays.copyOfRange(found.starts(), first, end), n + 1);
        }
        return new SeriesSlice(labels, t, v, h, s, 0, n + 1);
    }

    /** Index of the first sample later than this. */
    private static int after(Columns in, long timeMs) {
        if (in.from() < in.to() && timeMs >= in.times()[in.to() - 1]) {
            return in.to();
        }
        int low = in.from();
        int high = in.to();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (in.times()[middle] <= timeMs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
