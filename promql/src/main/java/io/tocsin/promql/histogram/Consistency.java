package io.tocsin.promql.histogram;

import org.jspecify.annotations.Nullable;

/** What makes a histogram unusable, in the words of Prometheus. */
final class Consistency {
    private static final String NEGATIVE_BUCKET = "histogram has a bucket whose observation count is negative";

    private Consistency() {}

    static @Nullable String check(FloatHistogram h) {
        String problem = h.usesCustomBuckets() ? custom(h) : exponential(h);
        if (problem != null) {
            return problem;
        }
        if (h.count() < 0) {
            return "observation count is  " + GoGeneral.format(h.count())
                    + ": histogram's observation count is negative";
        }
        return negativeCount(h.positive, "positive side");
    }

    private static @Nullable String exponential(FloatHistogram h) {
        if (!Schemas.isExponential(h.schema())) {
            return "histogram has an invalid schema, which must be between -4 and 8 for exponential buckets, or -53"
                    + " for custom buckets, got schema " + h.schema();
        }
        String negative = negativeCount(h.negative, "negative side");
        if (negative != null) {
            return negative;
        }
        if (h.zeroCount() < 0) {
            return "zero bucket has observation count of " + GoGeneral.format(h.zeroCount()) + ": " + NEGATIVE_BUCKET;
        }
        return h.sharedBounds().length > 0 ? "histogram with exponential schema must not have custom bounds" : null;
    }

    private static @Nullable String custom(FloatHistogram h) {
        String bounds = bounds(h.sharedBounds());
        if (bounds != null) {
            return "custom buckets: " + bounds;
        }
        Row row = h.positive;
        int needed = row.size == 0 ? 0 : row.index[row.size - 1] + 1;
        if (row.size > 0 && row.index[0] < 0) {
            return "custom buckets: span number 1 with offset " + row.index[0]
                    + ": histogram has a span whose offset is negative";
        }
        if (h.sharedBounds().length + 1 < needed) {
            return "custom buckets: only " + h.sharedBounds().length
                    + " custom bounds defined which is insufficient to cover total span length of " + needed
                    + ": histogram custom bounds are too few";
        }
        if (h.zeroCount() != 0) {
            return "custom buckets: must have zero count of 0";
        }
        if (h.zeroThreshold() != 0) {
            return "custom buckets: must have zero threshold of 0";
        }
        return h.negative.size > 0 ? "custom buckets: must not have negative buckets" : null;
    }

    private static @Nullable String bounds(double[] bounds) {
        for (int i = 0; i < bounds.length; i++) {
            if (Double.isNaN(bounds[i])) {
                return "histogram custom bounds must not be NaN";
            }
            if (i > 0 && bounds[i] <= bounds[i - 1]) {
                return String.format(
                        "previous bound is %f and current is %f: histogram custom bounds must be in strictly increasing"
                                + " order",
                        bounds[i - 1], bounds[i]);
            }
        }
        return bounds.length > 0 && bounds[bounds.length - 1] == Double.POSITIVE_INFINITY
                ? "last +Inf bound must not be explicitly defined: histogram custom bounds must be finite"
                : null;
    }

    private static @Nullable String negativeCount(Row row, String side) {
        for (int i = 0; i < row.size; i++) {
            if (row.count[i] < 0) {
                return side + ": bucket number " + (i + 1) + " has observation count of "
                        + GoGeneral.format(row.count[i]) + ": " + NEGATIVE_BUCKET;
            }
        }
        return null;
    }
}
