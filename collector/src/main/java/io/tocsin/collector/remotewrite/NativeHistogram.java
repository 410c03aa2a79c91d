package io.tocsin.collector.remotewrite;

import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.tocsin.collector.remotewrite.wire.BucketSpan;
import io.tocsin.collector.remotewrite.wire.Histogram;
import java.util.Arrays;
import java.util.List;

/**
 * Native histograms as OTLP's: exponential ones keep their schema as scale, custom buckets become explicit bounds.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#exponential-histograms">
 *     OpenTelemetry's rules</a>
 */
final class NativeHistogram {

    static final int CUSTOM_SCHEMA = -53;
    private static final int COARSEST_SCHEMA = -4;
    private static final int FINEST_SCHEMA = 8;
    /** OTLP names every bucket between the first and the last: gaps are filled, up to here. */
    static final int MOST_BUCKETS = 1 << 14;

    private static final int NO_VALUE = DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE;
    // A float that is no whole number has no place in OTLP's counts.
    private static final double LARGEST_WHOLE = 0x1p53;

    private NativeHistogram() {}

    /** A histogram has no form in OTLP. */
    static final class NoFormException extends Exception {
        NoFormException(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * A run of bucket counts without gaps.
     *
     * @param offset Prometheus' index of the first
     */
    @SuppressWarnings("ArrayRecordComponent") // Lives as long as one point.
    private record Row(int offset, long[] counts) {}

    static ExponentialHistogramDataPoint.Builder exponential(Histogram histogram) throws NoFormException {
        ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder();
        if (Stale.is(histogram.getSum())) {
            return point.setFlags(NO_VALUE);
        }
        int schema = histogram.getSchema();
        if (schema < COARSEST_SCHEMA || schema > FINEST_SCHEMA) {
            throw new NoFormException("a native histogram of schema " + schema);
        }
        Row positive = row(histogram.getPositiveSpansList(), positive(histogram));
        Row negative = row(histogram.getNegativeSpansList(), negative(histogram));
        point.setScale(schema)
                .setCount(count(histogram))
                .setSum(histogram.getSum())
                .setZeroCount(zeroCount(histogram))
                .setZeroThreshold(histogram.getZeroThreshold());
        // Prometheus' bucket 0 ends at 1, OTLP's starts there: hence one less.
        set(point.getPositiveBuilder().setOffset(positive.offset() - 1), positive);
        set(point.getNegativeBuilder().setOffset(negative.offset() - 1), negative);
        return point;
    }

    private static void set(ExponentialHistogramDataPoint.Buckets.Builder buckets, Row row) {
        for (long count : row.counts()) {
            buckets.addBucketCounts(count);
        }
    }

    static HistogramDataPoint.Builder explicit(Histogram histogram) throws NoFormException {
        HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder();
        if (Stale.is(histogram.getSum())) {
            return point.setFlags(NO_VALUE);
        }
        Row row = row(histogram.getPositiveSpansList(), positive(histogram));
        int buckets = histogram.getCustomValuesCount() + 1;
        if (row.offset() < 0 || row.offset() + row.counts().length > buckets) {
            throw new NoFormException("a native histogram with counts outside its custom buckets");
        }
        long[] counts = new long[buckets];
        System.arraycopy(row.counts(), 0, counts, row.offset(), row.counts().length);
        for (long count : counts) {
            point.addBucketCounts(count);
        }
        return point.addAllExplicitBounds(histogram.getCustomValuesList())
                .setCount(count(histogram))
                .setSum(histogram.getSum());
    }

    private static long count(Histogram histogram) throws NoFormException {
        return histogram.hasCountFloat() ? whole(histogram.getCountFloat()) : histogram.getCountInt();
    }

    private static long zeroCount(Histogram histogram) throws NoFormException {
        return histogram.hasZeroCountFloat() ? whole(histogram.getZeroCountFloat()) : histogram.getZeroCountInt();
    }

    private static long[] positive(Histogram histogram) throws NoFormException {
        return histogram.hasCountFloat()
                ? whole(histogram.getPositiveCountsList())
                : summed(histogram.getPositiveDeltasList());
    }

    private static long[] negative(Histogram histogram) throws NoFormException {
        return histogram.hasCountFloat()
                ? whole(histogram.getNegativeCountsList())
                : summed(histogram.getNegativeDeltasList());
    }

    private static long[] summed(List<Long> deltas) throws NoFormException {
        long[] counts = new long[deltas.size()];
        long count = 0;
        for (int i = 0; i < counts.length; i++) {
            count += deltas.get(i);
            if (count < 0) {
                throw new NoFormException("a native histogram with a bucket below zero");
            }
            counts[i] = count;
        }
        return counts;
    }

    private static long[] whole(List<Double> counts) throws NoFormException {
        long[] whole = new long[counts.size()];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = whole(counts.get(i));
        }
        return whole;
    }

    private static long whole(double count) throws NoFormException {
        if (count < 0 || count > LARGEST_WHOLE || count != Math.rint(count)) {
            throw new NoFormException("a native histogram with a count of " + count + "; OTLP counts in whole numbers");
        }
        return (long) count;
    }

    private static Row row(List<BucketSpan> spans, long[] counts) throws NoFormException {
        if (spans.isEmpty()) {
            if (counts.length > 0) {
                throw new NoFormException("a native histogram with counts outside its spans");
            }
            return new Row(0, counts);
        }
        int first = spans.getFirst().getOffset();
        long[] row = new long[length(spans)];
        int at = 0;
        int next = 0;
        for (int i = 0; i < spans.size(); i++) {
            at += i == 0 ? 0 : spans.get(i).getOffset();
            for (int k = 0; k < spans.get(i).getLength(); k++) {
                if (next == counts.length) {
                    throw new NoFormException("a native histogram with fewer counts than its spans say");
                }
                row[at++] = counts[next++];
            }
        }
        if (next != counts.length) {
            throw new NoFormException("a native histogram with counts outside its spans");
        }
        return new Row(first, row);
    }

    private static int length(List<BucketSpan> spans) throws NoFormException {
        long length = 0;
        for (int i = 0; i < spans.size(); i++) {
            int gap = i == 0 ? 0 : spans.get(i).getOffset();
            if (gap < 0) {
                throw new NoFormException("a native histogram with overlapping spans");
            }
            length += gap + Integer.toUnsignedLong(spans.get(i).getLength());
            if (length > MOST_BUCKETS) {
                throw new NoFormException("a native histogram over more than " + MOST_BUCKETS + " buckets");
            }
        }
        return (int) length;
    }

    /** How many buckets it fills, at most: what it costs. */
    static int cost(Histogram histogram) {
        long cost = 0;
        for (List<BucketSpan> spans :
                Arrays.asList(histogram.getPositiveSpansList(), histogram.getNegativeSpansList())) {
            for (int i = 0; i < spans.size(); i++) {
                cost += (i == 0 ? 0 : Math.abs((long) spans.get(i).getOffset()))
                        + Integer.toUnsignedLong(spans.get(i).getLength());
            }
        }
        return (int) Math.min(cost, MOST_BUCKETS);
    }
}
