package io.tocsin.promql.testscript;

import io.tocsin.promql.histogram.FloatHistogram;
import org.jspecify.annotations.Nullable;

/** One place in a sequence of values: nothing, a number (the stale marker is one), or a histogram. */
public sealed interface Point {

    /** No sample at this step, written {@code _}. */
    record Omitted() implements Point {}

    /** A number. */
    record Value(double value) implements Point {}

    /**
     * A histogram.
     *
     * @param hintGiven whether the text names its counter-reset hint, so that a comparison looks at it
     */
    record Histogram(FloatHistogram value, boolean hintGiven) implements Point {}

    /** The histogram at this place, null if there is none. */
    default @Nullable FloatHistogram histogram() {
        return switch (this) {
            case Omitted omitted -> null;
            case Value number -> null;
            case Histogram histogram -> histogram.value();
        };
    }
}
