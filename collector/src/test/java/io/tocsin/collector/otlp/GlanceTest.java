package io.tocsin.collector.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tocsin.collector.Telemetry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The glance says yes only where the full decoder and the checks do, and says it of ordinary telemetry. */
class GlanceTest {

    private static final Checks CHECKS = new Checks(3, 60);

    private static boolean glance(Signal signal, byte[] resource) {
        return new Glance(resource, CHECKS).clean(0, resource.length, signal.shape());
    }

    private static boolean decoder(Signal signal, byte[] resource) {
        try {
            return CHECKS.clean(signal.level().parser().parseFrom(resource));
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    private static ResourceMetrics everyKind() {
        ResourceMetrics.Builder resource = ResourceMetrics.newBuilder().setSchemaUrl("https://x/ü€𝄞");
        var scope = resource.addScopeMetricsBuilder();
        scope.getScopeBuilder().setName("lib").addAttributesBuilder().setKey("k");
        NumberDataPoint number =
                NumberDataPoint.newBuilder().setTimeUnixNano(1).setAsInt(-5).build();
        scope.addMetrics(Metric.newBuilder()
                .setName("g")
                .setUnit("By")
                .setGauge(io.opentelemetry.proto.metrics.v1.Gauge.newBuilder().addDataPoints(number)));
        scope.addMetrics(Metric.newBuilder()
                .setName("s")
                .setSum(io.opentelemetry.proto.metrics.v1.Sum.newBuilder()
                        .addDataPoints(number)
                        .setIsMonotonic(true)));
        scope.addMetrics(Metric.newBuilder()
                .setName("h")
                .setHistogram(io.opentelemetry.proto.metrics.v1.Histogram.newBuilder()
                        .addDataPoints(HistogramDataPoint.newBuilder()
                                .setTimeUnixNano(1)
                                .addAllBucketCounts(List.of(1L, 2L))
                                .addExplicitBounds(0.5)
                                .setMax(3))));
        scope.addMetrics(Metric.newBuilder()
                .setName("e")
                .setExponentialHistogram(io.opentelemetry.proto.metrics.v1.ExponentialHistogram.newBuilder()
                        .addDataPoints(ExponentialHistogramDataPoint.newBuilder()
                                .setTimeUnixNano(1)
                                .setScale(-3)
                                .setPositive(ExponentialHistogramDataPoint.Buckets.newBuilder()
                                        .setOffset(-7)
                                        .addAllBucketCounts(List.of(1L, 300L))))));
        scope.addMetrics(Metric.newBuilder()
                .setName("q")
                .setSummary(io.opentelemetry.proto.metrics.v1.Summary.newBuilder()
                        .addDataPoints(SummaryDataPoint.newBuilder()
                                .setTimeUnixNano(1)
                                .addQuantileValues(SummaryDataPoint.ValueAtQuantile.newBuilder()
                                        .setQuantile(0.9)
                                        .setValue(1)))));
        return resource.build();
    }

    @Test
    void everyKindOfMetricIsClean() {
        assertThat(glance(Signal.METRICS, everyKind().toByteArray())).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void ordinaryTelemetryIsClean(Signal signal) {
        Message request = Telemetry.request(signal, "shop");
        Message resource = (Message)
                request.getRepeatedField(request.getDescriptorForType().findFieldByNumber(1), 0);
        assertThat(glance(signal, resource.toByteArray())).isTrue();
    }

    @Test
    void whatTheChecksRefuseIsNotClean() {
        byte[] nameless = everyKind().toBuilder()
                .setScopeMetrics(0, everyKind().getScopeMetrics(0).toBuilder().setMetrics(0, Metric.newBuilder()))
                .build()
                .toByteArray();
        assertThat(glance(Signal.METRICS, nameless)).isFalse();
        NumberDataPoint.Builder wide = NumberDataPoint.newBuilder().setTimeUnixNano(1);
        for (int i = 0; i < 4; i++) {
            wide.addAttributesBuilder().setKey("k" + i);
        }
        assertThat(glance(Signal.METRICS, gauge(wide))).isFalse();
        assertThat(glance(Signal.METRICS, gauge(NumberDataPoint.newBuilder()))).isFalse();
        NumberDataPoint.Builder large = NumberDataPoint.newBuilder().setTimeUnixNano(1);
        large.addAttributesBuilder().setKey("x".repeat(60));
        assertThat(glance(Signal.METRICS, gauge(large))).isFalse();
        Span span =
                Span.newBuilder().setTraceId(Telemetry.hex(Telemetry.TRACE_ID)).build();
        ResourceSpans.Builder spans = ResourceSpans.newBuilder();
        spans.addScopeSpansBuilder().addSpans(span);
        assertThat(glance(Signal.TRACES, spans.build().toByteArray())).isFalse();
    }

    private static byte[] gauge(NumberDataPoint.Builder point) {
        ResourceMetrics.Builder resource = ResourceMetrics.newBuilder();
        resource.addScopeMetricsBuilder()
                .addMetricsBuilder()
                .setName("m")
                .getGaugeBuilder()
                .addDataPoints(point);
        return resource.build().toByteArray();
    }

    @Test
    void valuesNestedWithoutEndAreLeftToTheDecoder() {
        AnyValue value = AnyValue.getDefaultInstance();
        for (int i = 0; i < 200; i++) {
            value = AnyValue.newBuilder()
                    .setArrayValue(ArrayValue.newBuilder().addValues(value))
                    .build();
        }
        ResourceMetrics.Builder resource = ResourceMetrics.newBuilder();
        resource.getResourceBuilder().addAttributesBuilder().setKey("deep").setValue(value);
        byte[] bytes = resource.build().toByteArray();
        assertThat(glance(Signal.METRICS, bytes)).isFalse();
    }

    @Property(tries = 5_000)
    void whatIsCleanAtAGlanceIsCleanToTheDecoder(
            @ForAll Signal signal, @ForAll long seed, @ForAll @IntRange(max = 4) int changes) {
        Message request = Telemetry.request(signal, "shop", "cart");
        byte[] bytes = signal == Signal.METRICS
                ? everyKind().toByteArray()
                : ((Message) request.getRepeatedField(
                                request.getDescriptorForType().findFieldByNumber(1), 0))
                        .toByteArray();
        Random random = new Random(seed);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        if (glance(signal, bytes)) {
            assertThat(decoder(signal, bytes)).isTrue();
        } else {
            assertThat(changes).isPositive();
        }
    }

    @Property(tries = 2_000)
    void anyBytesThatAreCleanAtAGlanceAreCleanToTheDecoder(
            @ForAll Signal signal, @ForAll @Size(max = 40) byte[] bytes) {
        if (glance(signal, bytes)) {
            assertThat(decoder(signal, bytes)).isTrue();
        }
    }

    @Property(tries = 5_000)
    void textIsUtf8AsTheJdkHasIt(@ForAll @Size(max = 8) byte[] bytes) {
        boolean same = java.util.Arrays.equals(
                new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), bytes);
        assertThat(Utf8.isValid(bytes, 0, bytes.length)).isEqualTo(same);
    }

    @Property
    void allTextIsUtf8(@ForAll String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.isValid(bytes, 0, bytes.length)).isTrue();
    }
}
