package io.tocsin.rulesengine.otlp;

import static io.tocsin.rulesengine.otlp.Points.SECOND;
import static io.tocsin.rulesengine.otlp.Points.delta;
import static io.tocsin.rulesengine.otlp.Points.gauge;
import static io.tocsin.rulesengine.otlp.Points.point;
import static io.tocsin.rulesengine.otlp.Points.sum;
import static io.tocsin.rulesengine.otlp.Points.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTranslationTest {

    private static final AggregationTemporality CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
    private static final AggregationTemporality DELTA = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    private static final int NO_VALUE = 1;

    private final DeltaTotals totals = DeltaTotals.inMemory();

    @Test
    void aGaugeIsASampleWithUnitSuffix() {
        assertThat(translated(gauge("process.memory", "By", point(0, 10, 5))))
                .containsExactly("process_memory_bytes 5@10000");
    }

    @Test
    void aCumulativeCounterSaysSinceWhenItCounts() {
        assertThat(translated(sum("requests", CUMULATIVE, true, point(3, 10, 5))))
                .containsExactly("requests_total 5@10000 since 3000");
    }

    @Test
    void aSumThatAlsoFallsIsAGauge() {
        assertThat(translated(sum("queue", CUMULATIVE, false, point(3, 10, 5)))).containsExactly("queue 5@10000");
    }

    @Test
    void integersAreReadAsSuch() {
        NumberDataPoint point =
                NumberDataPoint.newBuilder().setTimeUnixNano(SECOND).setAsInt(7).build();
        assertThat(translated(gauge("g", "", point))).containsExactly("g 7@1000");
    }

    @Test
    void aPointWithoutRecordedValueEndsItsSeries() {
        NumberDataPoint point = NumberDataPoint.newBuilder()
                .setTimeUnixNano(SECOND)
                .setFlags(NO_VALUE)
                .build();
        assertThat(translated(gauge("g", "", point), sum("c", DELTA, true, point)))
                .containsExactly("g stale@1000", "c_total stale@1000");
    }

    @Test
    void aPointThatSaysNothingIsDroppedAndCounted() {
        NumberDataPoint empty =
                NumberDataPoint.newBuilder().setTimeUnixNano(SECOND).build();
        NumberDataPoint timeless = NumberDataPoint.newBuilder().setAsInt(1).build();
        Points sink = new Points();
        Translated result = translate(OtlpOptions.DEFAULT, sink, gauge("g", "", empty, timeless, point(0, 1, 2)));
        assertThat(sink.samples).containsExactly("g 2@1000");
        assertThat(result.samples()).isEqualTo(1);
        assertThat(result.dropped())
                .containsOnly(java.util.Map.entry(DropReason.NO_VALUE, 1), java.util.Map.entry(DropReason.NO_TIME, 1));
    }

    @Test
    void whatHasNoNameOrKindOrTemporalityIsDroppedAlone() {
        Points sink = new Points();
        Translated result = translate(
                OtlpOptions.DEFAULT,
                sink,
                gauge("@#", "", point(0, 1, 1)),
                Metric.newBuilder().setName("nothing").build(),
                sum("s", AggregationTemporality.AGGREGATION_TEMPORALITY_UNSPECIFIED, true, point(0, 1, 1)),
                gauge("good", "", point(0, 1, 1)));
        assertThat(sink.samples).containsExactly("good 1@1000");
        assertThat(result.dropped())
                .containsOnlyKeys(DropReason.BAD_NAME, DropReason.UNKNOWN_KIND, DropReason.UNSPECIFIED_TEMPORALITY);
        assertThat(result.example()).contains("@#");
    }

    @Test
    void aClassicHistogramHasCumulativeBucketsSumAndCount() {
        assertThat(translated(histogram(CUMULATIVE, classic(0, 10, 4, 2.5, 1, 2, 1))))
                .containsExactly(
                        "latency_sum 2.5@10000",
                        "latency_count 4@10000",
                        "latency_bucket{le=\"0.5\"} 1@10000",
                        "latency_bucket{le=\"1\"} 3@10000",
                        "latency_bucket{le=\"+Inf\"} 4@10000");
    }

    @Test
    void aHistogramWithoutSumOrBucketsHasOnlyWhatItHas() {
        HistogramDataPoint point = HistogramDataPoint.newBuilder()
                .setTimeUnixNano(SECOND)
                .setCount(3)
                .build();
        assertThat(translated(histogram(CUMULATIVE, point)))
                .containsExactly("latency_count 3@1000", "latency_bucket{le=\"+Inf\"} 3@1000");
    }

    @Test
    void aHistogramWhoseBucketsDoNotFitItsBoundsIsDropped() {
        Points sink = new Points();
        HistogramDataPoint bad =
                classic(0, 10, 4, 2.5, 1, 2, 1).toBuilder().addBucketCounts(9).build();
        HistogramDataPoint falling = classic(0, 10, 4, 2.5, 1, 2, 1).toBuilder()
                .setExplicitBounds(1, 0.1)
                .build();
        Translated result = translate(OtlpOptions.DEFAULT, sink, histogram(CUMULATIVE, bad, falling));
        assertThat(sink.samples).isEmpty();
        assertThat(result.dropped()).containsEntry(DropReason.MALFORMED_HISTOGRAM, 2);
    }

    @Test
    void aHistogramWithoutRecordedValueEndsEverySeriesOfIt() {
        HistogramDataPoint point = HistogramDataPoint.newBuilder()
                .setTimeUnixNano(SECOND)
                .addExplicitBounds(1)
                .setFlags(NO_VALUE)
                .build();
        assertThat(translated(histogram(CUMULATIVE, point)))
                .containsExactly(
                        "latency_sum stale@1000",
                        "latency_count stale@1000",
                        "latency_bucket{le=\"1\"} stale@1000",
                        "latency_bucket{le=\"+Inf\"} stale@1000");
    }

    @Test
    void aClassicHistogramCanBecomeANativeOneWithCustomBuckets() {
        OtlpOptions options = new OtlpOptions(
                "",
                TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES,
                OtlpOptions.ROUTING_ATTRIBUTES,
                false,
                false,
                true,
                1000);
        Points sink = new Points();
        translate(options, sink, histogram(CUMULATIVE, classic(0, 10, 4, 2.5, 1, 2, 1)));
        FloatHistogram histogram = sink.histograms.getFirst();
        assertThat(histogram.usesCustomBuckets()).isTrue();
        assertThat(histogram.customBounds()).containsExactly(0.5, 1);
        assertThat(histogram.count()).isEqualTo(4);
        assertThat(histogram.inconsistency()).isNull();
    }

    @Test
    void anExponentialHistogramIsANativeOneShiftedByOneBucket() {
        ExponentialHistogramDataPoint point = exponential(0, 10, 0)
                .setCount(4)
                .setSum(7)
                .setZeroCount(1)
                .setPositive(Buckets.newBuilder().setOffset(1).addAllBucketCounts(List.of(0L, 3L)))
                .build();
        Points sink = new Points();
        translate(OtlpOptions.DEFAULT, sink, exponential(CUMULATIVE, point));
        FloatHistogram histogram = sink.histograms.getFirst();
        assertThat(histogram.schema()).isZero();
        assertThat(histogram.positiveIndex(0)).isEqualTo(3);
        assertThat(histogram.positiveCount(0)).isEqualTo(3);
        assertThat(histogram.zeroThreshold()).isEqualTo(1e-128);
        assertThat(histogram.inconsistency()).isNull();
    }

    @Test
    void aFinerScaleIsMergedDownAndACoarserOneRefused() {
        ExponentialHistogramDataPoint fine = exponential(0, 10, 10)
                .setCount(10)
                .setPositive(Buckets.newBuilder().setOffset(-4).addAllBucketCounts(List.of(1L, 1L, 1L, 1L, 1L, 5L)))
                .build();
        Points sink = new Points();
        Translated result = translate(
                OtlpOptions.DEFAULT,
                sink,
                exponential(CUMULATIVE, fine, exponential(0, 10, -5).setCount(1).build()));
        FloatHistogram histogram = sink.histograms.getFirst();
        assertThat(histogram.schema()).isEqualTo(8);
        assertThat(histogram.positiveIndex(0)).isZero();
        assertThat(histogram.positiveCount(0)).isEqualTo(4);
        assertThat(histogram.positiveCount(1)).isEqualTo(6);
        assertThat(result.dropped()).containsEntry(DropReason.SCALE_TOO_COARSE, 1);
    }

    @Test
    void aSummaryHasQuantilesSumAndCount() {
        Metric metric = Metric.newBuilder()
                .setName("rpc")
                .setUnit("s")
                .setSummary(Summary.newBuilder()
                        .addDataPoints(SummaryDataPoint.newBuilder()
                                .setTimeUnixNano(SECOND)
                                .setCount(2)
                                .setSum(3)
                                .addQuantileValues(SummaryDataPoint.ValueAtQuantile.newBuilder()
                                        .setQuantile(0.99)
                                        .setValue(1.5))))
                .build();
        assertThat(translated(metric))
                .containsExactly(
                        "rpc_seconds_sum 3@1000",
                        "rpc_seconds_count 2@1000",
                        "rpc_seconds{quantile=\"0.99\"} 1.5@1000");
    }

    @Test
    void deltasAddUpWhereOneStartsAtTheEndOfTheOther() {
        assertThat(translated(delta("c", point(10, 20, 5), point(20, 30, 3))))
                .containsExactly(
                        "c_total 0@10000 since 10000", "c_total 5@20000 since 10000", "c_total 8@30000 since 10000");
    }

    @Test
    void aDeltaThatIsSentAgainCountsOnce() {
        translated(delta("c", point(10, 20, 5)));
        Points sink = new Points();
        Translated result = translate(OtlpOptions.DEFAULT, sink, delta("c", point(10, 20, 5), point(15, 25, 1)));
        assertThat(sink.samples).isEmpty();
        assertThat(result.dropped())
                .containsEntry(DropReason.DELTA_REPEATED, 1)
                .containsEntry(DropReason.DELTA_OVERLAPS, 1);
    }

    @Test
    void afterAGapANewTotalStartsFromZeroAtTheDeltasStart() {
        translated(delta("c", point(10, 20, 5)));
        assertThat(translated(delta("c", point(40, 50, 9))))
                .containsExactly("c_total 0@40000 since 40000", "c_total 9@50000 since 40000");
    }

    @Test
    void aDeltaOfASumThatFallsKeepsItsLevelOverAGap() {
        translated(sum("q", DELTA, false, point(10, 20, 5)));
        assertThat(translated(sum("q", DELTA, false, point(40, 50, -2)))).containsExactly("q 3@50000 since 10000");
    }

    @Test
    void deltaHistogramsAddUpBucketByBucket() {
        translated(histogram(DELTA, classic(10, 20, 4, 2.5, 1, 2, 1)));
        assertThat(translated(histogram(DELTA, classic(20, 30, 2, 1, 2, 0, 0))))
                .containsExactly(
                        "latency_sum 3.5@30000 since 10000",
                        "latency_count 6@30000 since 10000",
                        "latency_bucket{le=\"0.5\"} 3@30000 since 10000",
                        "latency_bucket{le=\"1\"} 5@30000 since 10000",
                        "latency_bucket{le=\"+Inf\"} 6@30000 since 10000");
    }

    @Test
    void deltaExponentialHistogramsAddUp() {
        ExponentialHistogramDataPoint one = exponential(10, 20, 0)
                .setCount(2)
                .setPositive(Buckets.newBuilder().addBucketCounts(2))
                .build();
        ExponentialHistogramDataPoint two = exponential(20, 30, 0)
                .setCount(3)
                .setPositive(Buckets.newBuilder().addBucketCounts(3))
                .build();
        Points sink = new Points();
        translate(OtlpOptions.DEFAULT, sink, exponential(DELTA, one, two));
        assertThat(sink.histograms).extracting(FloatHistogram::count).containsExactly(0.0, 2.0, 5.0);
    }

    @Test
    void totalsSurviveEncoding() {
        List<DeltaTotal> all = List.of(
                new DeltaTotal.Plain(1, 2, 3.5),
                new DeltaTotal.Classic(1, 2, new ClassicPoint(new double[] {1}, new double[] {2, 3}, 5, 6, true)),
                new DeltaTotal.Native(
                        1,
                        2,
                        FloatHistogram.builder(2).count(3).positive(1, 1, 2).build()));
        for (DeltaTotal total : all) {
            byte[] bytes = total.encode();
            assertThat(DeltaTotal.decode(bytes).encode()).isEqualTo(bytes);
        }
        assertThat(DeltaTotal.decode(all.get(0).encode())).isEqualTo(all.get(0));
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> DeltaTotal.decode(new byte[] {9})))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void seriesCarryIdentityAndRoutingAttributesAndTargetInfoAllButTheIdentity() {
        Resource resource = Points.resource().toBuilder()
                .addAttributes(text("service.namespace", "eu"))
                .addAttributes(text("k8s.pod.name", "p"))
                .addAttributes(text("telemetry.sdk.language", "java"))
                .build();
        List<Labels> series = new ArrayList<>();
        new MetricTranslation(OtlpOptions.DEFAULT)
                .translate(
                        Points.of(gauge("g", "", point(0, 1, 2, text("http.route", "/x")))).toBuilder()
                                .setResource(resource)
                                .build(),
                        totals,
                        collecting(series));
        assertThat(series)
                .containsExactly(
                        Labels.of(
                                "__name__",
                                "g",
                                "http_route",
                                "/x",
                                "instance",
                                "i1",
                                "job",
                                "eu/shop",
                                "k8s_pod_name",
                                "p",
                                "service_name",
                                "shop",
                                "service_namespace",
                                "eu"),
                        Labels.of(
                                "__name__",
                                "target_info",
                                "instance",
                                "i1",
                                "job",
                                "eu/shop",
                                "k8s_pod_name",
                                "p",
                                "service_name",
                                "shop",
                                "service_namespace",
                                "eu",
                                "telemetry_sdk_language",
                                "java"));
    }

    @Test
    void aPointsOwnAttributeWinsOverAPromotedOneAndNeverOverTheIdentity() {
        List<Labels> series = new ArrayList<>();
        new MetricTranslation(OtlpOptions.DEFAULT)
                .translate(
                        Points.of(gauge(
                                "g",
                                "",
                                point(
                                        0,
                                        1,
                                        2,
                                        text("service.name", "mine"),
                                        text("job", "forged"),
                                        text("a.b", "1"),
                                        text("a_b", "2"),
                                        text("__name__", "forged")))),
                        totals,
                        collecting(series));
        assertThat(series)
                .containsExactly(Labels.of(
                        "__name__", "g", "a_b", "1;2", "instance", "i1", "job", "shop", "service_name", "mine"));
    }

    @Test
    void valuesThatAreNotTextAreWrittenAsJson() {
        KeyValue list = KeyValue.newBuilder()
                .setKey("list")
                .setValue(AnyValue.newBuilder()
                        .setArrayValue(ArrayValue.newBuilder()
                                .addValues(AnyValue.newBuilder().setIntValue(1))
                                .addValues(AnyValue.newBuilder().setStringValue("a\"b"))
                                .addValues(AnyValue.newBuilder().setDoubleValue(1e21))
                                .addValues(AnyValue.newBuilder().setDoubleValue(0.25))))
                .build();
        KeyValue flag = KeyValue.newBuilder()
                .setKey("flag")
                .setValue(AnyValue.newBuilder().setBoolValue(true))
                .build();
        assertThat(translated(gauge("g", "", point(0, 1, 2, list, flag))))
                .containsExactly("g{flag=\"true\", list=\"[1,\\\"a\\\\\\\"b\\\",1e+21,0.25]\"} 2@1000");
    }

    @Test
    void metricsFromAPrometheusKeepTheirNamesExactly() {
        ResourceMetrics.Builder metrics =
                Points.of(sum("total_errors_seen", CUMULATIVE, true, point(0, 1, 2))).toBuilder();
        metrics.getScopeMetricsBuilder(0)
                .setScope(
                        InstrumentationScope.newBuilder()
                                .setName(
                                        "github.com/open-telemetry/opentelemetry-collector-contrib/receiver/prometheusreceiver"));
        Points sink = new Points();
        new MetricTranslation(OtlpOptions.DEFAULT).translate(metrics.build(), totals, sink);
        assertThat(sink.samples).containsExactly("total_errors_seen 2@1000");
    }

    @Test
    void targetInfoCoversTheWholeTimeOfARequest() {
        ResourceMetrics.Builder metrics = Points.of(gauge("g", "", point(0, 100, 1), point(0, 500, 1))).toBuilder();
        metrics.getResourceBuilder().addAttributes(text("os.type", "linux"));
        Points sink = new Points();
        new MetricTranslation(OtlpOptions.DEFAULT).translate(metrics.build(), totals, sink);
        assertThat(sink.samples)
                .containsSubsequence(
                        "target_info{os_type=\"linux\"} 1@100000",
                        "target_info{os_type=\"linux\"} 1@250000",
                        "target_info{os_type=\"linux\"} 1@400000",
                        "target_info{os_type=\"linux\"} 1@500000");
    }

    @Test
    void thePublishedExampleTranslatesWhole() throws IOException {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        JsonFormat.parser()
                .ignoringUnknownFields()
                .merge(Files.readString(SharedData.file("otlp/examples/metrics.json")), request);
        Points sink = new Points();
        Translated result =
                new MetricTranslation(OtlpOptions.DEFAULT).translate(request.getResourceMetrics(0), totals, sink);
        assertThat(result.dropped()).isEmpty();
        assertThat(sink.samples)
                .contains(
                        "my_counter_total{my_counter_attr=\"some value\"} 5@1544712660300 since 1544712660300",
                        "my_gauge_ratio{my_gauge_attr=\"some value\"} 10@1544712660300",
                        "my_histogram_bucket{le=\"1\", my_histogram_attr=\"some value\"} 1@1544712660300"
                                + " since 1544712660300");
        assertThat(sink.histograms).hasSize(1);
    }

    private List<String> translated(Metric... metrics) {
        Points sink = new Points();
        assertThat(translate(OtlpOptions.DEFAULT, sink, metrics).dropped()).isEmpty();
        return sink.samples;
    }

    private Translated translate(OtlpOptions options, SampleSink sink, Metric... metrics) {
        return new MetricTranslation(options).translate(Points.of(metrics), totals, sink);
    }

    private static SampleSink collecting(List<Labels> series) {
        return new SampleSink() {
            @Override
            public void add(Labels labels, long timestampMs, double value, long startMs) {
                series.add(labels);
            }

            @Override
            public void addHistogram(Labels labels, long timestampMs, FloatHistogram value, long startMs) {
                series.add(labels);
            }
        };
    }

    private static Metric histogram(AggregationTemporality temporality, HistogramDataPoint... points) {
        return Metric.newBuilder()
                .setName("latency")
                .setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(temporality)
                        .addAllDataPoints(List.of(points)))
                .build();
    }

    private static HistogramDataPoint classic(long start, long at, long count, double sum, long... counts) {
        HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder()
                .setStartTimeUnixNano(start * SECOND)
                .setTimeUnixNano(at * SECOND)
                .setCount(count)
                .setSum(sum)
                .addExplicitBounds(0.5)
                .addExplicitBounds(1);
        for (long c : counts) {
            point.addBucketCounts(c);
        }
        return point.build();
    }

    private static Metric exponential(AggregationTemporality temporality, ExponentialHistogramDataPoint... points) {
        return Metric.newBuilder()
                .setName("size")
                .setExponentialHistogram(ExponentialHistogram.newBuilder()
                        .setAggregationTemporality(temporality)
                        .addAllDataPoints(List.of(points)))
                .build();
    }

    private static ExponentialHistogramDataPoint.Builder exponential(long start, long at, int scale) {
        return ExponentialHistogramDataPoint.newBuilder()
                .setStartTimeUnixNano(start * SECOND)
                .setTimeUnixNano(at * SECOND)
                .setScale(scale);
    }
}
