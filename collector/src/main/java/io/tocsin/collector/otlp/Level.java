package io.tocsin.collector.otlp;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Map;

/**
 * One kind of message on the way from a resource down to a datum (a data point, a span or a log record).
 *
 * @param parser reads such a message
 * @param children the fields that lead further down; empty for a datum
 */
record Level(Parser<? extends Message> parser, Map<Integer, Level> children) {

    static final Level METRICS = new Level(
            ResourceMetrics.parser(),
            Map.of(
                    ResourceMetrics.SCOPE_METRICS_FIELD_NUMBER,
                    new Level(ScopeMetrics.parser(), Map.of(ScopeMetrics.METRICS_FIELD_NUMBER, metric()))));
    static final Level TRACES = new Level(
            ResourceSpans.parser(),
            Map.of(
                    ResourceSpans.SCOPE_SPANS_FIELD_NUMBER,
                    new Level(ScopeSpans.parser(), Map.of(ScopeSpans.SPANS_FIELD_NUMBER, datum(Span.parser())))));
    static final Level LOGS = new Level(
            ResourceLogs.parser(),
            Map.of(
                    ResourceLogs.SCOPE_LOGS_FIELD_NUMBER,
                    new Level(
                            ScopeLogs.parser(),
                            Map.of(ScopeLogs.LOG_RECORDS_FIELD_NUMBER, datum(LogRecord.parser())))));

    // The five kinds of data keep their points in the same field.
    private static final int POINTS = Gauge.DATA_POINTS_FIELD_NUMBER;

    Level {
        children = Map.copyOf(children);
    }

    private static Level metric() {
        Level number = datum(NumberDataPoint.parser());
        return new Level(
                Metric.parser(),
                Map.of(
                        Metric.GAUGE_FIELD_NUMBER, points(Gauge.parser(), number),
                        Metric.SUM_FIELD_NUMBER, points(Sum.parser(), number),
                        Metric.HISTOGRAM_FIELD_NUMBER, points(Histogram.parser(), datum(HistogramDataPoint.parser())),
                        Metric.EXPONENTIAL_HISTOGRAM_FIELD_NUMBER,
                                points(ExponentialHistogram.parser(), datum(ExponentialHistogramDataPoint.parser())),
                        Metric.SUMMARY_FIELD_NUMBER, points(Summary.parser(), datum(SummaryDataPoint.parser()))));
    }

    private static Level points(Parser<? extends Message> parser, Level point) {
        return new Level(parser, Map.of(POINTS, point));
    }

    private static Level datum(Parser<? extends Message> parser) {
        return new Level(parser, Map.of());
    }

    boolean isDatum() {
        return children.isEmpty();
    }
}
