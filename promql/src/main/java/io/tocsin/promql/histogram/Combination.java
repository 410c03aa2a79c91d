package io.tocsin.promql.histogram;

/** Plain sum and difference of two histograms. */
final class Combination {
    private Combination() {}

    static Combined of(FloatHistogram a, FloatHistogram b, double sign) {
        if (!a.compatibleWith(b)) {
            throw new IncompatibleHistogramsException();
        }
        boolean collision = a.hint().collidesWith(b.hint());
        if (!a.usesCustomBuckets()) {
            return new Combined(exponential(a, b, sign), collision, false);
        }
        boolean same = CustomBounds.same(a.sharedBounds(), b.sharedBounds());
        return new Combined(custom(a, b, sign, same), collision, !same);
    }

    private static FloatHistogram custom(FloatHistogram a, FloatHistogram b, double sign, boolean sameBounds) {
        double[] bounds = a.sharedBounds();
        Row row;
        if (sameBounds) {
            row = a.positive.plus(b.positive, 0, sign);
        } else {
            bounds = CustomBounds.intersection(a.sharedBounds(), b.sharedBounds());
            Row dense = CustomBounds.dense(bounds.length);
            CustomBounds.addMapped(dense, bounds, a.positive, a.sharedBounds(), 1);
            CustomBounds.addMapped(dense, bounds, b.positive, b.sharedBounds(), sign);
            Row compact = dense.compact();
            row = new Row(compact.index, compact.count, null, compact.size);
        }
        return new FloatHistogram(
                a.hint().combine(b.hint()),
                Schemas.CUSTOM,
                0,
                0,
                a.count() + sign * b.count(),
                a.sum() + sign * b.sum(),
                bounds,
                row,
                Row.EMPTY);
    }

    private static FloatHistogram exponential(FloatHistogram a, FloatHistogram b, double sign) {
        ZeroBucket zeroA = new ZeroBucket(a.zeroThreshold(), a.zeroCount(), 0);
        ZeroBucket zeroB = new ZeroBucket(b.zeroThreshold(), b.zeroCount(), 0);
        Row positiveA = a.positive;
        Row negativeA = a.negative;
        while (zeroA.threshold() != zeroB.threshold()) {
            if (zeroA.threshold() > zeroB.threshold()) {
                zeroB = new ZeroBucket(b.zeroThreshold(), b.zeroCount(), 0)
                        .grown(zeroA.threshold(), b.schema(), b.positive, b.negative);
            } else {
                zeroA = zeroA.grown(zeroB.threshold(), a.schema(), positiveA, negativeA);
                positiveA = zeroA.trim(positiveA, a.schema());
                negativeA = zeroA.trim(negativeA, a.schema());
            }
        }
        int schema = Math.min(a.schema(), b.schema());
        double threshold = zeroA.threshold();
        Row positiveB = b.positive.coarser(b.schema(), schema);
        Row negativeB = b.negative.coarser(b.schema(), schema);
        Row positive =
                positiveA.coarser(a.schema(), schema).plus(positiveB, positiveB.firstAbove(threshold, schema), sign);
        Row negative =
                negativeA.coarser(a.schema(), schema).plus(negativeB, negativeB.firstAbove(threshold, schema), sign);
        return new FloatHistogram(
                a.hint().combine(b.hint()),
                schema,
                threshold,
                zeroA.count() + sign * zeroB.count(),
                a.count() + sign * b.count(),
                a.sum() + sign * b.sum(),
                a.sharedBounds(),
                positive,
                negative);
    }
}
