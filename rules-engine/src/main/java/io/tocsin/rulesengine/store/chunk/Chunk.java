package io.tocsin.rulesengine.store.chunk;

import java.nio.ByteBuffer;

/**
 * A compressed run of samples of one series, as one array of bytes, so that it costs no more than these:
 * {@code flags(1) count(2) first(8) span(4) delay(4)}, then the columns of times, starts, values and histograms. The same
 * samples always give the same bytes.
 */
public final class Chunk {

    /** A chunk is not begun anew below this many samples, and never has more. */
    public static final int MOST_SAMPLES = 240;

    /** Nor is it longer than this, milliseconds. */
    public static final long LONGEST_MS = 2 * 3_600_000;

    private static final int VERSION = 1;
    private static final int HAS_STARTS = 1;
    private static final int HAS_HISTOGRAMS = 2;
    private static final int COUNT_AT = 1;
    private static final int FIRST_AT = 3;
    private static final int SPAN_AT = 11;
    private static final int DELAY_AT = 15;
    private static final int COLUMNS_AT = 19;

    private Chunk() {}

    /**
     * Compresses samples.
     *
     * @param delayMs how long after its own time the last of them arrived
     */
    public static byte[] of(Columns samples, long delayMs) {
        int n = samples.size();
        if (n < 1 || n > MOST_SAMPLES) {
            throw new IllegalArgumentException("a chunk of " + n + " samples");
        }
        BitSink out = new BitSink();
        LongColumn.write(samples.times(), samples.from(), samples.to(), out);
        int flags = VERSION << 4;
        if (samples.starts() != null) {
            flags |= HAS_STARTS;
            LongColumn.write(samples.starts(), samples.from(), samples.to(), out);
        }
        DoubleColumn.write(samples.values(), samples.from(), samples.to(), out);
        if (samples.histograms() != null) {
            flags |= HAS_HISTOGRAMS;
            HistogramColumn.write(samples.histograms(), samples.from(), samples.to(), out);
        }
        long first = samples.times()[samples.from()];
        byte[] columns = out.toBytes();
        return ByteBuffer.allocate(COLUMNS_AT + columns.length)
                .put((byte) flags)
                .putShort((short) n)
                .putLong(first)
                .putInt(Math.toIntExact(samples.times()[samples.to() - 1] - first))
                .putInt(Math.clamp(delayMs, 0, Integer.MAX_VALUE))
                .put(columns)
                .array();
    }

    /** How many samples it holds. */
    public static int count(byte[] chunk) {
        return (chunk[COUNT_AT] & 0xff) << 8 | (chunk[COUNT_AT + 1] & 0xff);
    }

    /** The time of its first sample, Unix milliseconds. */
    public static long first(byte[] chunk) {
        return ByteBuffer.wrap(chunk).getLong(FIRST_AT);
    }

    /** The time of its last sample, Unix milliseconds. */
    public static long last(byte[] chunk) {
        return first(chunk) + ByteBuffer.wrap(chunk).getInt(SPAN_AT);
    }

    /** How long after its own time its last sample arrived, milliseconds. */
    public static long delayMs(byte[] chunk) {
        return ByteBuffer.wrap(chunk).getInt(DELAY_AT);
    }

    /**
     * Adds its samples behind those that the columns hold.
     *
     * @throws IllegalArgumentException when these bytes are no chunk
     */
    public static void read(byte[] chunk, ColumnsBuilder into) {
        if (chunk.length < COLUMNS_AT || chunk[0] >> 4 != VERSION) {
            throw new IllegalArgumentException("not a chunk of samples");
        }
        int n = count(chunk);
        BitSource in = new BitSource(chunk, COLUMNS_AT);
        int at = into.more(n);
        LongColumn.read(in, into.times(), at, n);
        if ((chunk[0] & HAS_STARTS) != 0) {
            LongColumn.read(in, into.starts(), at, n);
        }
        DoubleColumn.read(in, into.values(), at, n);
        if ((chunk[0] & HAS_HISTOGRAMS) != 0) {
            HistogramColumn.read(in, into.histograms(), at, n);
        }
    }
}
