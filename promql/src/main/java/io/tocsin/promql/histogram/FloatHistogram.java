package io.tocsin.promql.histogram;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A native histogram with floating-point counts, as Prometheus 3 defines it: exponential buckets (schema −4 to 8, with a
 * zero bucket and a positive and a negative side) or custom buckets (schema −53, positive side only).
 *
 * <p>Immutable: every operation gives a new histogram, and may share bucket arrays with the old one. To add many, use
 * {@link HistogramSum} or {@link HistogramMean}, which add in place and compensate rounding.
 *
 * <p>Buckets are kept sparsely by index. An explicit empty bucket is part of the layout until {@link #compact}.
 */
public final class FloatHistogram {
    /** Bit pattern of the NaN that marks a series as ended; a histogram carries it as its sum. */
    private static final long STALE_BITS = 0x7ff0000000000002L;

    private static final double[] NO_BOUNDS = new double[0];

    private final CounterResetHint hint;
    private final int schema;
    private final double zeroThreshold;
    private final double zeroCount;
    private final double count;
    private final double sum;
    private final double[] customBounds;
    final Row positive;
    final Row negative;

    FloatHistogram(
            CounterResetHint hint,
            int schema,
            double zeroThreshold,
            double zeroCount,
            double count,
            double sum,
            double[] customBounds,
            Row positive,
            Row negative) {
        this.hint = hint;
        this.schema = schema;
        this.zeroThreshold = zeroThreshold;
        this.zeroCount = zeroCount;
        this.count = count;
        this.sum = sum;
        this.customBounds = customBounds;
        this.positive = positive;
        this.negative = negative;
    }

    /** A builder for a histogram of the given schema, with everything else zero. */
    public static FloatHistogramBuilder builder(int schema) {
        return new FloatHistogramBuilder(schema);
    }

    /** A histogram that marks its series as ended. */
    public static FloatHistogram stale() {
        return builder(0).sum(Double.longBitsToDouble(STALE_BITS)).build();
    }

    /** True if this is the marker that its series has ended. */
    public boolean isStale() {
        return Double.doubleToRawLongBits(sum) == STALE_BITS;
    }

    /** What is known about a counter reset before this sample. */
    public CounterResetHint hint() {
        return hint;
    }

    /** The bucket schema, −4 to 8 or −53. */
    public int schema() {
        return schema;
    }

    /** Observations of at most this absolute value are in the zero bucket. */
    public double zeroThreshold() {
        return zeroThreshold;
    }

    /** Observations in the zero bucket. */
    public double zeroCount() {
        return zeroCount;
    }

    /** All observations, including NaN ones that are in no bucket. */
    public double count() {
        return count;
    }

    /** Sum of all observed values. */
    public double sum() {
        return sum;
    }

    /** Average observed value; NaN without observations. */
    public double average() {
        return sum / count;
    }

    /** True for schema −53. */
    public boolean usesCustomBuckets() {
        return schema == Schemas.CUSTOM;
    }

    /** The upper bounds of the custom buckets but the last, which ends at +∞; empty for exponential schemas. */
    public double[] customBounds() {
        return customBounds.clone();
    }

    /** Number of explicit buckets on the positive side, empty ones included. */
    public int positiveBuckets() {
        return positive.size;
    }

    /** Number of explicit buckets on the negative side, empty ones included. */
    public int negativeBuckets() {
        return negative.size;
    }

    /** Schema index of the i-th explicit positive bucket. */
    public int positiveIndex(int i) {
        return positive.index[Objects.checkIndex(i, positive.size)];
    }

    /** Count of the i-th explicit positive bucket. */
    public double positiveCount(int i) {
        return positive.count[Objects.checkIndex(i, positive.size)];
    }

    /** Schema index of the i-th explicit negative bucket. */
    public int negativeIndex(int i) {
        return negative.index[Objects.checkIndex(i, negative.size)];
    }

    /** Count of the i-th explicit negative bucket. */
    public double negativeCount(int i) {
        return negative.count[Objects.checkIndex(i, negative.size)];
    }

    double[] sharedBounds() {
        return customBounds;
    }

    double bound(int index) {
        return usesCustomBuckets() ? Schemas.customBound(index, customBounds) : Schemas.bound(index, schema);
    }

    /** All buckets from the lowest to the highest. Neighbours of the zero bucket are cut at its threshold. */
    public BucketCursor ascending() {
        return BucketCursor.ascending(this);
    }

    /** All buckets from the highest to the lowest. */
    public BucketCursor descending() {
        return BucketCursor.descending(this);
    }

    /** The positive buckets, away from zero. */
    public BucketCursor positiveOutward() {
        return BucketCursor.side(this, true, false);
    }

    /** The negative buckets, away from zero. */
    public BucketCursor negativeOutward() {
        return BucketCursor.side(this, false, false);
    }

    /** The positive buckets, towards zero. */
    public BucketCursor positiveInward() {
        return BucketCursor.side(this, true, true);
    }

    /** The negative buckets, towards zero. */
    public BucketCursor negativeInward() {
        return BucketCursor.side(this, false, true);
    }

    /** The same histogram with another hint. */
    public FloatHistogram withHint(CounterResetHint newHint) {
        return newHint == hint ? this : copy(newHint, zeroCount, count, sum, positive, negative);
    }

    /** Count and sum alone, for functions that need no buckets. */
    public FloatHistogram withoutBuckets(CounterResetHint newHint) {
        return new FloatHistogram(newHint, schema, 0, 0, count, sum, NO_BOUNDS, Row.EMPTY, Row.EMPTY);
    }

    private FloatHistogram copy(
            CounterResetHint newHint,
            double newZero,
            double newCount,
            double newSum,
            Row newPositive,
            Row newNegative) {
        return new FloatHistogram(
                newHint, schema, zeroThreshold, newZero, newCount, newSum, customBounds, newPositive, newNegative);
    }

    /** All counts and the sum times {@code factor}; a negative factor makes it a gauge. */
    public FloatHistogram mul(double factor) {
        CounterResetHint newHint = factor < 0 ? CounterResetHint.GAUGE : hint;
        return copy(
                newHint,
                zeroCount * factor,
                count * factor,
                sum * factor,
                positive.scaled(factor),
                negative.scaled(factor));
    }

    /** All counts and the sum by {@code divisor}; a negative one makes it a gauge, zero removes all buckets. */
    public FloatHistogram div(double divisor) {
        CounterResetHint newHint = divisor < 0 ? CounterResetHint.GAUGE : hint;
        boolean byZero = divisor == 0;
        return copy(
                newHint,
                zeroCount / divisor,
                count / divisor,
                sum / divisor,
                byZero ? Row.EMPTY : positive.dividedBy(divisor),
                byZero ? Row.EMPTY : negative.dividedBy(divisor));
    }

    /** False if one histogram has exponential and the other custom buckets, so that they cannot be combined. */
    public boolean compatibleWith(FloatHistogram other) {
        return usesCustomBuckets() == other.usesCustomBuckets();
    }

    /**
     * This plus the other. The result has the lower resolution, the larger zero threshold and the common custom bounds
     * of the two.
     *
     * @throws IncompatibleHistogramsException if {@link #compatibleWith} is false
     */
    public Combined add(FloatHistogram other) {
        return Combination.of(this, other, 1);
    }

    /**
     * This minus the other, see {@link #add}. The hint follows the same rules as for a sum: where PromQL's {@code -}
     * needs a gauge, the caller says so with {@link #withHint}.
     */
    public Combined sub(FloatHistogram other) {
        return Combination.of(this, other, -1);
    }

    /** Without explicit empty buckets. */
    public FloatHistogram compact() {
        Row p = positive.compact();
        Row n = negative.compact();
        return p == positive && n == negative ? this : copy(hint, zeroCount, count, sum, p, n);
    }

    /** The same observations at the lower resolution {@code target}, which must be an exponential schema. */
    public FloatHistogram atSchema(int target) {
        if (target == schema) {
            return this;
        }
        if (usesCustomBuckets() || target > schema || !Schemas.isExponential(target)) {
            throw new IllegalArgumentException("cannot reduce resolution from schema " + schema + " to " + target);
        }
        Row p = positive.coarser(schema, target);
        Row n = negative.coarser(schema, target);
        return new FloatHistogram(hint, target, zeroThreshold, zeroCount, count, sum, customBounds, p, n);
    }

    /**
     * True if the counter was reset between {@code previous} and this histogram: the hint says so, or a populated bucket
     * has gone, or a count is smaller, or the resolution is higher, or the zero bucket narrower.
     */
    public boolean isResetSince(FloatHistogram previous) {
        return switch (hint) {
            case RESET -> true;
            case NOT_RESET -> false;
            case UNKNOWN, GAUGE -> ResetDetection.isReset(this, previous);
        };
    }

    /** True if a count, the sum or a bucket is infinite. */
    public boolean hasOverflow() {
        return Double.isInfinite(zeroCount)
                || Double.isInfinite(count)
                || Double.isInfinite(sum)
                || positive.hasInfinite()
                || negative.hasInfinite();
    }

    /** Only the observations at or below {@code limit}, estimated where a bucket contains it ({@code </} in PromQL). */
    public FloatHistogram trimUpper(double limit) {
        return Trim.of(this, limit, true);
    }

    /** Only the observations above {@code limit}, estimated where a bucket contains it ({@code >/} in PromQL). */
    public FloatHistogram trimLower(double limit) {
        return Trim.of(this, limit, false);
    }

    /** A copy with new totals and sides, for {@link Trim}. */
    FloatHistogram trimmed(double newZero, double newCount, double newSum, Row newPositive, Row newNegative) {
        return copy(hint, newZero, newCount, newSum, newPositive.compact(), newNegative.compact());
    }

    /** The first inconsistency as Prometheus words it, or null: negative counts, bad bounds, what a schema forbids. */
    public @Nullable String inconsistency() {
        return Consistency.check(this);
    }

    /** Bytes of heap this histogram takes at most, shared arrays included. */
    public long heapBytes() {
        return 120L + 12L * (positive.index.length + negative.index.length) + 8L * customBounds.length;
    }

    /**
     * Equality of data, bit by bit and bucket by bucket, hint aside: what {@code ==} between histograms means in PromQL.
     * Compact both first where empty buckets must not matter.
     */
    public boolean sameData(FloatHistogram other) {
        return schema == other.schema
                && sameBits(count, other.count)
                && sameBits(sum, other.sum)
                && CustomBounds.same(customBounds, other.customBounds)
                && zeroThreshold == other.zeroThreshold
                && sameBits(zeroCount, other.zeroCount)
                && negative.sameBits(other.negative)
                && positive.sameBits(other.positive);
    }

    private static boolean sameBits(double a, double b) {
        return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
    }

    /** {@link #sameData} and the same hint. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FloatHistogram that && hint == that.hint && sameData(that);
    }

    @Override
    public int hashCode() {
        int result = Objects.hash(schema, count, positive.size, negative.size);
        return 31 * result + Arrays.hashCode(Arrays.copyOf(positive.index, positive.size));
    }

    /** As Prometheus prints it: {@code {count:3, sum:4.5, (1,2]:3}}; empty buckets are left out. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("{count:")
                .append(GoGeneral.format(count))
                .append(", sum:")
                .append(GoGeneral.format(sum));
        append(out, negativeInward());
        if (zeroCount != 0) {
            Bucket zero = new Bucket(-zeroThreshold, zeroThreshold, true, true, zeroCount, 0);
            out.append(", ").append(zero);
        }
        append(out, positiveOutward());
        return out.append('}').toString();
    }

    private static void append(StringBuilder out, BucketCursor buckets) {
        while (buckets.next()) {
            if (buckets.count() != 0) {
                out.append(", ").append(buckets.bucket());
            }
        }
    }
}
