package io.tocsin.promql.testscript;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.histogram.Schemas;
import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns classic histograms (series with the suffixes {@code _bucket}, {@code _count} and {@code _sum}) into native ones
 * with custom buckets.
 */
final class ClassicToCustom {

    /** A histogram sample of a converted series. */
    record Sample(Labels labels, long timestampMs, FloatHistogram histogram) {}

    private static final class Parts {
        final TreeMap<Double, Double> cumulative = new TreeMap<>();
        double sum;
        double count = Double.NaN;
        boolean hasCount;
    }

    private final Map<Labels, TreeMap<Long, Parts>> byMetric = new LinkedHashMap<>();

    /** Takes one float sample of a classic series; ignores other series. */
    void add(Labels labels, long timestampMs, double value) throws ScriptException {
        String name = labels.metricName();
        if (name.endsWith("_bucket")) {
            if (!labels.has(Labels.BUCKET)) {
                throw new ScriptException("expected bucket label in metric " + labels);
            }
            double bound = bound(labels.get(Labels.BUCKET));
            if (!Double.isNaN(bound)) {
                parts(labels, "_bucket", timestampMs).cumulative.putIfAbsent(bound, value);
            }
        } else if (name.endsWith("_count")) {
            Parts parts = parts(labels, "_count", timestampMs);
            parts.count = value;
            parts.hasCount = true;
        } else if (name.endsWith("_sum")) {
            parts(labels, "_sum", timestampMs).sum = value;
        }
    }

    private static double bound(String le) {
        try {
            return Numbers.parse(le);
        } catch (ScriptException e) {
            return Double.NaN;
        }
    }

    private Parts parts(Labels labels, String suffix, long timestampMs) {
        String name = labels.metricName();
        Labels base = labels.toBuilder()
                .set(Labels.METRIC_NAME, name.substring(0, name.length() - suffix.length()))
                .delete(Labels.BUCKET)
                .build();
        return byMetric.computeIfAbsent(base, k -> new TreeMap<>()).computeIfAbsent(timestampMs, k -> new Parts());
    }

    /** The histograms, series by series and ascending in time. */
    List<Sample> convert() throws ScriptException {
        List<Sample> all = new ArrayList<>();
        for (Map.Entry<Labels, TreeMap<Long, Parts>> metric : byMetric.entrySet()) {
            for (Map.Entry<Long, Parts> at : metric.getValue().entrySet()) {
                all.add(new Sample(metric.getKey(), at.getKey(), convert(metric.getKey(), at.getValue())));
            }
        }
        return all;
    }

    private static FloatHistogram convert(Labels labels, Parts parts) throws ScriptException {
        TreeMap<Double, Double> cumulative = parts.cumulative;
        double count = parts.hasCount || cumulative.isEmpty()
                ? (parts.hasCount ? parts.count : 0)
                : cumulative.lastEntry().getValue();
        cumulative.putIfAbsent(Double.POSITIVE_INFINITY, count);
        double[] bounds = new double[cumulative.size() - 1];
        double[] counts = new double[cumulative.size()];
        double previous = 0;
        int i = 0;
        for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
            if (bucket.getValue() < previous) {
                throw new ScriptException("count is not cumulative in " + labels + " at le=" + bucket.getKey());
            }
            if (i < bounds.length) {
                bounds[i] = bucket.getKey();
            }
            counts[i++] = bucket.getValue() - previous;
            previous = bucket.getValue();
        }
        if (count != previous) {
            throw new ScriptException("count mismatch in " + labels + ": count=" + count + " != le=+Inf count=" + previous);
        }
        FloatHistogram histogram = FloatHistogram.builder(Schemas.CUSTOM)
                .count(count)
                .sum(parts.sum)
                .customBounds(bounds)
                .positive(0, counts)
                .build()
                .compact();
        String problem = histogram.inconsistency();
        if (problem != null) {
            throw new ScriptException(labels + ": " + problem);
        }
        return histogram;
    }
}
