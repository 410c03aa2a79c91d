package io.tocsin.promql.histogram;

/**
 * A running sum of histograms with compensated rounding in every count. Mutable, for one thread; add in a fixed order,
 * since the result depends on it in the last bits.
 */
public final class HistogramSum {
    private CounterResetHint hint;
    private int schema;
    private ZeroBucket zero;
    private double count;
    private double countRest;
    private double sum;
    private double sumRest;
    private double[] bounds;
    private Row positive;
    private Row negative;
    private boolean resetSeen;
    private boolean notResetSeen;
    private boolean boundsReconciled;

    /** A sum that starts with one histogram. */
    public HistogramSum(FloatHistogram first) {
        hint = first.hint();
        schema = first.schema();
        zero = new ZeroBucket(first.zeroThreshold(), first.zeroCount(), 0);
        count = first.count();
        sum = first.sum();
        bounds = first.sharedBounds();
        positive = first.positive.compensated();
        negative = first.negative.compensated();
        noteHint(first.hint());
    }

    private void noteHint(CounterResetHint added) {
        resetSeen |= added == CounterResetHint.RESET;
        notResetSeen |= added == CounterResetHint.NOT_RESET;
    }

    /** False if the histogram has exponential and the sum custom buckets, or the other way round. */
    public boolean compatibleWith(FloatHistogram other) {
        return (schema == Schemas.CUSTOM) == other.usesCustomBuckets();
    }

    /**
     * Adds a histogram.
     *
     * @throws IncompatibleHistogramsException if {@link #compatibleWith} is false; the sum stays as it was
     */
    public void add(FloatHistogram other) {
        if (!compatibleWith(other)) {
            throw new IncompatibleHistogramsException();
        }
        noteHint(other.hint());
        hint = hint.combine(other.hint());
        countRest = Neumaier.compensation(count, countRest, other.count());
        count += other.count();
        sumRest = Neumaier.compensation(sum, sumRest, other.sum());
        sum += other.sum();
        if (schema == Schemas.CUSTOM) {
            addCustom(other);
        } else {
            addExponential(other);
        }
    }

    private void addCustom(FloatHistogram other) {
        if (CustomBounds.same(bounds, other.sharedBounds())) {
            positive = positive.accumulate(other.positive, 0);
            return;
        }
        boundsReconciled = true;
        double[] shared = CustomBounds.intersection(bounds, other.sharedBounds());
        Row dense = CustomBounds.dense(shared.length);
        CustomBounds.addMapped(dense, shared, positive, bounds, 1);
        CustomBounds.addMapped(dense, shared, other.positive, other.sharedBounds(), 1);
        bounds = shared;
        positive = dense.compact();
    }

    private void addExponential(FloatHistogram other) {
        ZeroBucket otherZero = new ZeroBucket(other.zeroThreshold(), other.zeroCount(), 0);
        while (zero.threshold() != otherZero.threshold()) {
            if (zero.threshold() > otherZero.threshold()) {
                otherZero = new ZeroBucket(other.zeroThreshold(), other.zeroCount(), 0)
                        .grown(zero.threshold(), other.schema(), other.positive, other.negative);
            } else {
                zero = zero.grown(otherZero.threshold(), schema, positive, negative);
                positive = zero.trim(positive, schema);
                negative = zero.trim(negative, schema);
            }
        }
        addZero(otherZero.count());
        addZero(otherZero.compensation());
        if (other.schema() < schema) {
            positive = positive.coarser(schema, other.schema());
            negative = negative.coarser(schema, other.schema());
            schema = other.schema();
        }
        positive = accumulate(positive, other.positive, other.schema());
        negative = accumulate(negative, other.negative, other.schema());
    }

    private void addZero(double observations) {
        double rest = Neumaier.compensation(zero.count(), zero.compensation(), observations);
        zero = new ZeroBucket(zero.threshold(), zero.count() + observations, rest);
    }

    private Row accumulate(Row own, Row other, int otherSchema) {
        Row added = other;
        if (otherSchema > schema && other.size > 0) {
            added = other.compensated().coarser(otherSchema, schema);
        }
        return own.accumulate(added, zero.threshold() == 0 ? 0 : added.firstAbove(zero.threshold(), schema));
    }

    /** True if both histograms after a reset and without one were added, so that the sum is not a counter. */
    public boolean counterResetCollision() {
        return resetSeen && notResetSeen;
    }

    /** True if custom bounds differed and were reduced to the common ones. */
    public boolean boundsReconciled() {
        return boundsReconciled;
    }

    /** The sum so far. */
    public FloatHistogram total() {
        return total(1);
    }

    /** Value and compensation divided separately, then added. */
    FloatHistogram total(double divisor) {
        return new FloatHistogram(
                hint,
                schema,
                zero.threshold(),
                zero.count() / divisor + zero.compensation() / divisor,
                count / divisor + countRest / divisor,
                sum / divisor + sumRest / divisor,
                bounds,
                total(positive, divisor),
                total(negative, divisor));
    }

    private static Row total(Row row, double divisor) {
        double[] result = new double[row.size];
        for (int i = 0; i < row.size; i++) {
            result[i] = row.count[i] / divisor + row.compensationAt(i) / divisor;
        }
        return Row.of(java.util.Arrays.copyOf(row.index, row.size), result);
    }

    /** Multiplies values and compensations, for an incremental mean. */
    void scale(double factor) {
        zero = new ZeroBucket(zero.threshold(), zero.count() * factor, zero.compensation() * factor);
        count *= factor;
        countRest *= factor;
        sum *= factor;
        sumRest *= factor;
        positive = positive.scaled(factor);
        negative = negative.scaled(factor);
    }

    void divide(double divisor) {
        zero = new ZeroBucket(zero.threshold(), zero.count() / divisor, zero.compensation() / divisor);
        count /= divisor;
        countRest /= divisor;
        sum /= divisor;
        sumRest /= divisor;
        positive = positive.dividedBy(divisor);
        negative = negative.dividedBy(divisor);
    }

    boolean hasOverflow() {
        return Double.isInfinite(zero.count())
                || Double.isInfinite(count)
                || Double.isInfinite(sum)
                || positive.hasInfinite()
                || negative.hasInfinite();
    }

    HistogramSum copy() {
        return new HistogramSum(this);
    }

    private HistogramSum(HistogramSum from) {
        hint = from.hint;
        schema = from.schema;
        zero = from.zero;
        count = from.count;
        countRest = from.countRest;
        sum = from.sum;
        sumRest = from.sumRest;
        bounds = from.bounds;
        positive = from.positive.copy();
        negative = from.negative.copy();
        resetSeen = from.resetSeen;
        notResetSeen = from.notResetSeen;
        boundsReconciled = from.boundsReconciled;
    }
}
