package io.tocsin.rulesengine.store;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.histogram.HistogramCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of a block: a version byte, a byte of flags, arrival, count, then per sample the distance of its
 * series id, time and start from the sample before as zigzag variable-length integers, and the value's eight bytes (or
 * the histogram). The same block always gives the same bytes.
 */
public final class BlockCodec {

    private static final int VERSION = 1;
    private static final int HAS_HISTOGRAMS = 1;
    private static final int HAS_STARTS = 2;
    private static final int MAX_SAMPLES = 1 << 24;

    private BlockCodec() {}

    /** The bytes of a block. */
    public static byte[] encode(SampleBlock block) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(32 + 12 * block.size());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte(
                    (block.histograms() == null ? 0 : HAS_HISTOGRAMS) | (block.starts() == null ? 0 : HAS_STARTS));
            out.writeLong(block.arrivalMs());
            out.writeInt(block.size());
            writeSamples(block, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void writeSamples(SampleBlock block, DataOutput out) throws IOException {
        long series = 0;
        long time = block.arrivalMs();
        long start = block.arrivalMs();
        for (int i = 0; i < block.size(); i++) {
            Varint.write(block.series()[i] - series, out);
            Varint.write(block.timestamps()[i] - time, out);
            series = block.series()[i];
            time = block.timestamps()[i];
            if (block.starts() != null) {
                Varint.write(block.start(i) - start, out);
                start = block.start(i);
            }
            writeValue(block, i, out);
        }
    }

    private static void writeValue(SampleBlock block, int i, DataOutput out) throws IOException {
        FloatHistogram histogram = block.histogram(i);
        if (block.histograms() != null) {
            out.writeBoolean(histogram != null);
        }
        if (histogram == null) {
            // Raw bits: the stale marker is a NaN of its own.
            out.writeLong(Double.doubleToRawLongBits(block.values()[i]));
        } else {
            HistogramCodec.write(histogram, out);
        }
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException on anything else
     */
    public static SampleBlock decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IOException("unknown version " + version);
            }
            return read(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a block of samples: " + e.getMessage(), e);
        }
    }

    private static SampleBlock read(DataInput in) throws IOException {
        int flags = in.readUnsignedByte();
        long arrival = in.readLong();
        int n = in.readInt();
        if (n < 0 || n > MAX_SAMPLES) {
            throw new IOException(n + " samples");
        }
        int[] series = new int[n];
        long[] times = new long[n];
        double[] values = new double[n];
        @Nullable FloatHistogram @Nullable [] histograms = (flags & HAS_HISTOGRAMS) == 0 ? null : new FloatHistogram[n];
        long @Nullable [] starts = (flags & HAS_STARTS) == 0 ? null : new long[n];
        long id = 0;
        long time = arrival;
        long start = arrival;
        for (int i = 0; i < n; i++) {
            id += Varint.read(in);
            time += Varint.read(in);
            series[i] = Math.toIntExact(id);
            times[i] = time;
            if (starts != null) {
                start += Varint.read(in);
                starts[i] = start;
            }
            if (histograms != null && in.readBoolean()) {
                histograms[i] = HistogramCodec.read(in);
            } else {
                values[i] = Double.longBitsToDouble(in.readLong());
            }
        }
        return new SampleBlock(arrival, series, times, values, histograms, starts);
    }
}
