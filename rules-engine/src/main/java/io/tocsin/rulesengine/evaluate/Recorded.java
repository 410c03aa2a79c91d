package io.tocsin.rulesengine.evaluate;

import io.tocsin.promql.histogram.FloatHistogram;
import org.jspecify.annotations.Nullable;

/**
 * What a recording rule gives for a series at a tick.
 *
 * @param value without meaning where there is a histogram
 * @param histogram a native histogram, null for a number
 */
record Recorded(double value, @Nullable FloatHistogram histogram) {

    Recorded(double value, @Nullable FloatHistogram histogram) {
        this.value = value;
        this.histogram = histogram;
    }

    static Recorded of(double value) {
        return new Recorded(value, null);
    }
}
