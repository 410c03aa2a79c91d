package io.tocsin.rulesengine.spans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tocsin.contracts.v1.HalfEdge;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;
import io.tocsin.rulesengine.otlp.OtlpOptions;
import io.tocsin.rulesengine.otlp.SampleSink;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SpanSignalsTest {

    private final SpanSignals signals = new SpanSignals(SpanOptions.DEFAULT);

    @Test
    void callsAndDurationsAreCountedByNameKindAndStatus() {
        SpanState state = signals.next(
                        SpanState.EMPTY,
                        spans(
                                span("GET /", Span.SpanKind.SPAN_KIND_SERVER, 7),
                                span("GET /", Span.SpanKind.SPAN_KIND_SERVER, 9)),
                        5_000)
                .state();
        Recorded at = written(state, 4_000, 6_000);
        Labels calls = Labels.of(
                "__name__",
                "traces_span_metrics_calls_total",
                "host_name",
                "node-1",
                "instance",
                "i1",
                "job",
                "shop",
                "service_name",
                "shop",
                "span_kind",
                "SPAN_KIND_SERVER",
                "span_name",
                "GET /",
                "status_code",
                "STATUS_CODE_UNSET");
        assertThat(at.samples.get(calls)).isEqualTo(Map.of(4_999L, 0.0, 6_000L, 2.0));
        Labels bucket = calls.with("__name__", "traces_span_metrics_duration_milliseconds_bucket");
        assertThat(at.samples.get(bucket.with("le", "6")).get(6_000L)).isZero();
        assertThat(at.samples.get(bucket.with("le", "8")).get(6_000L)).isEqualTo(1);
        assertThat(at.samples.get(bucket.with("le", "+Inf")).get(6_000L)).isEqualTo(2);
        assertThat(at.samples
                        .get(calls.with("__name__", "traces_span_metrics_duration_milliseconds_sum"))
                        .get(6_000L))
                .isEqualTo(16);
    }

    @Test
    void onlyTheFirstTickOfASeriesSeesTheZeroBeforeIt() {
        SpanState state = signals.next(SpanState.EMPTY, spans(span("a", Span.SpanKind.SPAN_KIND_SERVER, 1)), 5_000)
                .state();
        Recorded later = written(state, 6_000, 7_000);
        assertThat(later.samples.values()).allSatisfy(s -> assertThat(s).containsOnlyKeys(7_000L));
    }

    @Test
    void aCombinationThatIsNotSeenAnyMoreEndsWithAStaleMarker() {
        SpanState state = signals.next(SpanState.EMPTY, spans(span("a", Span.SpanKind.SPAN_KIND_SERVER, 1)), 5_000)
                .state();
        Recorded at = new Recorded();
        SpanState after = signals.write(state, 904_000, 905_000, at);
        assertThat(after.isEmpty()).isTrue();
        assertThat(at.samples.values())
                .allSatisfy(s -> assertThat(StaleNaN.is(s.get(905_000L))).isTrue());
        assertThat(at.samples).isNotEmpty();
    }

    @Test
    void beyondTheLimitSpansAreCountedTogether() {
        SpanSignals narrow = new SpanSignals(new SpanOptions(OtlpOptions.DEFAULT, 1, 1_000_000, List.of(1.0)));
        SpanStep step = narrow.next(
                SpanState.EMPTY,
                spans(
                        span("a", Span.SpanKind.SPAN_KIND_SERVER, 1),
                        span("b", Span.SpanKind.SPAN_KIND_SERVER, 1),
                        span("c", Span.SpanKind.SPAN_KIND_SERVER, 1),
                        span("a", Span.SpanKind.SPAN_KIND_SERVER, 1)),
                5_000);
        assertThat(step.overflowed()).isEqualTo(2);
        Recorded at = new Recorded();
        narrow.write(step.state(), 5_000, 6_000, at);
        assertThat(at.samples)
                .hasEntrySatisfying(
                        Labels.of(
                                "__name__",
                                "traces_span_metrics_calls_total",
                                "host_name",
                                "node-1",
                                "instance",
                                "i1",
                                "job",
                                "shop",
                                "otel_metric_overflow",
                                "true",
                                "service_name",
                                "shop"),
                        s -> assertThat(s.get(6_000L)).isEqualTo(2));
    }

    @Test
    void aClientSpanIsTheCallersSideAndAServerSpanWithParentTheCallees() {
        Span client = span("call", Span.SpanKind.SPAN_KIND_CLIENT, 20).toBuilder()
                .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
                .addAttributes(text("server.address", "ledger.local"))
                .addAttributes(text("peer.service", "ledger"))
                .build();
        Span server = span("serve", Span.SpanKind.SPAN_KIND_SERVER, 10).toBuilder()
                .setParentSpanId(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, 9}))
                .build();
        List<HalfEdge> edges =
                signals.next(SpanState.EMPTY, spans(client, server), 5_000).edges();
        assertThat(edges)
                .containsExactly(
                        HalfEdge.newBuilder()
                                .setEnvironment("default")
                                .setTraceId("000102030405060708090a0b0c0d0e0f")
                                .setClientSpanId("0001020304050607")
                                .setSide(HalfEdge.Side.CLIENT)
                                .setService("shop")
                                .setDurationNs(20_000_000)
                                .setFailed(true)
                                .setArrivalMs(5_000)
                                .setPeer("ledger")
                                .setNode("node-1")
                                .build(),
                        HalfEdge.newBuilder()
                                .setEnvironment("default")
                                .setTraceId("000102030405060708090a0b0c0d0e0f")
                                .setClientSpanId("0000000000000009")
                                .setSide(HalfEdge.Side.SERVER)
                                .setService("shop")
                                .setDurationNs(10_000_000)
                                .setArrivalMs(5_000)
                                .setNode("node-1")
                                .build());
    }

    @Test
    void rootServerSpansAndInternalSpansAreNoCalls() {
        assertThat(signals.next(
                                SpanState.EMPTY,
                                spans(
                                        span("root", Span.SpanKind.SPAN_KIND_SERVER, 1),
                                        span("inner", Span.SpanKind.SPAN_KIND_INTERNAL, 1)),
                                5_000)
                        .edges())
                .isEmpty();
    }

    @Test
    void aSpanWithoutValidIdsIsCountedAsMalformed() {
        Span bad = span("a", Span.SpanKind.SPAN_KIND_CLIENT, 1).toBuilder()
                .setTraceId(ByteString.copyFromUtf8("short"))
                .build();
        SpanStep step = signals.next(SpanState.EMPTY, spans(bad), 5_000);
        assertThat(step.malformed()).isEqualTo(1);
        assertThat(step.state().isEmpty()).isTrue();
        assertThat(step.edges()).isEmpty();
    }

    @Test
    void aSpanThatEndsBeforeItStartsLastedNoTime() {
        Span back = span("a", Span.SpanKind.SPAN_KIND_SERVER, 1).toBuilder()
                .setEndTimeUnixNano(1)
                .build();
        Recorded at = written(signals.next(SpanState.EMPTY, spans(back), 5_000).state(), 5_000, 6_000);
        assertThat(at.samples.entrySet()).anySatisfy(e -> {
            assertThat(e.getKey().metricName()).endsWith("_sum");
            assertThat(e.getValue().get(6_000L)).isZero();
        });
    }

    @Property(tries = 200)
    void countingInPartsAndRestoringInBetweenChangesNothing(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 20_000) Integer> durations,
            @ForAll @IntRange(max = 19) int cut) {
        Span[] all = durations.stream()
                .map(d -> span("s" + d % 3, Span.SpanKind.SPAN_KIND_SERVER, d))
                .toArray(Span[]::new);
        int at = Math.min(cut, all.length);
        SpanState whole = signals.next(SpanState.EMPTY, spans(all), 5_000).state();
        SpanState first = signals.next(SpanState.EMPTY, spans(java.util.Arrays.copyOf(all, at)), 5_000)
                .state();
        SpanState second = signals.next(
                        SpanState.decode(first.encode()),
                        spans(java.util.Arrays.copyOfRange(all, at, all.length)),
                        5_000)
                .state();
        assertThat(second.encode()).isEqualTo(whole.encode());
    }

    @Test
    void bytesOfSomethingElseAreRefused() {
        assertThatThrownBy(() -> SpanState.decode(new byte[] {1, 0, 0, 0, 9}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SpanState.decode(new byte[] {7})).isInstanceOf(IllegalArgumentException.class);
    }

    private Recorded written(SpanState state, long last, long tick) {
        Recorded recorded = new Recorded();
        assertThat(signals.write(state, last, tick, recorded)).isSameAs(state);
        return recorded;
    }

    private static final class Recorded implements SampleSink {
        final Map<Labels, Map<Long, Double>> samples = new TreeMap<>();

        @Override
        public void add(Labels labels, long timestampMs, double value, long startMs) {
            samples.computeIfAbsent(labels, l -> new TreeMap<>()).put(timestampMs, value);
        }

        @Override
        public void addHistogram(Labels labels, long timestampMs, FloatHistogram value, long startMs) {
            throw new AssertionError("span metrics are classic histograms");
        }
    }

    private static ResourceSpans spans(Span... spans) {
        return ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder()
                        .addAttributes(text("service.name", "shop"))
                        .addAttributes(text("service.instance.id", "i1"))
                        .addAttributes(text("host.name", "node-1")))
                .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(List.of(spans)))
                .build();
    }

    private static Span span(String name, Span.SpanKind kind, long durationMs) {
        long start = 1_700_000_000_000_000_000L;
        return Span.newBuilder()
                .setName(name)
                .setKind(kind)
                .setTraceId(bytes(16))
                .setSpanId(bytes(8))
                .setStartTimeUnixNano(start)
                .setEndTimeUnixNano(start + durationMs * 1_000_000)
                .build();
    }

    private static ByteString bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) i;
        }
        return ByteString.copyFrom(bytes);
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
