package io.tocsin.collector.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Optional;

/**
 * What a datum must have to be taken. What a point means (temporality, bucket layout) is left to its readers.
 *
 * @param mostAttributes most attributes of a metric's data point
 * @param mostAttributeBytes most bytes of their keys and values together
 */
record Checks(int mostAttributes, int mostAttributeBytes) {

    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;

    /** What is wrong with one message by itself, whatever lies below it. */
    Optional<Rejections.Reason> problem(Message message) {
        return switch (message) {
            case Metric metric when metric.getName().isEmpty() -> Optional.of(Rejections.Reason.METRIC_WITHOUT_NAME);
            case NumberDataPoint point -> point(point.getTimeUnixNano(), point.getAttributesList());
            case HistogramDataPoint point -> point(point.getTimeUnixNano(), point.getAttributesList());
            case ExponentialHistogramDataPoint point -> point(point.getTimeUnixNano(), point.getAttributesList());
            case SummaryDataPoint point -> point(point.getTimeUnixNano(), point.getAttributesList());
            case Span span -> span(span);
            default -> Optional.empty();
        };
    }

    private Optional<Rejections.Reason> point(long timeNanos, List<KeyValue> attributes) {
        if (timeNanos == 0) {
            return Optional.of(Rejections.Reason.POINT_WITHOUT_TIME);
        }
        int bytes = 0;
        for (KeyValue attribute : attributes) {
            bytes += attribute.getSerializedSize();
        }
        boolean fits = attributes.size() <= mostAttributes && bytes <= mostAttributeBytes;
        return fits ? Optional.empty() : Optional.of(Rejections.Reason.LABEL_SET_TOO_LARGE);
    }

    private static Optional<Rejections.Reason> span(Span span) {
        boolean known = isId(span.getTraceId(), TRACE_ID_BYTES) && isId(span.getSpanId(), SPAN_ID_BYTES);
        return known ? Optional.empty() : Optional.of(Rejections.Reason.SPAN_WITHOUT_ID);
    }

    private static boolean isId(ByteString id, int bytes) {
        if (id.size() != bytes) {
            return false;
        }
        for (int i = 0; i < bytes; i++) {
            if (id.byteAt(i) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether everything in a resource may be taken as it is. */
    boolean clean(Message resource) {
        return switch (resource) {
            case ResourceMetrics metrics -> {
                for (ScopeMetrics scope : metrics.getScopeMetricsList()) {
                    for (Metric metric : scope.getMetricsList()) {
                        if (problem(metric).isPresent() || !points(metric)) {
                            yield false;
                        }
                    }
                }
                yield true;
            }
            case ResourceSpans spans -> {
                for (ScopeSpans scope : spans.getScopeSpansList()) {
                    if (!all(scope.getSpansList())) {
                        yield false;
                    }
                }
                yield true;
            }
            default -> true;
        };
    }

    private boolean points(Metric metric) {
        return switch (metric.getDataCase()) {
            case GAUGE -> all(metric.getGauge().getDataPointsList());
            case SUM -> all(metric.getSum().getDataPointsList());
            case HISTOGRAM -> all(metric.getHistogram().getDataPointsList());
            case EXPONENTIAL_HISTOGRAM -> all(metric.getExponentialHistogram().getDataPointsList());
            case SUMMARY -> all(metric.getSummary().getDataPointsList());
            case DATA_NOT_SET -> true;
        };
    }

    private boolean all(List<? extends Message> data) {
        for (Message datum : data) {
            if (problem(datum).isPresent()) {
                return false;
            }
        }
        return true;
    }
}
