package io.tocsin.promql.engine;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.RangeSeries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes results of columns. */
final class Results {

    private Results() {}

    /** Drops the names that have to go, and merges columns with the same labels; they may not overlap. */
    static List<Column> merged(Evaluator evaluator, List<Column> columns) {
        Map<Labels, Column> byLabels = new LinkedHashMap<>();
        for (Column column : columns) {
            if (evaluator.options.delayedNameRemoval() && column.dropName) {
                column.labels = Names.drop(column.labels);
            }
            Column before = byLabels.putIfAbsent(column.labels, column);
            if (before != null) {
                merge(before, column);
            }
        }
        return new ArrayList<>(byLabels.values());
    }

    private static void merge(Column into, Column from) {
        for (int i = 0; i < from.steps(); i++) {
            if (from.has(i)) {
                if (into.has(i)) {
                    throw PromqlException.duplicate();
                }
                into.copy(from, i);
            }
        }
    }

    /** A column as a series of a range vector. */
    static RangeSeries series(Column column, Grid grid) {
        int n = column.count();
        long[] times = new long[n];
        double[] values = new double[n];
        @Nullable FloatHistogram[] histograms = column.histograms == null ? null : new @Nullable FloatHistogram[n];
        int k = 0;
        for (int i = 0; i < grid.steps(); i++) {
            FloatHistogram histogram = column.histogram(i);
            if (histogram == null && !column.hasFloat(i)) {
                continue;
            }
            times[k] = grid.at(i);
            if (histogram != null && histograms != null) {
                histograms[k] = histogram;
            } else {
                values[k] = column.values[i];
            }
            k++;
        }
        return new RangeSeries(column.labels, times, values, histograms);
    }
}
