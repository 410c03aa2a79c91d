package io.tocsin.rulesengine.tick;

import io.tocsin.rulesengine.state.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * The clock of one shard. Time is the arrival of records and nothing else: tick T fires before the first record that
 * arrived after T is looked at.
 *
 * @param baseTickMs ticks lie at multiples of this
 * @param fineTickMs and at multiples of this where somebody asks for it
 * @param fineAt whether somebody does at a tick
 */
public record TickClock(long baseTickMs, long fineTickMs, LongPredicate fineAt) {

    /** This many base ticks without any record are a gap; evidence of doors that is older is none. */
    private static final int GAP_TICKS = 4;

    /** Targets may be blind that long after a gap, so a gap that follows sooner extends it. */
    private static final long GAPS_MERGE_MS = 6 * 60_000;

    public TickClock {
        if (fineTickMs < 1 || baseTickMs < fineTickMs || baseTickMs % fineTickMs != 0) {
            throw new IllegalArgumentException("a base tick is a multiple of the fine one, that is at least 1 ms: "
                    + baseTickMs + ", " + fineTickMs);
        }
    }

    /**
     * A record arrived.
     *
     * @param timestampMs the broker's time of it; one before the newest arrival counts as that
     * @param evidence what a heartbeat carries; empty for telemetry
     * @return the new state, and the ticks to evaluate before the record counts, ascending
     */
    public Step<ClockState, Tick> next(ClockState state, long timestampMs, Optional<DoorEvidence> evidence) {
        if (!state.started()) {
            long lastTick = Math.floorDiv(timestampMs, fineTickMs) * fineTickMs;
            return Step.quiet(withDoors(
                    new ClockState(timestampMs, lastTick, Gap.NONE, state.doors(), state.doorsAtMs()), evidence));
        }
        long arrival = Math.max(state.arrivalMs(), timestampMs);
        boolean gap = arrival - state.arrivalMs() > GAP_TICKS * baseTickMs;
        Gap newest = gap ? extended(state.gap(), state.arrivalMs(), arrival) : state.gap();
        ClockState known = withDoors(
                new ClockState(arrival, state.lastTickMs(), newest, state.doors(), state.doorsAtMs()), evidence);
        // Ticks inside the gap are not evaluated: nobody knows what was true then.
        long until = gap ? state.arrivalMs() : arrival - 1;
        Gap gapOfTicks = gap ? state.gap() : newest;
        DoorEvidence doors = gap ? stale(state, state.arrivalMs()) : stale(known, arrival);
        List<Tick> ticks = new ArrayList<>();
        for (long tick = state.lastTickMs() + fineTickMs; tick <= until; tick += fineTickMs) {
            if (Math.floorMod(tick, baseTickMs) == 0 || fineAt.test(tick)) {
                ticks.add(new Tick(tick, doors, gapOfTicks));
            }
        }
        long lastTick = Math.max(state.lastTickMs(), Math.floorDiv(arrival - 1, fineTickMs) * fineTickMs);
        return new Step<>(new ClockState(arrival, lastTick, newest, known.doors(), known.doorsAtMs()), ticks);
    }

    private static ClockState withDoors(ClockState state, Optional<DoorEvidence> evidence) {
        return evidence.map(doors ->
                        new ClockState(state.arrivalMs(), state.lastTickMs(), state.gap(), doors, state.arrivalMs()))
                .orElse(state);
    }

    private DoorEvidence stale(ClockState state, long nowMs) {
        boolean fresh = state.doorsAtMs() != ClockState.NEVER && nowMs - state.doorsAtMs() <= GAP_TICKS * baseTickMs;
        return fresh ? state.doors() : DoorEvidence.incomplete("no heartbeat");
    }

    private static Gap extended(Gap before, long startMs, long endMs) {
        boolean follows = before.endMs() > 0 && startMs - before.endMs() < GAPS_MERGE_MS;
        return new Gap(follows ? before.startMs() : startMs, endMs);
    }
}
