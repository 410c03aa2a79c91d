package io.tocsin.promql.engine;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One series over all steps of a grid. A step without a float holds the stale marker, which no arithmetic can produce; a
 * step has a histogram, a float, or nothing. Several columns may carry the same labels where they never have a sample at
 * the same step.
 */
final class Column {

    private static final double ABSENT = StaleNaN.VALUE;

    Labels labels;
    /** With delayed name removal: whether the name goes at the end. */
    boolean dropName;

    final double[] values;
    @Nullable FloatHistogram @Nullable [] histograms;

    Column(Labels labels, boolean dropName, double[] values, @Nullable FloatHistogram @Nullable [] histograms) {
        this.labels = labels;
        this.dropName = dropName;
        this.values = values;
        this.histograms = histograms;
    }

    /** A column without samples. */
    Column(Labels labels, boolean dropName, int steps) {
        this(labels, dropName, new double[steps], null);
        Arrays.fill(values, ABSENT);
    }

    static boolean absent(double value) {
        return value != value && StaleNaN.is(value);
    }

    /** Makes it empty again, for the next series. */
    void clear(Labels nextLabels, boolean nextDropName) {
        labels = nextLabels;
        dropName = nextDropName;
        Arrays.fill(values, ABSENT);
        histograms = null;
    }

    int steps() {
        return values.length;
    }

    boolean hasFloat(int step) {
        return !absent(values[step]);
    }

    @Nullable FloatHistogram histogram(int step) {
        return histograms == null ? null : histograms[step];
    }

    boolean has(int step) {
        return hasFloat(step) || histogram(step) != null;
    }

    void remove(int step) {
        values[step] = ABSENT;
        if (histograms != null) {
            histograms[step] = null;
        }
    }

    void set(int step, FloatHistogram histogram) {
        if (histograms == null) {
            histograms = new @Nullable FloatHistogram[values.length];
        }
        histograms[step] = histogram;
        values[step] = ABSENT;
    }

    /** Sets the float or the histogram that another column has at the step. */
    void copy(Column from, int step) {
        FloatHistogram histogram = from.histogram(step);
        if (histogram != null) {
            set(step, histogram);
        } else {
            values[step] = from.values[step];
        }
    }

    void dropHistograms() {
        histograms = null;
    }

    int count() {
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            n += has(i) ? 1 : 0;
        }
        return n;
    }

    boolean isEmpty() {
        for (int i = 0; i < values.length; i++) {
            if (has(i)) {
                return false;
            }
        }
        return true;
    }

    Column copy() {
        return new Column(labels, dropName, values.clone(), histograms == null ? null : histograms.clone());
    }
}
