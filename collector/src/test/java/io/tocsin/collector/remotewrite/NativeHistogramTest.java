package io.tocsin.collector.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collector.remotewrite.wire.BucketSpan;
import io.tocsin.collector.remotewrite.wire.Histogram;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeHistogramTest {

    private static final Histogram.Builder INTEGERS = Histogram.newBuilder()
            .setSchema(3)
            .setCountInt(12)
            .setSum(18.4)
            .setZeroThreshold(0.001)
            .setZeroCountInt(2)
            .addPositiveSpans(span(-2, 2))
            .addPositiveSpans(span(1, 1))
            .addAllPositiveDeltas(List.of(1L, 2L, -1L))
            .addNegativeSpans(span(0, 1))
            .addAllNegativeDeltas(List.of(4L));

    private static BucketSpan span(int offset, int length) {
        return BucketSpan.newBuilder().setOffset(offset).setLength(length).build();
    }

    @Test
    void spansAndDeltasBecomeCountsWithoutGapsOneIndexLower() throws Exception {
        var point = NativeHistogram.exponential(INTEGERS.build());
        assertThat(point.getScale()).isEqualTo(3);
        assertThat(point.getCount()).isEqualTo(12);
        assertThat(point.getSum()).isEqualTo(18.4);
        assertThat(point.getZeroCount()).isEqualTo(2);
        assertThat(point.getZeroThreshold()).isEqualTo(0.001);
        assertThat(point.getPositive().getOffset()).isEqualTo(-3);
        assertThat(point.getPositive().getBucketCountsList()).containsExactly(1L, 3L, 0L, 2L);
        assertThat(point.getNegative().getOffset()).isEqualTo(-1);
        assertThat(point.getNegative().getBucketCountsList()).containsExactly(4L);
    }

    @Test
    void floatCountsThatAreWholeAreTakenAndOthersAreNot() throws Exception {
        Histogram.Builder floats = Histogram.newBuilder()
                .setCountFloat(3)
                .addPositiveSpans(span(0, 2))
                .addAllPositiveCounts(List.of(1.0, 2.0));
        assertThat(NativeHistogram.exponential(floats.build()).getPositive().getBucketCountsList())
                .containsExactly(1L, 2L);
        assertThatThrownBy(() -> NativeHistogram.exponential(
                        floats.setPositiveCounts(0, 0.5).build()))
                .hasMessageContaining("0.5");
    }

    @Test
    void customBucketsBecomeExplicitBounds() throws Exception {
        Histogram custom = Histogram.newBuilder()
                .setSchema(NativeHistogram.CUSTOM_SCHEMA)
                .setCountInt(5)
                .setSum(7)
                .addAllCustomValues(List.of(0.1, 1.0, 10.0))
                .addPositiveSpans(span(1, 2))
                .addAllPositiveDeltas(List.of(2L, 1L))
                .build();
        var point = NativeHistogram.explicit(custom);
        assertThat(point.getExplicitBoundsList()).containsExactly(0.1, 1.0, 10.0);
        assertThat(point.getBucketCountsList()).containsExactly(0L, 2L, 3L, 0L);
        assertThat(point.getCount()).isEqualTo(5);
    }

    @Test
    void aStaleSumIsAPointWithoutValue() throws Exception {
        var point = NativeHistogram.exponential(
                Histogram.newBuilder().setSum(Stale.marker()).build());
        assertThat(point.getFlags()).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitTogetherHasNoForm() {
        for (Histogram.Builder bad : List.of(
                INTEGERS.clone().setSchema(9),
                INTEGERS.clone().setSchema(-5),
                INTEGERS.clone().addPositiveDeltas(1),
                INTEGERS.clone().clearPositiveSpans(),
                INTEGERS.clone().setPositiveDeltas(0, -1),
                INTEGERS.clone().addPositiveSpans(span(-1, 0)),
                INTEGERS.clone().addPositiveSpans(span(Integer.MAX_VALUE, -1)))) {
            assertThatThrownBy(() -> NativeHistogram.exponential(bad.build()))
                    .as("%s", bad)
                    .isInstanceOf(NativeHistogram.NoFormException.class);
        }
    }
}
