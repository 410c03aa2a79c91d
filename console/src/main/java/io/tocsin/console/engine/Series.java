package io.tocsin.console.engine;

import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A series of an answer.
 *
 * @param labels its identity, the name of the metric as {@code __name__}
 * @param points times, seconds since 1970, ascending, to values
 */
public record Series(SortedMap<String, String> labels, SortedMap<Double, Double> points) {

    /** The order of labels. */
    public static final Comparator<Series> BY_NAME = Comparator.comparing(Series::name);

    public Series {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        points = Collections.unmodifiableSortedMap(new TreeMap<>(points));
    }

    /** As PromQL writes it. */
    public String name() {
        String matchers = labels.entrySet().stream()
                .filter(label -> !label.getKey().equals("__name__"))
                .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
        String name = labels.getOrDefault("__name__", "");
        return !name.isEmpty() && matchers.equals("{}") ? name : name + matchers;
    }

    /** Its last value; not a number when it has none. */
    public double last() {
        return points.isEmpty() ? Double.NaN : points.lastEntry().getValue();
    }
}
