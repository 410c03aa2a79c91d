package io.tocsin.standalone.forward;

import io.tocsin.collector.remotewrite.wire.BucketSpan;
import io.tocsin.collector.remotewrite.wire.Histogram;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.StaleNaN;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Native histograms in the form of remote write: absolute counts as floats, buckets in runs. */
final class NativeHistograms {

    private NativeHistograms() {}

    /** A histogram at a time, milliseconds; a stale one is marked by its sum. */
    static Histogram of(FloatHistogram value, long timestampMs) {
        Histogram.Builder histogram = Histogram.newBuilder().setTimestamp(timestampMs);
        if (value.isStale()) {
            return histogram
                    .setCountFloat(StaleNaN.VALUE)
                    .setSum(StaleNaN.VALUE)
                    .build();
        }
        histogram
                .setSchema(value.schema())
                .setZeroThreshold(value.zeroThreshold())
                .setZeroCountFloat(value.zeroCount())
                .setCountFloat(value.count())
                .setSum(value.sum());
        if (value.usesCustomBuckets()) {
            for (double bound : value.customBounds()) {
                histogram.addCustomValues(bound);
            }
        }
        histogram.addAllPositiveSpans(spans(value.positiveBuckets(), value::positiveIndex));
        for (int i = 0; i < value.positiveBuckets(); i++) {
            histogram.addPositiveCounts(value.positiveCount(i));
        }
        histogram.addAllNegativeSpans(spans(value.negativeBuckets(), value::negativeIndex));
        for (int i = 0; i < value.negativeBuckets(); i++) {
            histogram.addNegativeCounts(value.negativeCount(i));
        }
        return histogram.build();
    }

    private static List<BucketSpan> spans(int buckets, IntUnaryOperator index) {
        List<BucketSpan> spans = new ArrayList<>();
        int end = 0;
        for (int first = 0; first < buckets; ) {
            int next = first + 1;
            while (next < buckets && index.applyAsInt(next) == index.applyAsInt(next - 1) + 1) {
                next++;
            }
            int begin = index.applyAsInt(first);
            spans.add(BucketSpan.newBuilder()
                    .setOffset(begin - end)
                    .setLength(next - first)
                    .build());
            end = begin + next - first;
            first = next;
        }
        return spans;
    }
}
