package io.tocsin.promql.histogram;

import org.jspecify.annotations.Nullable;

/**
 * Walks over the buckets of a histogram without allocating. Call {@link #next} before the first read; it returns false
 * behind the last bucket. Explicit empty buckets are visited too.
 */
public final class BucketCursor {
    private final FloatHistogram histogram;
    private final @Nullable Row first;
    private final @Nullable Row second;
    private final boolean firstIsPositive;
    private final boolean firstFromEnd;
    private final boolean withZero;
    private int stage;
    private int position;
    private boolean positive;
    private double lower;
    private double upper;
    private double count;
    private int index;
    private boolean zero;

    private BucketCursor(
            FloatHistogram histogram,
            @Nullable Row first,
            boolean firstIsPositive,
            boolean firstFromEnd,
            boolean withZero,
            @Nullable Row second) {
        this.histogram = histogram;
        this.first = first;
        this.second = second;
        this.firstIsPositive = firstIsPositive;
        this.firstFromEnd = firstFromEnd;
        this.withZero = withZero;
        this.position = first != null && firstFromEnd ? first.size : -1;
    }

    /** All buckets from the lowest to the highest; neighbours of the zero bucket are cut at its threshold. */
    static BucketCursor ascending(FloatHistogram h) {
        return new BucketCursor(h, h.negative, false, true, true, h.positive);
    }

    static BucketCursor descending(FloatHistogram h) {
        return new BucketCursor(h, h.positive, true, true, true, h.negative);
    }

    static BucketCursor side(FloatHistogram h, boolean positive, boolean towardsZero) {
        return new BucketCursor(h, positive ? h.positive : h.negative, positive, towardsZero, false, null);
    }

    /** Moves to the next bucket; false if there is none. */
    public boolean next() {
        if (stage == 0) {
            if (first != null && step(first, firstFromEnd ? -1 : 1)) {
                load(first, firstIsPositive);
                return true;
            }
            stage = withZero ? 1 : 3;
        }
        if (stage == 1) {
            stage = 2;
            position = -1;
            if (histogram.zeroCount() > 0) {
                loadZero();
                return true;
            }
        }
        if (stage == 2 && second != null && step(second, 1)) {
            load(second, !firstIsPositive);
            return true;
        }
        stage = 3;
        return false;
    }

    private boolean step(Row row, int by) {
        position += by;
        return position >= 0 && position < row.size;
    }

    private void load(Row row, boolean isPositive) {
        zero = false;
        positive = isPositive;
        index = row.index[position];
        count = row.count[position];
        double outer = histogram.bound(index);
        double inner = histogram.bound(index - 1);
        if (withZero && inner > 0 && inner < histogram.zeroThreshold()) {
            inner = histogram.zeroThreshold();
        }
        lower = isPositive ? inner : -outer;
        upper = isPositive ? outer : -inner;
    }

    private void loadZero() {
        zero = true;
        index = 0;
        lower = -histogram.zeroThreshold();
        upper = histogram.zeroThreshold();
        count = histogram.zeroCount();
    }

    /** Lower bound of the current bucket. */
    public double lower() {
        return lower;
    }

    /** Upper bound of the current bucket. */
    public double upper() {
        return upper;
    }

    /** Observations in the current bucket. */
    public double count() {
        return count;
    }

    /** Index of the current bucket in its schema; 0 for the zero bucket. */
    public int index() {
        return index;
    }

    /** True if the current bucket is the zero bucket. */
    public boolean isZeroBucket() {
        return zero;
    }

    /** The current bucket as a value. */
    public Bucket bucket() {
        if (zero) {
            return new Bucket(lower, upper, true, true, count, 0);
        }
        if (histogram.usesCustomBuckets()) {
            return new Bucket(lower, upper, index == 0, true, count, index);
        }
        return new Bucket(lower, upper, !positive, positive, count, index);
    }
}
