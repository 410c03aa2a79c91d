package io.tocsin.collector.admission;

import java.util.concurrent.TimeUnit;

/**
 * How long a request may wait for room: long in a burst, hardly any time while a queue stands, because then waiting only makes
 * everybody late (controlled delay: Maurer, Fail at Scale, ACM Queue 2015).
 */
public final class Patience {

    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long STANDING_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private Patience() {}

    /**
     * The longest wait, nanoseconds.
     *
     * @param queuedNanos for how long somebody has been waiting without a pause
     */
    public static long nanos(long queuedNanos) {
        return queuedNanos > BURST_NANOS ? STANDING_NANOS : BURST_NANOS;
    }
}
