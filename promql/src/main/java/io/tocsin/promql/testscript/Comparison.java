package io.tocsin.promql.testscript;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.histogram.HistogramLiteral;
import io.tocsin.promql.model.GoFloat;
import io.tocsin.promql.model.GoQuote;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.RangeSeries;
import io.tocsin.promql.model.Sample;
import io.tocsin.promql.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares what a query gave with what a script says. Every difference is a line "expected …, got …". */
final class Comparison {
    private final Expectation expected;
    private final List<String> differences = new ArrayList<>();

    private Comparison(Expectation expected) {
        this.expected = expected;
    }

    /** @param grid the times at which the values of a range vector are expected */
    static List<String> of(Expectation expected, Value actual, Command.Times.@Nullable Range grid) {
        Comparison comparison = new Comparison(expected);
        switch (actual) {
            case Value.ScalarValue s -> comparison.scalar(s.value());
            case Value.StringValue s -> comparison.string(s.value());
            case Value.VectorValue v -> comparison.vector(v.samples());
            case Value.MatrixValue m -> comparison.matrix(m.series(), grid);
        }
        return comparison.differences;
    }

    private void differ(String want, String got) {
        differences.add("expected " + want + ", got " + got);
    }

    private void scalar(double actual) {
        if (expected.scalar.isEmpty()) {
            differ("a vector or matrix", "scalar " + GoFloat.format(actual));
        } else if (!Almost.equal(expected.scalar.getAsDouble(), actual)) {
            differ("scalar " + GoFloat.format(expected.scalar.getAsDouble()), GoFloat.format(actual));
        }
    }

    private void string(String actual) {
        if (!actual.equals(expected.string == null ? "" : expected.string)) {
            differ("string " + GoQuote.quote(expected.string == null ? "" : expected.string), GoQuote.quote(actual));
        }
    }

    private void vector(List<Sample> actual) {
        if (expected.scalar.isPresent() || expected.string != null) {
            differ("a scalar or string", "a vector of " + actual.size());
            return;
        }
        boolean ordered = expected.has(Expectation.Kind.ORDERED);
        Set<Labels> seen = new HashSet<>();
        for (int i = 0; i < actual.size(); i++) {
            Sample sample = actual.get(i);
            Expectation.Series series = expected.series.get(sample.labels());
            String got = sample.labels() + " " + text(sample.value(), sample.histogram());
            if (!seen.add(sample.labels())) {
                differ("each series once", got + " again");
            } else if (series == null) {
                differ("no such series", got);
            } else if (ordered && series.position() != i + 1) {
                differ(sample.labels() + " at position " + series.position(), "it at position " + (i + 1));
            } else if (!matches(series.points().getFirst(), sample.value(), sample.histogram())) {
                differ(sample.labels() + " " + text(series.points().getFirst()), text(sample.value(), sample.histogram()));
            }
        }
        missing(seen);
    }

    private void missing(Set<Labels> seen) {
        for (Map.Entry<Labels, Expectation.Series> entry : expected.series.entrySet()) {
            if (!seen.contains(entry.getKey())) {
                List<String> points =
                        entry.getValue().points().stream().map(Comparison::text).toList();
                differ(entry.getKey() + " " + String.join(" ", points), "no such series");
            }
        }
    }

    private void matrix(List<RangeSeries> actual, Command.Times.@Nullable Range grid) {
        if (expected.scalar.isPresent() || expected.string != null || expected.has(Expectation.Kind.ORDERED)) {
            differ("no matrix", "a matrix of " + actual.size());
            return;
        }
        if (grid == null) {
            differ("an instant vector or scalar", "a matrix of " + actual.size());
            return;
        }
        Set<Labels> seen = new HashSet<>();
        Labels previous = null;
        for (RangeSeries series : actual) {
            if (previous != null && previous.compareTo(series.labels()) > 0) {
                differ("series sorted by labels", series.labels() + " behind " + previous);
            }
            previous = series.labels();
            Expectation.Series want = expected.series.get(series.labels());
            if (!seen.add(series.labels())) {
                differ("each series once", series.labels() + " again");
            } else if (want == null) {
                differ("no such series", text(series));
            } else {
                points(want, series, grid);
            }
        }
        missing(seen);
    }

    private void points(Expectation.Series want, RangeSeries got, Command.Times.Range grid) {
        Map<Long, Point> remaining = new TreeMap<>();
        for (int i = 0; i < want.points().size(); i++) {
            long time = grid.startMs() + i * grid.stepMs();
            if (time > grid.endMs()) {
                differ("no more points than the query's time range can hold", want.points().size() + " in the script");
                return;
            }
            if (!(want.points().get(i) instanceof Point.Omitted)) {
                remaining.put(time, want.points().get(i));
            }
        }
        for (int i = 0; i < got.size(); i++) {
            long time = got.timestampsMs()[i];
            Point point = remaining.remove(time);
            String actual = text(got.values()[i], got.histogram(i));
            if (point == null) {
                differ("nothing at " + time + " ms in " + text(got), actual);
            } else if (!matches(point, got.values()[i], got.histogram(i))) {
                differ(text(point) + " at " + time + " ms in " + text(got), actual);
            }
        }
        remaining.forEach((time, point) -> differ(text(point) + " at " + time + " ms in " + text(got), "nothing"));
    }

    private static boolean matches(Point want, double value, @Nullable FloatHistogram histogram) {
        return switch (want) {
            // Prometheus takes a blank as zero where only one value can be expected.
            case Point.Omitted omitted -> histogram == null && Almost.equal(0, value);
            case Point.Value v -> histogram == null && Almost.equal(v.value(), value);
            case Point.Histogram h -> histogram != null && Almost.equal(h, histogram);
        };
    }

    private static String text(Point point) {
        return switch (point) {
            case Point.Omitted omitted -> "_";
            case Point.Value v -> GoFloat.format(v.value());
            case Point.Histogram h -> HistogramLiteral.format(h.value());
        };
    }

    private static String text(double value, @Nullable FloatHistogram histogram) {
        return histogram == null ? GoFloat.format(value) : HistogramLiteral.format(histogram);
    }

    private static String text(RangeSeries series) {
        StringBuilder out = new StringBuilder(series.labels().toString());
        for (int i = 0; i < series.size(); i++) {
            out.append(' ')
                    .append(text(series.values()[i], series.histogram(i)))
                    .append('@')
                    .append(series.timestampsMs()[i]);
        }
        return out.toString();
    }
}
