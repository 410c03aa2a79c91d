package io.tocsin.rulesengine.detect.spike;

/**
 * How many false alarms a rule may give, over all its series together. What margin keeps to it was measured over healthy
 * series of many kinds ({@code tocsin bench calm}): the share of values that lie a margin {@code m} outside falls with
 * {@code 10^(-1.1 (m / 0.1)^0.6)}, slower than an exponential tail, because the series have different tails.
 *
 * @param alarms how many, more than 0
 * @param periodMs within which time, milliseconds
 */
public record Budget(double alarms, long periodMs) {

    private static final double MINUTE_MS = 60_000;
    private static final double DAY_MS = 24 * 3_600_000.0;

    /** Of a day of minutes, ten to the minus this begin an event at the margin below. */
    private static final double MEASURED_DECADES = 1.1;

    private static final double MEASURED_MARGIN = 0.1;
    private static final double TAIL = 0.6;

    /** Twice as cautious as measured. */
    private static final double CAUTION_DECADES = 0.3;

    /** Nearer than this to what has been seen, nothing is told apart from it. */
    public static final double LEAST_MARGIN = 0.03;

    public Budget {
        if (!(alarms > 0) || periodMs <= 0) {
            throw new IllegalArgumentException("a budget is more than nothing, within a time");
        }
    }

    /** So many a day. */
    static Budget aDay(double alarms) {
        return new Budget(alarms, (long) DAY_MS);
    }

    /**
     * The margin of {@link SpikePolicy} that keeps to it.
     *
     * @param series how many series the rule has
     * @param intervalMs how far apart their values are
     */
    public double margin(int series, long intervalMs) {
        if (series < 1 || intervalMs < 1) {
            throw new IllegalArgumentException("a rule has a series and an interval");
        }
        double days = (double) periodMs / intervalMs * series * MINUTE_MS / DAY_MS;
        double decades = Math.log10(days / alarms) + CAUTION_DECADES;
        double margin = decades <= 0 ? 0 : MEASURED_MARGIN * Math.pow(decades / MEASURED_DECADES, 1 / TAIL);
        return Math.max(LEAST_MARGIN, margin);
    }
}
