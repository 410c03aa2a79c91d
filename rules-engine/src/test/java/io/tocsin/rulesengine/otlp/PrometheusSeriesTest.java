package io.tocsin.rulesengine.otlp;

import static io.tocsin.rulesengine.otlp.Points.delta;
import static io.tocsin.rulesengine.otlp.Points.gauge;
import static io.tocsin.rulesengine.otlp.Points.point;
import static io.tocsin.rulesengine.otlp.Points.sum;
import static io.tocsin.rulesengine.otlp.Points.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.contracts.PrometheusSeries;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What came by remote write is the same series again: no suffix, no promoted attribute, no label that it did not have. */
class PrometheusSeriesTest {

    private static final AggregationTemporality CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
    private static final Resource NODE = Resource.newBuilder()
            .addAttributes(text("service.name", "team/node"))
            .addAttributes(text("service.instance.id", "h:9100"))
            .build();

    private static List<String> series(Resource resource, Metric... metrics) {
        List<String> series = new ArrayList<>();
        SampleSink sink = new SampleSink() {
            @Override
            public void add(Labels labels, long timestampMs, double value, long startMs) {
                series.add(labels.toString());
            }

            @Override
            public void addHistogram(Labels labels, long timestampMs, FloatHistogram value, long startMs) {
                series.add(labels + " native");
            }
        };
        ResourceMetrics request = ResourceMetrics.newBuilder()
                .setResource(resource)
                .addScopeMetrics(ScopeMetrics.newBuilder()
                        .setScope(InstrumentationScope.newBuilder().setName(PrometheusSeries.SCOPE))
                        .addAllMetrics(List.of(metrics)))
                .build();
        new MetricTranslation(OtlpOptions.DEFAULT).translate(request, DeltaTotals.inMemory(), sink);
        return series;
    }

    private static String labels(String... labels) {
        return Labels.of(labels).toString();
    }

    @Test
    void namesAndLabelsStandAsTheyWereWhateverTypeAndUnitSay() {
        NumberDataPoint point = point(1, 10, 5, text("a__b", "x"), text("_", "y"), text("mode.utf8", "z"));
        assertThat(series(NODE, sum("node_cpu", CUMULATIVE, true, point), gauge("job:disk__free:ratio", "1", point)))
                .containsExactly(
                        labels(
                                "__name__",
                                "node_cpu",
                                "_",
                                "y",
                                "a__b",
                                "x",
                                "instance",
                                "h:9100",
                                "job",
                                "team/node",
                                "mode.utf8",
                                "z"),
                        labels(
                                "__name__",
                                "job:disk__free:ratio",
                                "_",
                                "y",
                                "a__b",
                                "x",
                                "instance",
                                "h:9100",
                                "job",
                                "team/node",
                                "mode.utf8",
                                "z"));
    }

    @Test
    void aSeriesWithoutJobAndInstanceGetsNone() {
        assertThat(series(Resource.getDefaultInstance(), gauge("recorded", "", point(0, 10, 5))))
                .containsExactly(labels("__name__", "recorded"));
    }

    @Test
    void customBucketsStayOneSeries() {
        HistogramDataPoint point = HistogramDataPoint.newBuilder()
                .setTimeUnixNano(Points.SECOND)
                .setCount(3)
                .setSum(4)
                .addExplicitBounds(1)
                .addBucketCounts(1)
                .addBucketCounts(2)
                .build();
        Metric metric = Metric.newBuilder()
                .setName("latency")
                .setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(CUMULATIVE)
                        .addDataPoints(point))
                .build();
        assertThat(series(NODE, metric))
                .containsExactly(labels("__name__", "latency", "instance", "h:9100", "job", "team/node") + " native");
    }

    @Test
    void theSameInAnyOtherScopeIsTranslated() {
        Points sink = new Points();
        new MetricTranslation(OtlpOptions.DEFAULT)
                .translate(
                        Points.of(delta("requests", point(1, 10, 5, text("a__b", "x")))), DeltaTotals.inMemory(), sink);
        assertThat(sink.samples).anyMatch(sample -> sample.startsWith("requests_total{a_b=\"x\"}"));
    }
}
