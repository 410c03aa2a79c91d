package io.tocsin.rulesengine.spans;

import io.opentelemetry.proto.trace.v1.Span;
import java.util.Comparator;

/**
 * What a target's spans are counted by, in the words of the spanmetrics connector.
 *
 * @param name span name
 * @param kind for example {@code SPAN_KIND_SERVER}
 * @param status for example {@code STATUS_CODE_ERROR}
 */
record SpanDimension(String name, String kind, String status) implements Comparable<SpanDimension> {

    /** Everything beyond the limit. */
    static final SpanDimension OVERFLOW = new SpanDimension("", "", "");

    private static final Comparator<SpanDimension> ORDER = Comparator.comparing(SpanDimension::name)
            .thenComparing(SpanDimension::kind)
            .thenComparing(SpanDimension::status);

    static SpanDimension of(Span span) {
        return new SpanDimension(
                span.getName(),
                switch (span.getKind()) {
                    case SPAN_KIND_INTERNAL -> "SPAN_KIND_INTERNAL";
                    case SPAN_KIND_SERVER -> "SPAN_KIND_SERVER";
                    case SPAN_KIND_CLIENT -> "SPAN_KIND_CLIENT";
                    case SPAN_KIND_PRODUCER -> "SPAN_KIND_PRODUCER";
                    case SPAN_KIND_CONSUMER -> "SPAN_KIND_CONSUMER";
                    case SPAN_KIND_UNSPECIFIED, UNRECOGNIZED -> "SPAN_KIND_UNSPECIFIED";
                },
                switch (span.getStatus().getCode()) {
                    case STATUS_CODE_OK -> "STATUS_CODE_OK";
                    case STATUS_CODE_ERROR -> "STATUS_CODE_ERROR";
                    case STATUS_CODE_UNSET, UNRECOGNIZED -> "STATUS_CODE_UNSET";
                });
    }

    @Override
    public int compareTo(SpanDimension other) {
        return ORDER.compare(this, other);
    }
}
