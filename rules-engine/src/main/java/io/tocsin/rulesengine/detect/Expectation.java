package io.tocsin.rulesengine.detect;

import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;

/**
 * What is expected of one result series. It does not change while the series is simply there, so that an engine with
 * many series writes little. Times are ticks, Unix milliseconds, 0 where they do not apply.
 *
 * @param sightings evaluations that returned it, counted only until it is expected
 * @param presentSinceMs the first evaluation of the present run of presence
 * @param cadenceMs the learned distance between two evaluations that return it
 * @param absentSinceMs the first complete evaluation in a row that did not return it
 * @param countedAtMs the newest complete evaluation that did not return it
 * @param absentMs how long it has been absent, counted over complete evaluations only
 * @param nonZero whether it ever said something else than zero
 * @param zeroSinceMs since when it says zero
 * @param missing whether it is an outage now
 * @param firstSeenMs the first evaluation that ever returned it
 * @param successor whether it took the place of one that left
 */
public record Expectation(
        int sightings,
        long presentSinceMs,
        long cadenceMs,
        long absentSinceMs,
        long countedAtMs,
        long absentMs,
        boolean nonZero,
        long zeroSinceMs,
        boolean missing,
        long firstSeenMs,
        boolean successor) {

    private static final int LAYOUT = 1;

    /** How often a series must have been there before its absence means anything. */
    static final int EXPECTED_AFTER = 3;

    /** How long before another one leaves a successor may already be there: a rolling deploy starts it first. */
    private static final long OVERLAP_MS = 5 * 60_000;

    static Expectation fresh(long tickMs, long intervalMs) {
        return new Expectation(0, tickMs, intervalMs, 0, 0, 0, false, 0, false, tickMs, false);
    }

    /** Whether it can have taken the place of one that left: it came after that one had come, and it is there. */
    public boolean canSucceed(Expectation left) {
        return !successor
                && absentSinceMs == 0
                && firstSeenMs > left.firstSeenMs
                && firstSeenMs >= left.absentSinceMs - OVERLAP_MS;
    }

    /** It took the place of one that left, and of no other. */
    public Expectation asSuccessor() {
        return new Expectation(
                sightings,
                presentSinceMs,
                cadenceMs,
                absentSinceMs,
                countedAtMs,
                absentMs,
                nonZero,
                zeroSinceMs,
                missing,
                firstSeenMs,
                true);
    }

    boolean expected() {
        return sightings >= EXPECTED_AFTER;
    }

    public byte[] encode() {
        return new StateWriter(LAYOUT)
                .number(sightings)
                .number(presentSinceMs)
                .number(cadenceMs)
                .number(absentSinceMs)
                .number(countedAtMs)
                .number(absentMs)
                .flag(nonZero)
                .number(zeroSinceMs)
                .flag(missing)
                .number(firstSeenMs)
                .flag(successor)
                .toBytes();
    }

    public static Expectation decode(byte[] bytes) {
        StateReader in = new StateReader(bytes, LAYOUT);
        return new Expectation(
                in.count(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.flag(),
                in.number(),
                in.flag(),
                in.number(),
                in.flag());
    }
}
