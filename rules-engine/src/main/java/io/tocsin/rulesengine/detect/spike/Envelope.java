package io.tocsin.rulesengine.detect.spike;

import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;

/** The range that an aspect of a series has shown, which narrows slowly where nothing renews it. */
final class Envelope {

    /** How much of its width it loses with each value: what was seen once counts for some ten thousand values. */
    private static final double NARROWING = 3e-5;

    /** One excursion widens it by at most this many times its width, so that the next one of that size is seen too. */
    private static final double WIDEST_STEP = 2;

    /** Before this many values nothing is an excursion. */
    private static final int SETTLED = 200;

    private static final int YOUNG = 50;

    private double low;
    private double high;
    private double excursionLow = Double.NaN;
    private double excursionHigh = Double.NaN;
    private int count;
    private int settledAt = SETTLED;

    /** One that starts again, and needs at least so many values. */
    static Envelope startingAgain(int values) {
        Envelope envelope = new Envelope();
        envelope.settledAt = Math.max(SETTLED, values);
        return envelope;
    }

    boolean settled() {
        return count >= settledAt;
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    /** How far above the range a value lies, in widths of the range; not above 0 within it. */
    double above(double value) {
        return high > low ? (value - high) / (high - low) : 0;
    }

    /** How far below the range a value lies, in widths of the range; not above 0 within it. */
    double below(double value) {
        return high > low ? (low - value) / (high - low) : 0;
    }

    void learn(double value) {
        count++;
        if (count == 1) {
            low = value;
            high = value;
            return;
        }
        double narrower = NARROWING * (high - low) / 2;
        high -= narrower;
        low += narrower;
        widen(value, value, count < YOUNG || high <= low ? Double.POSITIVE_INFINITY : WIDEST_STEP * (high - low));
    }

    /** A value of an event: remembered, but not yet part of the range. */
    void setAside(double value) {
        excursionLow = Double.isNaN(excursionLow) ? value : Math.min(excursionLow, value);
        excursionHigh = Double.isNaN(excursionHigh) ? value : Math.max(excursionHigh, value);
    }

    /**
     * The event is over.
     *
     * @param stays whether its values are what is normal from now on
     */
    void endExcursion(boolean stays) {
        if (!Double.isNaN(excursionLow)) {
            widen(excursionLow, excursionHigh, stays ? Double.POSITIVE_INFINITY : WIDEST_STEP * (high - low));
        }
        excursionLow = Double.NaN;
        excursionHigh = Double.NaN;
    }

    private void widen(double lowest, double highest, double most) {
        if (highest > high) {
            high += Math.min(highest - high, most);
        }
        if (lowest < low) {
            low -= Math.min(low - lowest, most);
        }
    }

    void write(StateWriter out) {
        out.number(count).number(settledAt);
        if (count > 0) {
            out.real(low).real(high).flag(!Double.isNaN(excursionLow));
            if (!Double.isNaN(excursionLow)) {
                out.real(excursionLow).real(excursionHigh);
            }
        }
    }

    static Envelope read(StateReader in) {
        Envelope read = new Envelope();
        read.count = in.count();
        read.settledAt = in.count();
        if (read.count > 0) {
            read.low = in.real();
            read.high = in.real();
            if (in.flag()) {
                read.excursionLow = in.real();
                read.excursionHigh = in.real();
            }
        }
        return read;
    }
}
