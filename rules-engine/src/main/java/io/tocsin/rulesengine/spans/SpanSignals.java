package io.tocsin.rulesengine.spans;

import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.v1.HalfEdge;
import io.tocsin.promql.model.GoFloat;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;
import io.tocsin.rulesengine.otlp.NameException;
import io.tocsin.rulesengine.otlp.SampleSink;
import io.tocsin.rulesengine.otlp.SeriesLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Turns the spans of a target into series and half-edges. Series have the names of the OpenTelemetry Collector's
 * spanmetrics connector: {@code traces_span_metrics_calls_total} and {@code traces_span_metrics_duration_milliseconds}.
 * Not safe for several threads.
 */
public final class SpanSignals {

    private static final String CALLS = "traces_span_metrics_calls_total";
    private static final String DURATION = "traces_span_metrics_duration_milliseconds";
    private static final double NS_PER_MS = 1e6;
    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;

    private final SpanOptions options;
    private final SeriesLabels labels;
    private final String[] les;

    public SpanSignals(SpanOptions options) {
        this.options = options;
        this.labels = new SeriesLabels(options.naming());
        this.les = options.boundsMs().stream().map(GoFloat::format).toArray(String[]::new);
    }

    /**
     * Counts the spans of one record.
     *
     * @param state the target's state, {@link SpanState#EMPTY} for a new one
     * @param arrivalMs when the record arrived, Unix milliseconds of the log
     */
    public SpanStep next(SpanState state, ResourceSpans spans, long arrivalMs) {
        SortedMap<SpanDimension, CallTotals> totals = new TreeMap<>(state.totals());
        HalfEdges sides = new HalfEdges(spans.getResource(), arrivalMs);
        List<HalfEdge> edges = new ArrayList<>();
        int counted = 0;
        int overflowed = 0;
        int malformed = 0;
        for (ScopeSpans scope : spans.getScopeSpansList()) {
            for (Span span : scope.getSpansList()) {
                if (!hasIds(span)) {
                    malformed++;
                    continue;
                }
                counted++;
                overflowed += count(span, arrivalMs, totals);
                sides.of(span).ifPresent(edges::add);
            }
        }
        Labels target = state.isEmpty() ? targetLabels(spans.getResource()) : state.target();
        return new SpanStep(new SpanState(target, totals), edges, counted, overflowed, malformed);
    }

    private static boolean hasIds(Span span) {
        return span.getTraceId().size() == TRACE_ID_BYTES && span.getSpanId().size() == SPAN_ID_BYTES;
    }

    /** Returns 1 when the span's combination is beyond the limit. */
    private int count(Span span, long arrivalMs, SortedMap<SpanDimension, CallTotals> totals) {
        SpanDimension own = SpanDimension.of(span);
        boolean fits = totals.containsKey(own) || totals.size() < options.maxDimensions();
        SpanDimension dimension = fits ? own : SpanDimension.OVERFLOW;
        CallTotals before = totals.get(dimension);
        CallTotals base = before == null || before.buckets().length != les.length + 1
                ? CallTotals.startingAt(arrivalMs, les.length)
                : before;
        totals.put(dimension, base.plus(HalfEdges.durationNs(span) / NS_PER_MS, arrivalMs, options.boundsMs()));
        return fits ? 0 : 1;
    }

    /** Where an attribute's name has no label, identity alone must do: no span is lost for it. */
    private Labels targetLabels(Resource resource) {
        try {
            return labels.ofResource(resource);
        } catch (NameException e) {
            TargetIdentity identity = TargetIdentity.of(resource);
            return Labels.of("job", identity.job(), "instance", identity.instance());
        }
    }

    /**
     * Writes the series of a target as they are at a tick. A series that is new since the tick before starts with a
     * zero just before its first span, so that {@code rate} sees that span; one that has expired ends with a stale
     * marker.
     *
     * @param lastTickMs the tick written before this one, 0 when none was
     * @param tickMs the time of the samples, Unix milliseconds
     * @return the state without what has expired
     */
    public SpanState write(SpanState state, long lastTickMs, long tickMs, SampleSink sink) {
        SortedMap<SpanDimension, CallTotals> kept = new TreeMap<>();
        state.totals().forEach((dimension, totals) -> {
            Labels base = series(state.target(), dimension);
            if (totals.lastMs() + options.expiryMs() <= tickMs) {
                write(base, totals, tickMs, Form.STALE, sink);
                return;
            }
            if (totals.firstMs() > lastTickMs) {
                write(base, totals, totals.firstMs() - 1, Form.ZERO, sink);
            }
            write(base, totals, tickMs, Form.VALUE, sink);
            kept.put(dimension, totals);
        });
        return kept.size() == state.totals().size() ? state : new SpanState(state.target(), kept);
    }

    private enum Form {
        VALUE,
        ZERO,
        STALE;

        double of(double value) {
            return switch (this) {
                case VALUE -> value;
                case ZERO -> 0;
                case STALE -> StaleNaN.VALUE;
            };
        }
    }

    private void write(Labels base, CallTotals totals, long atMs, Form form, SampleSink sink) {
        long start = totals.firstMs() - 1;
        sink.add(named(base, CALLS), atMs, form.of((double) totals.calls()), start);
        sink.add(named(base, DURATION + "_sum"), atMs, form.of(totals.sumMs()), start);
        sink.add(named(base, DURATION + "_count"), atMs, form.of((double) totals.calls()), start);
        Labels bucket = named(base, DURATION + "_bucket");
        long below = 0;
        for (int i = 0; i < les.length; i++) {
            below += totals.buckets()[i];
            sink.add(bucket.with(Labels.BUCKET, les[i]), atMs, form.of((double) below), start);
        }
        sink.add(bucket.with(Labels.BUCKET, "+Inf"), atMs, form.of((double) totals.calls()), start);
    }

    private static Labels named(Labels base, String name) {
        return base.with(Labels.METRIC_NAME, name);
    }

    private static Labels series(Labels target, SpanDimension dimension) {
        Labels.Builder series = target.toBuilder();
        if (target.get("service_name").isEmpty()) {
            series.set("service_name", "unknown_service");
        }
        if (dimension.equals(SpanDimension.OVERFLOW)) {
            return series.set("otel_metric_overflow", "true").build();
        }
        return series.set("span_name", dimension.name())
                .set("span_kind", dimension.kind())
                .set("status_code", dimension.status())
                .build();
    }
}
