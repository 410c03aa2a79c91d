package io.tocsin.console.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What an expression is.
 *
 * @param series its result; a scalar is one series without labels
 * @param warnings of the engine
 */
public record QueryAnswer(List<Series> series, List<String> warnings) {

    public QueryAnswer {
        series = series.stream().sorted(Series.BY_NAME).toList();
        warnings = List.copyOf(warnings);
    }

    /** Reads an answer of {@code query} or {@code query_range}, see Prometheus' HTTP API. */
    static QueryAnswer of(JsonNode answer) {
        List<String> warnings = new ArrayList<>();
        answer.path("warnings").forEach(warning -> warnings.add(warning.asString("")));
        answer.path("infos").forEach(info -> warnings.add(info.asString("")));
        JsonNode data = answer.path("data");
        JsonNode result = data.path("result");
        List<Series> series = new ArrayList<>();
        switch (data.path("resultType").asString("")) {
            case "vector", "matrix" -> result.forEach(one -> series.add(series(one)));
            default -> series.add(new Series(new TreeMap<>(), points(List.of(result))));
        }
        return new QueryAnswer(series, warnings);
    }

    private static Series series(JsonNode one) {
        TreeMap<String, String> labels = new TreeMap<>();
        one.path("metric")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        return new Series(labels, points(one.has("values") ? one.path("values") : List.of(one.path("value"))));
    }

    private static TreeMap<Double, Double> points(Iterable<JsonNode> pairs) {
        TreeMap<Double, Double> points = new TreeMap<>();
        for (JsonNode pair : pairs) {
            if (pair.size() == 2) {
                points.put(pair.get(0).asDouble(), number(pair.get(1).asString("")));
            }
        }
        return points;
    }

    /** A number as Prometheus writes it: also {@code +Inf}, {@code -Inf}, {@code NaN}. */
    public static double number(String text) {
        return switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> {
                try {
                    yield Double.parseDouble(text);
                } catch (NumberFormatException e) {
                    // A result of type string is no number.
                    yield Double.NaN;
                }
            }
        };
    }
}
