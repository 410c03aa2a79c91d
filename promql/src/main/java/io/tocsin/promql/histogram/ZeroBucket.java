package io.tocsin.promql.histogram;

/**
 * What a zero bucket becomes when its threshold grows: the buckets it swallows are added to it, and a threshold inside a
 * populated bucket moves up to the end of that bucket.
 */
record ZeroBucket(double threshold, double count, double compensation) {

    /** The zero bucket of an exponential histogram after its threshold grew to at least {@code target}. */
    ZeroBucket grown(double target, int schema, Row positive, Row negative) {
        if (target == threshold) {
            return this;
        }
        if (target < threshold) {
            throw new IllegalArgumentException("new threshold " + target + " is less than old threshold " + threshold);
        }
        double reached = target;
        while (true) {
            double afterPositive = pushedOut(reached, schema, positive);
            double afterNegative = pushedOut(afterPositive, schema, negative);
            if (afterNegative == afterPositive) {
                return swallow(afterPositive, schema, positive, negative);
            }
            // A bucket of the negative side moved the threshold, so the positive side has to be looked at again.
            reached = afterNegative;
        }
    }

    private static double pushedOut(double threshold, int schema, Row side) {
        for (int i = 0; i < side.size; i++) {
            if (Schemas.bound(side.index[i] - 1, schema) >= threshold) {
                break;
            }
            double upper = Schemas.bound(side.index[i], schema);
            if (upper > threshold) {
                return side.count[i] == 0 ? threshold : upper;
            }
        }
        return threshold;
    }

    private ZeroBucket swallow(double grown, int schema, Row positive, Row negative) {
        ZeroBucket withPositive = new ZeroBucket(grown, count, compensation).plus(positive, schema);
        return withPositive.plus(negative, schema);
    }

    private ZeroBucket plus(Row side, int schema) {
        double sum = count;
        double rest = compensation;
        for (int i = 0; i < side.size && Schemas.bound(side.index[i] - 1, schema) < threshold; i++) {
            rest = Neumaier.compensation(sum, rest, side.count[i]);
            sum += side.count[i];
            double lost = side.compensationAt(i);
            rest = Neumaier.compensation(sum, rest, lost);
            sum += lost;
        }
        return new ZeroBucket(threshold, sum, rest);
    }

    /** The row without the buckets that begin inside this zero bucket, and without empty ones. */
    Row trim(Row side, int schema) {
        int i = 0;
        while (i < side.size && Schemas.bound(side.index[i] - 1, schema) < threshold) {
            i++;
        }
        return side.from(i).compact();
    }
}
