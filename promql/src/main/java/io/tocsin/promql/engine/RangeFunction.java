package io.tocsin.promql.engine;

/**
 * A function over the samples of one series in a window that moves forward. An instance may keep state between the steps
 * of one series, since neither bound of the window ever moves back.
 */
abstract class RangeFunction {

    /** A new series begins. */
    void start(Samples series) {}

    /** Computes the result for a window that is not empty into the frame; false where there is none. */
    abstract boolean apply(Samples series, Frame frame);
}
