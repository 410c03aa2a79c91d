package io.tocsin.rulesengine.tick;

import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;

/**
 * Where one shard stands in time.
 *
 * @param arrivalMs the newest arrival, made monotonic; {@link #NEVER} before the first record
 * @param lastTickMs the last tick that fired or was skipped
 * @param gap the newest gap
 * @param doors the newest evidence of the doors
 * @param doorsAtMs when that arrived
 */
public record ClockState(long arrivalMs, long lastTickMs, Gap gap, DoorEvidence doors, long doorsAtMs) {

    public static final long NEVER = Long.MIN_VALUE;

    /** Before the first record. */
    public static final ClockState INITIAL =
            new ClockState(NEVER, NEVER, Gap.NONE, DoorEvidence.incomplete("no heartbeat yet"), NEVER);

    private static final int LAYOUT = 1;

    /** Whether a record has arrived. */
    public boolean started() {
        return arrivalMs != NEVER;
    }

    /** The bytes to log. */
    public byte[] encode() {
        return new StateWriter(LAYOUT)
                .number(arrivalMs)
                .number(lastTickMs)
                .number(gap.startMs())
                .number(gap.endMs())
                .flag(doors.complete())
                .text(doors.reason())
                .number(doorsAtMs)
                .toBytes();
    }

    /** Reads what {@link #encode} wrote. */
    public static ClockState decode(byte[] bytes) {
        StateReader in = new StateReader(bytes, LAYOUT);
        return new ClockState(
                in.number(),
                in.number(),
                new Gap(in.number(), in.number()),
                new DoorEvidence(in.flag(), in.text()),
                in.number());
    }
}
