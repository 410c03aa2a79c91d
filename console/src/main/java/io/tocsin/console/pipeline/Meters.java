package io.tocsin.console.pipeline;

import io.tocsin.console.engine.QueryAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Meters in the Prometheus text format, version 0.0.4. Lines that are none are left out.
 *
 * @param byName their values by name, by labels
 */
record Meters(Map<String, Map<SortedMap<String, String>, Double>> byName) {

    private static final Pattern LINE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})?\\s+(\\S+)(?:\\s+-?\\d+)?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    static Meters of(String text) {
        Map<String, Map<SortedMap<String, String>, Double>> byName = new LinkedHashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher found = LINE.matcher(line.strip());
            if (found.matches()) {
                byName.computeIfAbsent(found.group(1), name -> new LinkedHashMap<>())
                        .put(labels(found.group(2)), QueryAnswer.number(found.group(3)));
            }
        });
        return new Meters(byName);
    }

    private static SortedMap<String, String> labels(@Nullable String text) {
        SortedMap<String, String> labels = new TreeMap<>();
        if (text != null) {
            Matcher label = LABEL.matcher(text);
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
        }
        return labels;
    }

    /** The values of a name by the value of one label. */
    SortedMap<String, Double> by(String name, String label) {
        SortedMap<String, Double> values = new TreeMap<>();
        byName.getOrDefault(name, Map.of())
                .forEach((labels, value) -> values.merge(labels.getOrDefault(label, ""), value, Double::sum));
        return values;
    }

    /** The sum of all values of a name; 0 where there is none. */
    double sum(String name) {
        return byName.getOrDefault(name, Map.of()).values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /** The mean of a histogram or summary by a label: its sum through its count. */
    SortedMap<String, Double> means(String name, String label) {
        SortedMap<String, Double> sums = by(name + "_sum", label);
        SortedMap<String, Double> counts = by(name + "_count", label);
        SortedMap<String, Double> means = new TreeMap<>();
        sums.forEach((key, sum) -> {
            double count = counts.getOrDefault(key, 0.0);
            if (count > 0) {
                means.put(key, sum / count);
            }
        });
        return means;
    }
}
