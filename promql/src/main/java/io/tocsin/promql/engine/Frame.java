package io.tocsin.promql.engine;

import io.tocsin.promql.histogram.FloatHistogram;
import org.jspecify.annotations.Nullable;

/**
 * The window of a range function at one step, and the function's result there. Samples with
 * {@code start < t <= end} are at {@code lo} to {@code hi} (floats) and {@code hLo} to {@code hHi} (histograms); windows
 * of {@code anchored} and {@code smoothed} selectors reach further by the lookback.
 */
final class Frame {

    int step;
    /** The evaluation time, in milliseconds. */
    long at;
    /** The window's bounds, without lookback. */
    long start;

    long end;
    int lo;
    int hi;
    int hLo;
    int hHi;

    double value;
    @Nullable FloatHistogram histogram;

    int floats() {
        return hi - lo;
    }

    int histograms() {
        return hHi - hLo;
    }

    boolean give(double result) {
        value = result;
        histogram = null;
        return true;
    }

    boolean give(FloatHistogram result) {
        histogram = result;
        return true;
    }
}
