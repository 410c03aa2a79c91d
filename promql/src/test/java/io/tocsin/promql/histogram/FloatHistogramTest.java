package io.tocsin.promql.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloatHistogramTest {

    static FloatHistogram parse(String literal) {
        try {
            return HistogramLiteral.parse(literal, 0).histogram();
        } catch (HistogramSyntaxException e) {
            throw new AssertionError(literal, e);
        }
    }

    private static FloatHistogram sum(String a, String b) {
        return parse(a).add(parse(b)).histogram().compact();
    }

    private static List<String> buckets(BucketCursor cursor) {
        List<String> all = new ArrayList<>();
        while (cursor.next()) {
            all.add(cursor.bucket().toString());
        }
        return all;
    }

    @Test
    void printsAsPrometheusDoes() {
        FloatHistogram h = parse(
                "{{schema:0 count:1e6 sum:-0.00001 z_bucket:2 z_bucket_w:0.001 buckets:[1 0 2] n_buckets:[3 4]}}");
        assertThat(h)
                .hasToString("{count:1e+06, sum:-1e-05, [-2,-1):4, [-1,-0.5):3, [-0.001,0.001]:2, (0.5,1]:1, (2,4]:2}");
    }

    @Test
    void bucketBoundsFollowTheSchema() {
        assertThat(Schemas.bound(0, 0)).isEqualTo(1);
        assertThat(Schemas.bound(1, 0)).isEqualTo(2);
        assertThat(Schemas.bound(-1, 1)).isCloseTo(Math.sqrt(0.5), within(1e-15));
        assertThat(Schemas.bound(1, -4)).isEqualTo(65536);
        assertThat(Schemas.bound(1024, 0)).as("last finite bucket").isEqualTo(Double.MAX_VALUE);
        assertThat(Schemas.bound(1025, 0)).isInfinite();
        assertThat(Schemas.bound(64, -4)).isEqualTo(Double.MAX_VALUE);
        assertThat(Schemas.bound(65, -4)).isInfinite();
        assertThat(Schemas.bound(Integer.MIN_VALUE, 8)).isZero();
    }

    @Test
    void walksAllBucketsInBothDirectionsAndCutsThemAtTheZeroBucket() {
        FloatHistogram h = parse("{{z_bucket:5 z_bucket_w:0.75 buckets:[1 2] n_buckets:[3 4]}}");
        assertThat(buckets(h.ascending()))
                .containsExactly("[-2,-1):4", "[-1,-0.75):3", "[-0.75,0.75]:5", "(0.75,1]:1", "(1,2]:2");
        assertThat(buckets(h.descending()))
                .containsExactly("(1,2]:2", "(0.75,1]:1", "[-0.75,0.75]:5", "[-1,-0.75):3", "[-2,-1):4");
        assertThat(buckets(h.positiveOutward())).containsExactly("(0.5,1]:1", "(1,2]:2");
        assertThat(buckets(h.positiveInward())).containsExactly("(1,2]:2", "(0.5,1]:1");
        assertThat(buckets(h.negativeOutward())).containsExactly("[-1,-0.5):3", "[-2,-1):4");
        assertThat(buckets(h.negativeInward())).containsExactly("[-2,-1):4", "[-1,-0.5):3");
    }

    @Test
    void walksCustomBuckets() {
        FloatHistogram h = parse("{{schema:-53 count:3 sum:1 custom_values:[5 10] buckets:[1 0 2]}}");
        assertThat(buckets(h.ascending())).containsExactly("[-Inf,5]:1", "(5,10]:0", "(10,+Inf]:2");
    }

    @Test
    void addsBucketByBucketAndFillsGaps() {
        assertThat(sum("{{count:3 sum:1 buckets:[1 2]}}", "{{count:4 sum:2 offset:1 buckets:[3 0 1]}}"))
                .isEqualTo(parse("{{count:7 sum:3 buckets:[1 5 0 1]}}").compact());
    }

    @Test
    void addsAtTheLowerResolution() {
        FloatHistogram fine = parse("{{schema:1 count:4 sum:1 offset:1 buckets:[1 1 1 1]}}");
        FloatHistogram coarse = parse("{{schema:0 count:1 sum:1 offset:1 buckets:[1]}}");
        FloatHistogram expected = parse("{{schema:0 count:5 sum:2 offset:1 buckets:[3 2]}}");
        assertThat(fine.add(coarse).histogram()).isEqualTo(expected);
        assertThat(coarse.add(fine).histogram()).isEqualTo(expected);
        assertThat(fine.atSchema(0)).isEqualTo(parse("{{schema:0 count:4 sum:1 offset:1 buckets:[2 2]}}"));
    }

    @Test
    void widensTheZeroBucketToTheLargerOneAndPastPopulatedBuckets() {
        FloatHistogram narrow = parse("{{count:7 sum:1 z_bucket:1 z_bucket_w:0.001 buckets:[2 4]}}");
        FloatHistogram wide = parse("{{count:3 sum:1 z_bucket:3 z_bucket_w:0.6}}");
        FloatHistogram expected = parse("{{count:10 sum:2 z_bucket:6 z_bucket_w:1 offset:1 buckets:[4]}}");
        assertThat(narrow.add(wide).histogram()).isEqualTo(expected);
        assertThat(wide.add(narrow).histogram()).isEqualTo(expected);
    }

    @Test
    void theNegativeSideCanWidenTheZeroBucketOfThePositiveOne() {
        FloatHistogram narrow =
                parse("{{count:7 sum:1 z_bucket:1 z_bucket_w:0.001 offset:1 buckets:[2] n_buckets:[4]}}");
        FloatHistogram wide = parse("{{count:3 sum:1 z_bucket:3 z_bucket_w:0.6}}");
        assertThat(narrow.add(wide).histogram())
                .isEqualTo(parse("{{count:10 sum:2 z_bucket:8 z_bucket_w:1 offset:1 buckets:[2]}}"));
    }

    @Test
    void customBoundsAreReducedToTheCommonOnes() {
        FloatHistogram a = parse("{{schema:-53 count:6 sum:1 custom_values:[5 10 20] buckets:[1 2 3]}}");
        FloatHistogram b = parse("{{schema:-53 count:10 sum:1 custom_values:[5 15 20] buckets:[4 0 5 1]}}");
        Combined combined = a.add(b);
        assertThat(combined.boundsReconciled()).isTrue();
        assertThat(combined.histogram())
                .isEqualTo(parse("{{schema:-53 count:16 sum:2 custom_values:[5 20] buckets:[5 10 1]}}"));
        HistogramSum running = new HistogramSum(a);
        running.add(b);
        assertThat(running.boundsReconciled()).isTrue();
        assertThat(running.total()).isEqualTo(combined.histogram());
        assertThat(a.sub(a).boundsReconciled()).isFalse();
    }

    @Test
    void customAndExponentialHistogramsDoNotMix() {
        FloatHistogram custom = parse("{{schema:-53 count:1 sum:1 custom_values:[5] buckets:[1]}}");
        FloatHistogram exponential = parse("{{count:1 sum:1 buckets:[1]}}");
        assertThat(custom.compatibleWith(exponential)).isFalse();
        assertThatThrownBy(() -> custom.add(exponential)).isInstanceOf(IncompatibleHistogramsException.class);
        assertThatThrownBy(() -> new HistogramSum(exponential).add(custom))
                .isInstanceOf(IncompatibleHistogramsException.class);
    }

    @Test
    void hintsCombineAndCollide() {
        FloatHistogram h = parse("{{count:1 sum:1 buckets:[1]}}");
        FloatHistogram reset = h.withHint(CounterResetHint.RESET);
        FloatHistogram notReset = h.withHint(CounterResetHint.NOT_RESET);
        FloatHistogram gauge = h.withHint(CounterResetHint.GAUGE);
        assertThat(reset.add(notReset).counterResetCollision()).isTrue();
        assertThat(reset.add(notReset).histogram().hint()).isEqualTo(CounterResetHint.UNKNOWN);
        assertThat(reset.add(reset).histogram().hint()).isEqualTo(CounterResetHint.RESET);
        assertThat(reset.add(h).counterResetCollision()).isFalse();
        assertThat(gauge.add(reset).histogram().hint()).isEqualTo(CounterResetHint.GAUGE);
        assertThat(h.mul(-1).hint()).isEqualTo(CounterResetHint.GAUGE);
        assertThat(reset.div(2).hint()).isEqualTo(CounterResetHint.RESET);
    }

    @Test
    void divisionByZeroLeavesNoBuckets() {
        assertThat(parse("{{count:1 sum:-1 z_bucket:0 buckets:[1]}}").div(0))
                .hasToString("{count:+Inf, sum:-Inf, [-0,0]:NaN}");
    }

    @Test
    void compactDropsEmptyBucketsOnly() {
        assertThat(parse("{{count:3 sum:1 offset:-1 buckets:[0 1 0 2 0]}}")
                        .compact()
                        .positiveBuckets())
                .isEqualTo(2);
    }

    @Test
    void equalityIsBitwise() {
        FloatHistogram nan = parse("{{count:1 sum:NaN buckets:[1]}}");
        assertThat(nan.sameData(parse("{{count:1 sum:NaN buckets:[1]}}"))).isTrue();
        assertThat(parse("{{count:0 sum:1}}").sameData(parse("{{count:-0 sum:1}}")))
                .isFalse();
        assertThat(nan.withHint(CounterResetHint.GAUGE).sameData(nan)).isTrue();
        assertThat(FloatHistogram.stale().isStale()).isTrue();
        assertThat(nan.isStale()).isFalse();
    }

    @Test
    void detectsResetsByEveryCount() {
        FloatHistogram before = parse("{{count:6 sum:9 z_bucket:1 z_bucket_w:0.001 buckets:[2 3]}}");
        assertThat(before.isResetSince(before)).isFalse();
        assertThat(parse("{{count:5 sum:9 z_bucket:1 z_bucket_w:0.001 buckets:[2 3]}}")
                        .isResetSince(before))
                .as("fewer observations")
                .isTrue();
        assertThat(parse("{{count:6 sum:9 z_bucket:1 z_bucket_w:0.001 buckets:[2 2 1]}}")
                        .isResetSince(before))
                .as("smaller bucket")
                .isTrue();
        assertThat(parse("{{count:6 sum:9 z_bucket:1 z_bucket_w:0.001 buckets:[6]}}")
                        .isResetSince(before))
                .as("lost bucket")
                .isTrue();
        assertThat(parse("{{count:9 sum:9 z_bucket:0 z_bucket_w:0.001 buckets:[2 7]}}")
                        .isResetSince(before))
                .as("smaller zero bucket")
                .isTrue();
        assertThat(parse("{{schema:1 count:9 sum:9 z_bucket:1 z_bucket_w:0.001 buckets:[2 7]}}")
                        .isResetSince(before))
                .as("higher resolution")
                .isTrue();
        assertThat(parse("{{count:9 sum:9 z_bucket:3 z_bucket_w:1 offset:1 buckets:[3]}}")
                        .isResetSince(before))
                .as("zero bucket grew to a bucket boundary")
                .isFalse();
        assertThat(parse("{{count:9 sum:9 z_bucket:3 z_bucket_w:0.9 offset:1 buckets:[3]}}")
                        .isResetSince(before))
                .as("zero bucket grew into a populated bucket")
                .isTrue();
        assertThat(parse("{{schema:-1 count:9 sum:9 z_bucket:1 z_bucket_w:0.001 buckets:[2 4]}}")
                        .isResetSince(before))
                .as("lower resolution")
                .isFalse();
    }

    @Test
    void aHintDecidesOverTheCounts() {
        FloatHistogram before = parse("{{count:6 sum:9 buckets:[2 4]}}");
        assertThat(before.withHint(CounterResetHint.RESET).isResetSince(before)).isTrue();
        assertThat(parse("{{counter_reset_hint:not_reset count:1 sum:9 buckets:[1]}}")
                        .isResetSince(before))
                .isFalse();
    }

    @Test
    void detectsResetsAcrossDifferentCustomBounds() {
        FloatHistogram before = parse("{{schema:-53 count:6 sum:1 custom_values:[5 10 20] buckets:[1 2 3]}}");
        assertThat(parse("{{schema:-53 count:6 sum:1 custom_values:[5 20] buckets:[1 5]}}")
                        .isResetSince(before))
                .isFalse();
        assertThat(parse("{{schema:-53 count:6 sum:1 custom_values:[10 20] buckets:[2 4]}}")
                        .isResetSince(before))
                .isTrue();
    }

    @Test
    void quantilesInterpolateLogarithmicallyAndLinearlyAroundZero() {
        FloatHistogram h = parse("{{count:12 sum:100 z_bucket:2 z_bucket_w:0.001 buckets:[2 3 0 1 4]}}");
        assertThat(HistogramReading.quantile(0.5, h).value()).isCloseTo(1.5874010519681996, within(1e-12));
        assertThat(HistogramReading.quantile(0, h).value()).isZero();
        assertThat(HistogramReading.quantile(1, h).value()).isEqualTo(16);
        assertThat(HistogramReading.quantile(1.1, h).value()).isInfinite();
        assertThat(HistogramReading.quantile(Double.NaN, h).value()).isNaN();
        FloatHistogram custom = parse("{{schema:-53 count:4 sum:1 custom_values:[5 10] buckets:[2 1 1]}}");
        assertThat(HistogramReading.quantile(0.25, custom).value()).isEqualTo(2.5);
        assertThat(HistogramReading.quantile(0.9, custom).value()).isEqualTo(10);
    }

    @Test
    void nanObservationsAreReported() {
        FloatHistogram h = parse("{{count:4 sum:NaN buckets:[1 2]}}");
        assertThat(HistogramReading.quantile(1, h))
                .isEqualTo(new HistogramReading.Estimate(Double.NaN, HistogramReading.NanEffect.RESULT_IS_NAN));
        assertThat(HistogramReading.quantile(0.2, h).nanEffect()).isEqualTo(HistogramReading.NanEffect.SKEWED);
        assertThat(HistogramReading.fraction(0, 1, h).nanEffect()).isEqualTo(HistogramReading.NanEffect.EXCLUDED);
    }

    @Test
    void fractionIsTheInverseOfTheQuantile() {
        FloatHistogram h = parse("{{count:12 sum:100 z_bucket:2 z_bucket_w:0.001 buckets:[2 3 0 1 4]}}");
        for (double phi : new double[] {0.1, 0.3, 0.5, 0.7, 0.95}) {
            double value = HistogramReading.quantile(phi, h).value();
            assertThat(HistogramReading.fraction(Double.NEGATIVE_INFINITY, value, h)
                            .value())
                    .isCloseTo(phi, within(1e-9));
        }
        assertThat(HistogramReading.fraction(3, 3, h).value()).isZero();
    }

    @Test
    void trimsAboveAndBelowALimit() {
        FloatHistogram h = parse("{{schema:-53 count:10 sum:60 custom_values:[5 10] buckets:[4 4 2]}}");
        assertThat(h.trimUpper(7.5))
                .isEqualTo(parse("{{schema:-53 count:6 sum:22.5 custom_values:[5 10] buckets:[4 2]}}"));
        assertThat(h.trimLower(7.5).count()).isEqualTo(4);
        assertThat(h.trimUpper(Double.POSITIVE_INFINITY)).isSameAs(h);
        assertThat(h.trimLower(Double.NEGATIVE_INFINITY)).isSameAs(h);
    }

    @Test
    void aCompensatedSumKeepsWhatPlainAdditionLoses() {
        HistogramSum sum = new HistogramSum(parse("{{count:1 sum:1e100 buckets:[1]}}"));
        sum.add(parse("{{count:1 sum:1 buckets:[1]}}"));
        sum.add(parse("{{count:1 sum:-1e100 offset:1 buckets:[1]}}"));
        assertThat(sum.total()).isEqualTo(parse("{{count:3 sum:1 buckets:[2 1]}}"));
    }

    @Test
    void theMeanSurvivesAnOverflowingSum() {
        HistogramMean mean = new HistogramMean(parse("{{count:1 sum:1.5e308 buckets:[1]}}"));
        mean.add(parse("{{count:3 sum:1.5e308 buckets:[1 2]}}"));
        mean.add(parse("{{count:2 sum:1.5e308 buckets:[1 1]}}"));
        assertThat(mean.mean().sum()).isCloseTo(1.5e308, within(1e295));
        assertThat(mean.mean().count()).isCloseTo(2, within(1e-12));
    }

    @Test
    void classicQuantilesRepairCountsThatFall() {
        double inf = Double.POSITIVE_INFINITY;
        ClassicBuckets.Quantile fine =
                ClassicBuckets.quantile(0.5, new double[] {inf, 1, 2}, new double[] {4, 2, 4}, 3);
        assertThat(fine).isEqualTo(new ClassicBuckets.Quantile(1, null));
        ClassicBuckets.Quantile forced =
                ClassicBuckets.quantile(0.5, new double[] {1, 2, inf}, new double[] {4, 1, 4}, 3);
        assertThat(forced.forced()).isEqualTo(new ClassicBuckets.Forced(2, 2, 3));
        assertThat(ClassicBuckets.quantile(0.5, new double[] {1, 2}, new double[] {1, 2}, 2)
                        .value())
                .as("without a +Inf bucket")
                .isNaN();
        assertThat(ClassicBuckets.fraction(0, 1.5, new double[] {1, 2, inf}, new double[] {2, 4, 4}, 3))
                .isEqualTo(0.75);
    }

    @Test
    void inconsistenciesAreNamed() {
        assertThat(parse("{{schema:9 count:1}}").inconsistency())
                .contains("invalid schema")
                .contains("got schema 9");
        assertThat(parse("{{schema:-53 count:1 custom_values:[1] buckets:[1 1 1]}}")
                        .inconsistency())
                .contains("histogram custom bounds are too few");
        assertThat(parse("{{schema:-53 count:1 custom_values:[2 1] buckets:[1]}}")
                        .inconsistency())
                .contains("strictly increasing");
        assertThat(parse("{{count:1 buckets:[-1]}}").inconsistency()).contains("negative");
        assertThat(parse("{{count:1 sum:2 buckets:[1]}}").inconsistency()).isNull();
    }

    @Test
    void literalsReadBackAndBadOnesArePositioned() {
        String literal = "{{schema:1 count:22 sum:-3.5 z_bucket:1 z_bucket_w:0.5 counter_reset_hint:gauge offset:-2"
                + " buckets:[5 0 7] n_offset:3 n_buckets:[1]}}";
        assertThat(HistogramLiteral.format(parse(literal))).isEqualTo(literal);
        assertThatThrownBy(() -> HistogramLiteral.parse("{{sum:1 sum:2}}", 0))
                .hasMessage("duplicate key \"sum\" in histogram")
                .extracting(e -> ((HistogramSyntaxException) e).position())
                .isEqualTo(8);
        assertThatThrownBy(() -> HistogramLiteral.parse("{{total:1}}", 0)).hasMessageContaining("bad histogram");
        assertThatThrownBy(() -> HistogramLiteral.parse("{{buckets:[1 2", 0)).hasMessageContaining("end of input");
    }

    @Test
    void encodedBytesDecodeToTheSameHistogram() throws IOException {
        for (String literal : List.of(
                "{{}}",
                "{{schema:1 count:22 sum:NaN z_bucket:1 z_bucket_w:0.5 offset:-2 buckets:[5 0 7] n_buckets:[1]}}",
                "{{schema:-53 counter_reset_hint:reset count:6 sum:1 custom_values:[5 10 20] buckets:[1 2 3]}}")) {
            FloatHistogram h = parse(literal);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            HistogramCodec.write(h, new DataOutputStream(bytes));
            byte[] encoded = bytes.toByteArray();
            assertThat(HistogramCodec.read(new DataInputStream(new ByteArrayInputStream(encoded))))
                    .isEqualTo(h);
            encoded[0] = 0x7f;
            assertThatThrownBy(() -> HistogramCodec.read(new DataInputStream(new ByteArrayInputStream(encoded))))
                    .isInstanceOf(IOException.class);
        }
    }
}
