package io.tocsin.promql.histogram;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A compact, exact binary form: the same histogram always gives the same bytes. */
public final class HistogramCodec {
    private static final int VERSION = 1;
    private static final int MAX_BUCKETS = 1 << 20;

    private HistogramCodec() {}

    /** Writes a histogram. */
    public static void write(FloatHistogram h, DataOutput out) throws IOException {
        out.writeByte(VERSION << 4 | h.hint().code());
        out.writeByte(h.schema());
        out.writeDouble(h.zeroThreshold());
        out.writeDouble(h.zeroCount());
        out.writeDouble(h.count());
        out.writeDouble(h.sum());
        double[] bounds = h.sharedBounds();
        writeInt(bounds.length, out);
        for (double bound : bounds) {
            out.writeDouble(bound);
        }
        write(h.positive, out);
        write(h.negative, out);
    }

    private static void write(Row row, DataOutput out) throws IOException {
        writeInt(row.size, out);
        int previous = 0;
        for (int i = 0; i < row.size; i++) {
            int step = row.index[i] - previous;
            writeInt((step << 1) ^ (step >> 31), out);
            out.writeDouble(row.count[i]);
            previous = row.index[i];
        }
    }

    private static void writeInt(int value, DataOutput out) throws IOException {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out.writeByte((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    /** Reads what {@link #write} wrote; throws IOException on anything else. */
    public static FloatHistogram read(DataInput in) throws IOException {
        int head = in.readUnsignedByte();
        if (head >> 4 != VERSION) {
            throw new IOException("not a histogram: unknown version " + (head >> 4));
        }
        int schema = in.readByte();
        FloatHistogramBuilder builder = FloatHistogram.builder(schema)
                .hint(hint(head & 15))
                .zero(in.readDouble(), in.readDouble())
                .count(in.readDouble())
                .sum(in.readDouble());
        double[] bounds = new double[readSize(in)];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = in.readDouble();
        }
        builder.customBounds(bounds);
        try {
            readRow(in, builder::positiveRow);
            readRow(in, builder::negativeRow);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a histogram: " + e.getMessage(), e);
        }
        return builder.build();
    }

    private static CounterResetHint hint(int code) throws IOException {
        for (CounterResetHint hint : CounterResetHint.values()) {
            if (hint.code() == code) {
                return hint;
            }
        }
        throw new IOException("not a histogram: unknown counter-reset hint " + code);
    }

    @FunctionalInterface
    private interface RowTarget {
        FloatHistogramBuilder accept(int[] index, double[] counts);
    }

    private static void readRow(DataInput in, RowTarget target) throws IOException {
        int size = readSize(in);
        int[] index = new int[size];
        double[] counts = new double[size];
        int previous = 0;
        for (int i = 0; i < size; i++) {
            int step = readInt(in);
            previous += (step >>> 1) ^ -(step & 1);
            index[i] = previous;
            counts[i] = in.readDouble();
        }
        target.accept(index, counts);
    }

    private static int readSize(DataInput in) throws IOException {
        int size = readInt(in);
        if (size < 0 || size > MAX_BUCKETS) {
            throw new IOException("not a histogram: " + size + " buckets");
        }
        return size;
    }

    private static int readInt(DataInput in) throws IOException {
        int result = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = in.readByte();
            result |= (next & 0x7f) << shift;
            if (next >= 0) {
                return result;
            }
        }
        throw new IOException("not a histogram: integer of more than five bytes");
    }
}
