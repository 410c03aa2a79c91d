package io.tocsin.rulesengine.store.chunk;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.histogram.FloatHistogramBuilder;
import io.tocsin.promql.histogram.HistogramCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Native histograms: runs of the same layout, whose counts are columns of their own, one per bucket. Floats in between
 * are runs without a layout.
 */
final class HistogramColumn {

    private static final int RUN_BITS = 16;
    private static final int LENGTH_BITS = 24;
    private static final int FIXED = 3;

    private HistogramColumn() {}

    static void write(@Nullable FloatHistogram[] histograms, int from, int to, BitSink out) {
        int at = from;
        while (at < to) {
            byte[] layout = layout(histograms[at]);
            int end = at + 1;
            while (end < to && Arrays.equals(layout(histograms[end]), layout)) {
                end++;
            }
            out.write(end - at, RUN_BITS);
            out.write(layout.length, LENGTH_BITS);
            for (byte part : layout) {
                out.write(part & 0xff, Byte.SIZE);
            }
            writeCounts(histograms, at, end, out);
            at = end;
        }
    }

    private static void writeCounts(@Nullable FloatHistogram[] histograms, int from, int to, BitSink out) {
        FloatHistogram first = histograms[from];
        if (first == null) {
            return;
        }
        double[] column = new double[to - from];
        int columns = FIXED + first.positiveBuckets() + first.negativeBuckets();
        for (int c = 0; c < columns; c++) {
            for (int i = from; i < to; i++) {
                FloatHistogram histogram = histograms[i];
                if (histogram != null) {
                    column[i - from] = number(histogram, c);
                }
            }
            DoubleColumn.write(column, 0, column.length, out);
        }
    }

    private static double number(FloatHistogram histogram, int column) {
        return switch (column) {
            case 0 -> histogram.zeroCount();
            case 1 -> histogram.count();
            case 2 -> histogram.sum();
            default -> {
                int bucket = column - FIXED;
                int positive = histogram.positiveBuckets();
                yield bucket < positive ? histogram.positiveCount(bucket) : histogram.negativeCount(bucket - positive);
            }
        };
    }

    /** A histogram without its counts, as bytes; none for a float. */
    private static byte[] layout(@Nullable FloatHistogram histogram) {
        if (histogram == null) {
            return new byte[0];
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            HistogramCodec.write(
                    filled(histogram, new double[FIXED + histogram.positiveBuckets() + histogram.negativeBuckets()]),
                    out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static FloatHistogram filled(FloatHistogram layout, double[] numbers) {
        int positive = layout.positiveBuckets();
        int negative = layout.negativeBuckets();
        int[] above = new int[positive];
        int[] below = new int[negative];
        Arrays.setAll(above, layout::positiveIndex);
        Arrays.setAll(below, layout::negativeIndex);
        FloatHistogramBuilder builder = FloatHistogram.builder(layout.schema())
                .hint(layout.hint())
                .zero(layout.zeroThreshold(), numbers[0])
                .count(numbers[1])
                .sum(numbers[2])
                .customBounds(layout.customBounds());
        builder.positiveRow(above, Arrays.copyOfRange(numbers, FIXED, FIXED + positive));
        builder.negativeRow(below, Arrays.copyOfRange(numbers, FIXED + positive, numbers.length));
        return builder.build();
    }

    static void read(BitSource in, @Nullable FloatHistogram[] into, int at, int n) {
        int next = 0;
        while (next < n) {
            int run = (int) in.read(RUN_BITS);
            byte[] layout = new byte[(int) in.read(LENGTH_BITS)];
            if (run == 0 || run > n - next) {
                throw new IllegalArgumentException("not a column of histograms: a run of " + run);
            }
            for (int i = 0; i < layout.length; i++) {
                layout[i] = (byte) in.read(Byte.SIZE);
            }
            if (layout.length > 0) {
                readCounts(in, parse(layout), into, at + next, run);
            }
            next += run;
        }
    }

    private static void readCounts(
            BitSource in, FloatHistogram layout, @Nullable FloatHistogram[] into, int at, int run) {
        int columns = FIXED + layout.positiveBuckets() + layout.negativeBuckets();
        double[][] numbers = new double[columns][run];
        for (double[] column : numbers) {
            DoubleColumn.read(in, column, 0, run);
        }
        for (int i = 0; i < run; i++) {
            double[] row = new double[columns];
            for (int c = 0; c < columns; c++) {
                row[c] = numbers[c][i];
            }
            into[at + i] = filled(layout, row);
        }
    }

    private static FloatHistogram parse(byte[] layout) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(layout))) {
            return HistogramCodec.read(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a layout of a histogram: " + e.getMessage(), e);
        }
    }
}
