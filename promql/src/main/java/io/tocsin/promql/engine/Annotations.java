package io.tocsin.promql.engine;

import io.tocsin.promql.ast.BinaryOp;
import io.tocsin.promql.ast.Span;
import io.tocsin.promql.engine.Annotation.Level;
import io.tocsin.promql.model.GoFloat;
import io.tocsin.promql.model.GoQuote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects remarks. Equal remarks are one, whatever their positions; the position of the last one is shown. The texts are
 * Prometheus' own, since people and tools look for them.
 */
final class Annotations {

    private static final String WARNING = "PromQL warning: ";
    private static final String INFO = "PromQL info: ";

    /** What histograms were combined for. */
    enum Operation {
        ADDITION("addition"),
        SUBTRACTION("subtraction"),
        AGGREGATION("aggregation");

        private final String word;

        Operation(String word) {
            this.word = word;
        }
    }

    /** A remark with what has to be added up over its repetitions. */
    private static final class Entry {
        final Level level;
        Span span;
        String detail = "";
        int times = 1;
        long firstMs;
        long lastMs;
        double minBucket;
        double maxBucket;
        double maxDiff;

        Entry(Level level, Span span) {
            this.level = level;
            this.span = span;
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    List<Annotation> list() {
        List<Annotation> all = new ArrayList<>();
        entries.forEach((text, e) ->
                all.add(new Annotation(e.level, text + e.detail + " (" + e.span.position() + ")")));
        return all;
    }

    private Entry warn(String text, Span span) {
        return add(Level.WARNING, WARNING + text, span);
    }

    private Entry info(String text, Span span) {
        return add(Level.INFO, INFO + text, span);
    }

    private Entry add(Level level, String text, Span span) {
        Entry entry = entries.get(text);
        if (entry == null) {
            entry = new Entry(level, span);
            entries.put(text, entry);
        } else {
            entry.span = span;
            entry.times++;
        }
        return entry;
    }

    private static String forMetric(String text, String metric) {
        return metric.isEmpty() ? text : text + " for metric name " + GoQuote.quote(metric);
    }

    void invalidQuantile(double q, Span span) {
        warn("quantile value should be between 0 and 1, got " + GoFloat.formatG(q), span);
    }

    void invalidRatio(double ratio, double capped, Span span) {
        warn(
                "ratio value should be between -1 and 1, got " + GoFloat.formatG(ratio) + ", capping to "
                        + GoFloat.formatG(capped),
                span);
    }

    void badBucketLabel(String metric, String label, Span span) {
        warn(forMetric("bucket label \"le\" is missing or has a malformed value of " + GoQuote.quote(label), metric), span);
    }

    void mixedFloatsHistograms(String metric, Span span) {
        warn("encountered a mix of histograms and floats for metric name " + GoQuote.quote(metric), span);
    }

    void mixedFloatsHistogramsInAggregation(Span span) {
        warn("encountered a mix of histograms and floats for aggregation", span);
    }

    void mixedClassicNative(String metric, Span span) {
        warn(forMetric("vector contains a mix of classic and native histograms", metric), span);
    }

    void notCounter(String metric, Span span) {
        warn("this native histogram metric is not a counter: " + GoQuote.quote(metric), span);
    }

    void notGauge(String metric, Span span) {
        warn("this native histogram metric is not a gauge: " + GoQuote.quote(metric), span);
    }

    void mixedExponentialCustom(String metric, Span span) {
        warn(
                "vector contains a mix of histograms with exponential and custom buckets schemas for metric name "
                        + GoQuote.quote(metric),
                span);
    }

    void incompatibleBuckets(BinaryOp op, Span span) {
        warn("incompatible bucket layout encountered for binary operator " + op.symbol(), span);
    }

    void sortInRangeQuery(Span span) {
        warn("sort is ineffective for range queries since results are always ordered by labels", span);
    }

    void counterResetCollision(Operation operation, Span span) {
        warn("conflicting counter resets during histogram " + operation.word, span);
    }

    void possiblyNoCounter(String metric, Span span) {
        info(
                "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
                        + GoQuote.quote(metric),
                span);
    }

    void possiblyNoCounterType(String metric, String type, Span span) {
        info(
                "metric might not be a counter, __type__ label is not set to \"counter\" or \"histogram\", got "
                        + GoQuote.quote(type) + ": " + GoQuote.quote(metric),
                span);
    }

    void incompatibleTypes(String left, BinaryOp op, String right, Span span) {
        info(
                "incompatible sample types encountered for binary operator " + GoQuote.quote(op.symbol()) + ": " + left
                        + " " + op.symbol() + " " + right,
                span);
    }

    void histogramIgnoredInAggregation(String aggregation, Span span) {
        info("ignored histogram in " + aggregation + " aggregation", span);
    }

    void histogramIgnoredInMixedRange(String metric, Span span) {
        info(
                "ignored histograms in a range containing both floats and histograms for metric name "
                        + GoQuote.quote(metric),
                span);
    }

    void quantileIsNaN(String metric, Span span) {
        info(forMetric("input to histogram_quantile has NaN observations, result is NaN", metric), span);
    }

    void quantileIsSkewed(String metric, Span span) {
        info(forMetric("input to histogram_quantile has NaN observations, result is skewed higher", metric), span);
    }

    void fractionExcludesNaN(String metric, Span span) {
        info(
                forMetric(
                        "input to histogram_fraction has NaN observations, which are excluded from all fractions",
                        metric),
                span);
    }

    void boundsReconciled(Operation operation, Span span) {
        info("mismatched custom buckets were reconciled during " + operation.word, span);
    }

    void startTimeOverlap(String metric, Span span) {
        Entry entry = warn(
                "sample has start time that overlaps with previous sample timestamp for metric "
                        + GoQuote.quote(metric),
                span);
        entry.detail = entry.times > 1 ? " (" + entry.times + " occurrences)" : "";
    }

    void forcedMonotonic(String metric, Span span, long atMs, double minBucket, double maxBucket, double maxDiff) {
        Entry e = info(
                forMetric(
                        "input to histogram_quantile needed to be fixed for monotonicity (see"
                                + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)",
                        metric),
                span);
        boolean first = e.times == 1;
        e.firstMs = first ? atMs : Math.min(e.firstMs, atMs);
        e.lastMs = first ? atMs : Math.max(e.lastMs, atMs);
        e.minBucket = first ? minBucket : Math.min(e.minBucket, minBucket);
        e.maxBucket = first ? maxBucket : Math.max(e.maxBucket, maxBucket);
        e.maxDiff = first ? maxDiff : Math.max(e.maxDiff, maxDiff);
        e.detail = ", from buckets " + GoFloat.formatG(e.minBucket) + " to " + GoFloat.formatG(e.maxBucket)
                + ", with a max diff of " + GoFloat.formatG(e.maxDiff, 2) + ", over " + e.times + " samples from "
                + Instant.ofEpochSecond(e.firstMs / 1000) + " to " + Instant.ofEpochSecond(e.lastMs / 1000);
    }
}
