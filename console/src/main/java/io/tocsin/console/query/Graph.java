package io.tocsin.console.query;

import io.tocsin.console.engine.QueryAnswer;
import io.tocsin.console.engine.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Series in columns, as plots are drawn from them.
 *
 * @param times seconds since 1970, ascending, the same for all series
 * @param names of the series
 * @param columns a list of values for each series, null where it has none
 * @param left how many more series there are
 */
public record Graph(List<Double> times, List<String> names, List<List<@Nullable Double>> columns, int left) {

    /** The series of an answer, so many at most. */
    public static Graph of(QueryAnswer answer, int most) {
        List<Series> shown = answer.series().stream().limit(most).toList();
        SortedSet<Double> times = new TreeSet<>();
        shown.forEach(series -> times.addAll(series.points().keySet()));
        return new Graph(
                List.copyOf(times),
                shown.stream().map(Series::name).toList(),
                shown.stream().map(series -> column(series, times)).toList(),
                answer.series().size() - shown.size());
    }

    private static List<@Nullable Double> column(Series series, SortedSet<Double> times) {
        List<@Nullable Double> column = new ArrayList<>(times.size());
        for (Double time : times) {
            Double value = series.points().get(time);
            // Infinite values have no place on an axis.
            column.add(value == null || !Double.isFinite(value) ? null : value);
        }
        return column;
    }

    /** For scripts. */
    SequencedMap<String, Object> json(List<String> warnings) {
        SequencedMap<String, Object> json = new LinkedHashMap<>(Map.of());
        json.put("times", times);
        json.put("names", names);
        json.put("columns", columns);
        json.put("left", left);
        json.put("warnings", warnings);
        return json;
    }
}
