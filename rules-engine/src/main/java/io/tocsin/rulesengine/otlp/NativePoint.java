package io.tocsin.rulesengine.otlp;

import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.tocsin.promql.histogram.FloatHistogram;
import java.util.Arrays;

/** Exponential histograms of OTLP as Prometheus' native histograms. */
final class NativePoint {

    static final int COARSEST_SCALE = -4;
    private static final int FINEST_SCALE = 8;
    private static final int MAX_BUCKETS = 1 << 16;
    // Prometheus' width of the zero bucket where the sender names none.
    private static final double ZERO_THRESHOLD = 1e-128;

    private NativePoint() {}

    static boolean isWellFormed(ExponentialHistogramDataPoint point) {
        return fits(point.getPositive()) && fits(point.getNegative()) && point.getZeroThreshold() >= 0;
    }

    private static boolean fits(Buckets buckets) {
        long last = (long) buckets.getOffset() + buckets.getBucketCountsCount();
        return buckets.getBucketCountsCount() <= MAX_BUCKETS && last < Integer.MAX_VALUE;
    }

    /** The histogram; scales finer than Prometheus' finest are merged down to it. */
    static FloatHistogram of(ExponentialHistogramDataPoint point) {
        int scale = Math.min(point.getScale(), FINEST_SCALE);
        // A shift beyond 31 would wrap; all indexes are 0 or -1 by then anyway.
        int down = Math.min(point.getScale() - scale, 31);
        double threshold = point.getZeroThreshold() > 0 ? point.getZeroThreshold() : ZERO_THRESHOLD;
        Row positive = Row.of(point.getPositive(), down);
        Row negative = Row.of(point.getNegative(), down);
        return FloatHistogram.builder(scale)
                .zero(threshold, Unsigned.toDouble(point.getZeroCount()))
                .count(Unsigned.toDouble(point.getCount()))
                .sum(point.getSum())
                .positiveRow(positive.index, positive.counts)
                .negativeRow(negative.index, negative.counts)
                .build();
    }

    @SuppressWarnings("ArrayRecordComponent") // Handed to the builder at once.
    private record Row(int[] index, double[] counts) {

        /** Bucket 0 of OTLP starts at 1, Prometheus' bucket 0 ends there: hence one more. */
        static Row of(Buckets buckets, int down) {
            int size = buckets.getBucketCountsCount();
            int[] index = new int[size];
            double[] counts = new double[size];
            int filled = 0;
            for (int i = 0; i < size; i++) {
                double count = Unsigned.toDouble(buckets.getBucketCounts(i));
                int bucket = ((buckets.getOffset() + i) >> down) + 1;
                if (count != 0) {
                    if (filled > 0 && index[filled - 1] == bucket) {
                        counts[filled - 1] += count;
                    } else {
                        index[filled] = bucket;
                        counts[filled++] = count;
                    }
                }
            }
            return new Row(Arrays.copyOf(index, filled), Arrays.copyOf(counts, filled));
        }
    }
}
