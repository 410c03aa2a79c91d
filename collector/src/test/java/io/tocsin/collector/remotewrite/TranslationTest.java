package io.tocsin.collector.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.tocsin.collector.answer.Refusal;
import io.tocsin.collector.limits.Limits;
import io.tocsin.collector.remotewrite.wire.FamilyMetadata;
import io.tocsin.collector.remotewrite.wire.Histogram;
import io.tocsin.collector.remotewrite.wire.Label;
import io.tocsin.collector.remotewrite.wire.LabelledExemplar;
import io.tocsin.collector.remotewrite.wire.MetricType;
import io.tocsin.collector.remotewrite.wire.SymbolizedMetadata;
import io.tocsin.collector.remotewrite.wire.SymbolizedRequest;
import io.tocsin.collector.remotewrite.wire.SymbolizedSeries;
import io.tocsin.collector.remotewrite.wire.TimeSeries;
import io.tocsin.collector.remotewrite.wire.WriteRequest;
import io.tocsin.contracts.PrometheusSeries;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranslationTest {

    private static final long AT = 1_700_000_000_000L;

    private final Problems problems = new Problems();
    private final Families families = new Families();
    private final Translation translation = new Translation(new Limits(16 << 20, 8, 200), 10_000, problems);

    private List<ResourceMetrics> first(TimeSeries.Builder... series) {
        WriteRequest.Builder request = WriteRequest.newBuilder();
        for (TimeSeries.Builder each : series) {
            request.addTimeseries(each);
        }
        Reading.first(request.build().toByteArray(), families).forEach(translation::add);
        return translation.request().getResourceMetricsList();
    }

    private List<ResourceMetrics> second(SymbolizedRequest.Builder request) {
        Reading.second(request.build().toByteArray(), problems).forEach(translation::add);
        return translation.request().getResourceMetricsList();
    }

    private static List<String> attributes(List<KeyValue> attributes) {
        return attributes.stream()
                .map(each -> each.getKey() + "=" + each.getValue().getStringValue())
                .toList();
    }

    private static Metric only(List<ResourceMetrics> resources) {
        assertThat(resources).hasSize(1);
        assertThat(resources.getFirst().getScopeMetrics(0).getMetricsList()).hasSize(1);
        return resources.getFirst().getScopeMetrics(0).getMetrics(0);
    }

    @Test
    void aTargetIsOneResourceAndNamesAndLabelsStand() {
        List<ResourceMetrics> resources = first(
                Requests.series("__name__", "http:requests__total", "instance", "h:9100", "job", "node", "le__x", "a/b")
                        .addSamples(Requests.sample(AT, 3)),
                Requests.series("__name__", "up", "instance", "h:9100", "job", "node")
                        .addSamples(Requests.sample(AT, 1)),
                Requests.series("__name__", "up", "instance", "other:9100", "job", "node")
                        .addSamples(Requests.sample(AT, 0)));
        assertThat(resources).hasSize(2);
        ResourceMetrics first = resources.getFirst();
        assertThat(attributes(first.getResource().getAttributesList()))
                .containsExactly("service.name=node", "service.instance.id=h:9100");
        assertThat(first.getScopeMetrics(0).getScope().getName()).isEqualTo(PrometheusSeries.SCOPE);
        assertThat(first.getScopeMetrics(0).getMetricsList())
                .extracting(Metric::getName)
                .containsExactly("http:requests__total", "up");
        NumberDataPoint point =
                first.getScopeMetrics(0).getMetrics(0).getGauge().getDataPoints(0);
        assertThat(attributes(point.getAttributesList())).containsExactly("le__x=a/b");
        assertThat(point.getAsDouble()).isEqualTo(3);
        assertThat(point.getTimeUnixNano()).isEqualTo(AT * 1_000_000);
        assertThat(translation.written()).isEqualTo(new Written(3, 0, 0));
    }

    @Test
    void aSeriesWithoutJobAndInstanceHasAResourceThatSaysNothing() {
        List<ResourceMetrics> resources =
                first(Requests.series("__name__", "recorded").addSamples(Requests.sample(AT, 1)));
        assertThat(resources.getFirst().getResource().getAttributesList()).isEmpty();
    }

    @Test
    void aStaleMarkerIsAPointWithoutRecordedValueAndAnotherNaNIsAValue() {
        Metric metric = only(first(Requests.series("__name__", "m")
                .addSamples(Requests.sample(AT, Double.NaN))
                .addSamples(Requests.sample(AT + 1, Stale.marker()))));
        assertThat(metric.getGauge().getDataPoints(0).getFlags()).isZero();
        assertThat(metric.getGauge().getDataPoints(0).getAsDouble()).isNaN();
        assertThat(metric.getGauge().getDataPoints(1).getFlags()).isEqualTo(1);
        assertThat(metric.getGauge().getDataPoints(1).hasAsDouble()).isFalse();
    }

    @Test
    void metadataOfAnEarlierRequestMakesACounterOne() {
        WriteRequest metadata = WriteRequest.newBuilder()
                .addMetadata(FamilyMetadata.newBuilder()
                        .setMetricFamilyName("requests")
                        .setType(MetricType.METRIC_TYPE_COUNTER)
                        .setHelp("Requests.")
                        .setUnit("1"))
                .build();
        assertThat(Reading.first(metadata.toByteArray(), families)).isEmpty();
        Metric metric = only(first(Requests.series("__name__", "requests_total").addSamples(Requests.sample(AT, 3))));
        assertThat(metric.getSum().getIsMonotonic()).isTrue();
        assertThat(metric.getSum().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        assertThat(metric.getDescription()).isEqualTo("Requests.");
        assertThat(metric.getName()).isEqualTo("requests_total");
    }

    @Test
    void secondVersionCarriesTypeHelpUnitAndStart() {
        SymbolizedRequest.Builder request = SymbolizedRequest.newBuilder();
        request.addSymbols("");
        Requests.add(
                request,
                SymbolizedSeries.newBuilder()
                        .setMetadata(SymbolizedMetadata.newBuilder()
                                .setType(MetricType.METRIC_TYPE_COUNTER)
                                .setHelpRef(Requests.symbol(request, "Seconds."))
                                .setUnitRef(Requests.symbol(request, "seconds")))
                        .addSamples(Requests.sample(AT, 3).toBuilder().setStartTimestamp(AT - 5)),
                "__name__",
                "cpu_seconds_total",
                "job",
                "node");
        Metric metric = only(second(request));
        assertThat(metric.getDescription()).isEqualTo("Seconds.");
        assertThat(metric.getUnit()).isEqualTo("seconds");
        assertThat(metric.getSum().getDataPoints(0).getStartTimeUnixNano()).isEqualTo((AT - 5) * 1_000_000);
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void bothKindsOfNativeHistogramsAreTaken() {
        List<ResourceMetrics> resources = first(Requests.series("__name__", "latency")
                .addHistograms(
                        Histogram.newBuilder().setTimestamp(AT).setCountInt(1).setZeroCountInt(1))
                .addHistograms(Histogram.newBuilder()
                        .setTimestamp(AT)
                        .setSchema(NativeHistogram.CUSTOM_SCHEMA)
                        .addCustomValues(1)));
        assertThat(resources.getFirst().getScopeMetrics(0).getMetricsList())
                .extracting(Metric::getName, Metric::getDataCase)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("latency", Metric.DataCase.EXPONENTIAL_HISTOGRAM),
                        org.assertj.core.groups.Tuple.tuple("latency", Metric.DataCase.HISTOGRAM));
        assertThat(translation.written()).isEqualTo(new Written(0, 2, 0));
    }

    @Test
    void exemplarsStandAtTheLastSampleWithTheirTraceAsOne() {
        String trace = "5b8efff798038103d269b633813fc60c";
        Metric metric = only(first(Requests.series("__name__", "m")
                .addSamples(Requests.sample(AT, 1))
                .addSamples(Requests.sample(AT + 1, 2))
                .addExemplars(LabelledExemplar.newBuilder()
                        .setValue(2)
                        .setTimestamp(AT)
                        .addLabels(Label.newBuilder().setName("trace_id").setValue(trace))
                        .addLabels(Label.newBuilder().setName("user").setValue("u")))));
        assertThat(metric.getGauge().getDataPoints(0).getExemplarsCount()).isZero();
        var exemplar = metric.getGauge().getDataPoints(1).getExemplars(0);
        assertThat(exemplar.getTraceId())
                .isEqualTo(ByteString.copyFrom(HexFormat.of().parseHex(trace)));
        assertThat(attributes(exemplar.getFilteredAttributesList())).containsExactly("user=u");
        assertThat(translation.written().exemplars()).isEqualTo(1);
    }

    @Test
    void exemplarsWithoutASampleAreCountedAsIgnored() {
        assertThat(first(Requests.series("__name__", "m").addExemplars(LabelledExemplar.newBuilder())))
                .isEmpty();
        assertThat(translation.ignoredExemplars()).isEqualTo(1);
    }

    @Test
    void badSeriesAreNamedAndTheOthersTaken() {
        List<ResourceMetrics> resources = first(
                Requests.series("job", "x").addSamples(Requests.sample(AT, 1)),
                Requests.series("__name__", "twice", "a", "1", "a", "2").addSamples(Requests.sample(AT, 1)),
                Requests.series("__name__", "nameless", "", "1").addSamples(Requests.sample(AT, 1)),
                Requests.series("__name__", "long", "a", "x".repeat(300)).addSamples(Requests.sample(AT, 1)),
                Requests.series("__name__", "timeless").addSamples(Requests.sample(0, 1)),
                Requests.series("__name__", "good", "z", "1", "b", "").addSamples(Requests.sample(AT, 1)));
        assertThat(only(resources).getName()).isEqualTo("good");
        assertThat(attributes(only(resources).getGauge().getDataPoints(0).getAttributesList()))
                .containsExactly("z=1");
        assertThat(problems.count()).isEqualTo(5);
        assertThat(problems.message()).contains("metric name", "\"a\" twice");
        assertThat(translation.written()).isEqualTo(new Written(1, 0, 0));
    }

    @Test
    void outOfOrderSamplesAreKeptAsTheyCame() {
        Metric metric = only(first(Requests.series("__name__", "m")
                .addSamples(Requests.sample(AT, 1))
                .addSamples(Requests.sample(AT - 60_000, 2))));
        assertThat(metric.getGauge().getDataPointsList())
                .extracting(NumberDataPoint::getTimeUnixNano)
                .containsExactly(AT * 1_000_000, (AT - 60_000) * 1_000_000);
    }

    @Test
    void referencesThatLeadNowhereAreProblemsOfTheirSeries() {
        SymbolizedRequest.Builder request = SymbolizedRequest.newBuilder();
        Requests.add(request, SymbolizedSeries.newBuilder().addSamples(Requests.sample(AT, 1)), "__name__", "good");
        request.addTimeseries(
                SymbolizedSeries.newBuilder().addLabelsRefs(1).addLabelsRefs(99).addSamples(Requests.sample(AT, 1)));
        request.addTimeseries(SymbolizedSeries.newBuilder().addLabelsRefs(1).addSamples(Requests.sample(AT, 1)));
        request.addTimeseries(SymbolizedSeries.newBuilder().addLabelsRefs(1).addLabelsRefs(2));
        assertThat(only(second(request)).getName()).isEqualTo("good");
        assertThat(problems.message()).contains("symbol 99 of 3", "a label without a value", "without samples");
    }

    @Test
    void aFirstSymbolThatIsNotEmptyIsMalformed() {
        byte[] body = SymbolizedRequest.newBuilder().addSymbols("x").build().toByteArray();
        assertThatThrownBy(() -> Reading.second(body, problems)).isInstanceOf(Refusal.class);
    }

    @Test
    void aSmallRequestThatSpellsOutLargeIsRefused() {
        SymbolizedRequest.Builder request = SymbolizedRequest.newBuilder();
        for (int i = 0; i < 1_000; i++) {
            Requests.add(
                    request,
                    SymbolizedSeries.newBuilder().addSamples(Requests.sample(AT, 1)),
                    "__name__",
                    "m",
                    "a",
                    "x".repeat(150));
        }
        assertThatThrownBy(() -> second(request))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Refusal.Reason.TOO_LARGE));
    }
}
