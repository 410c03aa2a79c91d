package io.tocsin.promql.histogram;

import java.util.Arrays;

/** Builds a {@link FloatHistogram}. Buckets are given in ascending order of their index, from spans or as a row. */
public final class FloatHistogramBuilder {
    private final int schema;
    private CounterResetHint hint = CounterResetHint.UNKNOWN;
    private double zeroThreshold;
    private double zeroCount;
    private double count;
    private double sum;
    private double[] customBounds = new double[0];
    private Row positive = Row.EMPTY;
    private Row negative = Row.EMPTY;

    FloatHistogramBuilder(int schema) {
        this.schema = schema;
    }

    public FloatHistogramBuilder hint(CounterResetHint value) {
        hint = value;
        return this;
    }

    public FloatHistogramBuilder zero(double threshold, double observations) {
        zeroThreshold = threshold;
        zeroCount = observations;
        return this;
    }

    public FloatHistogramBuilder count(double value) {
        count = value;
        return this;
    }

    public FloatHistogramBuilder sum(double value) {
        sum = value;
        return this;
    }

    /** Upper bounds of the custom buckets, ascending, without the last +∞. */
    public FloatHistogramBuilder customBounds(double... bounds) {
        customBounds = bounds.clone();
        return this;
    }

    /** Consecutive positive buckets from index {@code offset} on. */
    public FloatHistogramBuilder positive(int offset, double... counts) {
        positive = dense(offset, counts);
        return this;
    }

    /** Consecutive negative buckets from index {@code offset} on. */
    public FloatHistogramBuilder negative(int offset, double... counts) {
        negative = dense(offset, counts);
        return this;
    }

    /** Positive buckets by index. Throws IllegalArgumentException unless the indexes ascend and lengths agree. */
    public FloatHistogramBuilder positiveRow(int[] index, double[] counts) {
        positive = row(index, counts);
        return this;
    }

    /** Negative buckets by index. Throws IllegalArgumentException unless the indexes ascend and lengths agree. */
    public FloatHistogramBuilder negativeRow(int[] index, double[] counts) {
        negative = row(index, counts);
        return this;
    }

    /** Positive buckets as spans: the offset of each from the end of the one before, and its length. */
    public FloatHistogramBuilder positiveSpans(int[] offsets, int[] lengths, double[] counts) {
        positive = spans(offsets, lengths, counts);
        return this;
    }

    /** Negative buckets as spans: the offset of each from the end of the one before, and its length. */
    public FloatHistogramBuilder negativeSpans(int[] offsets, int[] lengths, double[] counts) {
        negative = spans(offsets, lengths, counts);
        return this;
    }

    /** The histogram; its numbers are not checked, see {@link FloatHistogram#inconsistency}. */
    public FloatHistogram build() {
        return new FloatHistogram(hint, schema, zeroThreshold, zeroCount, count, sum, customBounds, positive, negative);
    }

    private static Row dense(int offset, double[] counts) {
        int[] index = new int[counts.length];
        for (int i = 0; i < index.length; i++) {
            index[i] = Math.addExact(offset, i);
        }
        return Row.of(index, counts.clone());
    }

    private static Row row(int[] index, double[] counts) {
        if (index.length != counts.length) {
            throw new IllegalArgumentException(
                    "spans need " + index.length + " buckets, have " + counts.length + " buckets");
        }
        for (int i = 1; i < index.length; i++) {
            if (index[i] <= index[i - 1]) {
                throw new IllegalArgumentException("bucket indexes must ascend, got " + Arrays.toString(index));
            }
        }
        return Row.of(index.clone(), counts.clone());
    }

    private static Row spans(int[] offsets, int[] lengths, double[] counts) {
        int[] index = new int[counts.length];
        int at = 0;
        int next = 0;
        for (int i = 0; i < offsets.length; i++) {
            next = Math.addExact(next, offsets[i]);
            if (lengths[i] < 0 || lengths[i] > counts.length - at) {
                throw new IllegalArgumentException(
                        "spans " + Arrays.toString(lengths) + " need other than " + counts.length + " buckets");
            }
            for (int j = 0; j < lengths[i]; j++) {
                index[at++] = next++;
            }
        }
        if (at != counts.length) {
            throw new IllegalArgumentException("spans need " + at + " buckets, have " + counts.length + " buckets");
        }
        return row(index, counts);
    }
}
