package io.tocsin.promql.testscript;

import io.tocsin.promql.model.Labels;
import java.util.List;

/**
 * A series with its values, as in {@code errors{job="a"} 1+2x3 _ stale}; the notation of Prometheus' rule unit tests
 * and engine tests.
 */
public record SeriesDescription(Labels labels, List<Point> points) {

    public SeriesDescription {
        points = List.copyOf(points);
    }

    /**
     * Reads a metric followed by its values.
     *
     * @throws ScriptException saying what was found and what was expected
     */
    public static SeriesDescription parse(String text) throws ScriptException {
        Metric metric = Metric.parse(text);
        if (metric.end() < text.length() && !isSpace(text.charAt(metric.end()))) {
            throw new ScriptException(
                    "unexpected \"" + text.substring(metric.end()) + "\" in series description, expected space");
        }
        return new SeriesDescription(metric.labels(), Sequence.parse(text.substring(metric.end())));
    }

    /** Reads a metric alone, as in {@code errors{job="a"}}. */
    public static Labels parseMetric(String text) throws ScriptException {
        Metric metric = Metric.parse(text);
        if (!text.substring(metric.end()).isBlank()) {
            throw new ScriptException("unexpected \"" + text.substring(metric.end()) + "\" behind a metric");
        }
        return metric.labels();
    }

    /** Reads values alone, as in {@code 1+2x3 _ stale}. */
    public static List<Point> parseValues(String text) throws ScriptException {
        return Sequence.parse(text);
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
