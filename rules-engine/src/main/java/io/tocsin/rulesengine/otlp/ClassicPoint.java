package io.tocsin.rulesengine.otlp;

import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.tocsin.promql.histogram.FloatHistogram;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A histogram with explicit bounds.
 *
 * @param bounds upper bounds, ascending, without the last +∞
 * @param counts observations per bucket: one more than bounds, or none where the sender keeps no buckets
 * @param hasSum whether the sender keeps a sum
 */
@SuppressWarnings("ArrayRecordComponent") // Made and read once per point; never a key.
public record ClassicPoint(double[] bounds, double[] counts, double count, double sum, boolean hasSum) {

    private static final int MAX_BUCKETS = 1 << 16;
    // Prometheus' schema number for custom buckets.
    private static final int CUSTOM_SCHEMA = -53;

    /** Whether bounds and counts fit each other, as the data model asks. */
    static boolean isWellFormed(HistogramDataPoint point) {
        int bounds = point.getExplicitBoundsCount();
        int counts = point.getBucketCountsCount();
        boolean fits = counts == bounds + 1 || counts == 0;
        if (!fits || bounds > MAX_BUCKETS) {
            return false;
        }
        double previous = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < bounds; i++) {
            double bound = point.getExplicitBounds(i);
            if (!(bound > previous) || Double.isInfinite(bound)) {
                return false;
            }
            previous = bound;
        }
        return true;
    }

    static ClassicPoint of(HistogramDataPoint point) {
        double[] bounds = new double[point.getExplicitBoundsCount()];
        double[] counts = new double[point.getBucketCountsCount()];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = point.getExplicitBounds(i);
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Unsigned.toDouble(point.getBucketCounts(i));
        }
        return new ClassicPoint(bounds, counts, Unsigned.toDouble(point.getCount()), point.getSum(), point.hasSum());
    }

    boolean sameLayout(ClassicPoint other) {
        return Arrays.equals(bounds, other.bounds) && counts.length == other.counts.length && hasSum == other.hasSum;
    }

    ClassicPoint plus(ClassicPoint other) {
        double[] added = counts.clone();
        for (int i = 0; i < added.length; i++) {
            added[i] += other.counts[i];
        }
        return new ClassicPoint(bounds, added, count + other.count, sum + other.sum, hasSum);
    }

    /** The same layout with nothing in it. */
    ClassicPoint empty() {
        return new ClassicPoint(bounds, new double[counts.length], 0, 0, hasSum);
    }

    /** The same as a native histogram with custom buckets. */
    FloatHistogram toNative() {
        int filled = 0;
        int[] index = new int[counts.length];
        double[] values = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                index[filled] = i;
                values[filled++] = counts[i];
            }
        }
        return FloatHistogram.builder(CUSTOM_SCHEMA)
                .customBounds(bounds)
                .count(count)
                .sum(hasSum ? sum : 0)
                .positiveRow(Arrays.copyOf(index, filled), Arrays.copyOf(values, filled))
                .build();
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(hasSum);
        out.writeDouble(count);
        out.writeDouble(sum);
        writeAll(bounds, out);
        writeAll(counts, out);
    }

    static ClassicPoint read(DataInput in) throws IOException {
        boolean hasSum = in.readBoolean();
        double count = in.readDouble();
        double sum = in.readDouble();
        double[] bounds = readAll(in);
        return new ClassicPoint(bounds, readAll(in), count, sum, hasSum);
    }

    private static void writeAll(double[] values, DataOutput out) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private static double[] readAll(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_BUCKETS + 1) {
            throw new IOException("a histogram of " + length + " buckets");
        }
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }
}
