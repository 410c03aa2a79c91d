package io.tocsin.rulesengine.detect.spike;

import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;

/**
 * What is known of one series: constant in size, whatever the series did. {@link SpikeDetector} moves it on in place;
 * {@link #encode} and {@link #decode} are how it is kept. What it writes is at most 512 bytes, and the seasons, which
 * change slowly, 1.5 KiB beside it.
 */
public final class SpikeState {

    private static final int LAYOUT = 1;
    private static final long HOUR_MS = 3_600_000;
    private static final Aspect[] ASPECTS = Aspect.values();

    final Envelope[] envelopes = new Envelope[ASPECTS.length];
    final Season hour = new Season(HOUR_MS, 12, 0.06);
    final Season day = new Season(24 * HOUR_MS, 96, 0.06);
    final Season week = new Season(7 * 24 * HOUR_MS, 168, 0.2);

    long firstMs = Long.MIN_VALUE;
    long lastMs = Long.MIN_VALUE;
    double cadenceMs;
    double counter = Double.NaN;

    /** The average over a day, which the seasons are distances from. */
    double level;

    int levelCount;

    /** The average of the last hundred values. */
    double slow;

    int slowCount;

    /** The average of the last thirty values, those of an event included. */
    double fast;

    int fastCount;

    boolean firing;
    long firingSinceMs;
    int firingValues;
    int calmValues;
    double peak;

    /** Whether the event is one of the average more than of any value. */
    boolean creeping;

    /** How many events there were lately: the more, the more it takes. */
    double events;

    /** Nothing is known. */
    public SpikeState() {
        for (int i = 0; i < envelopes.length; i++) {
            envelopes[i] = new Envelope();
        }
    }

    /** Whether an event is going on. */
    public boolean firing() {
        return firing;
    }

    /** When its last value was, Unix milliseconds; far in the past when it had none. */
    public long lastSeenMs() {
        return lastMs;
    }

    /** The seasons that the series is known to follow, in words; empty for none. */
    public String seasons() {
        StringBuilder known = new StringBuilder();
        append(known, hour, "hour");
        append(known, day, "day");
        append(known, week, "week");
        return known.toString();
    }

    private static void append(StringBuilder known, Season season, String name) {
        if (season.explains()) {
            known.append(known.isEmpty() ? "" : ", ").append(name);
        }
    }

    Envelope envelope(Aspect aspect) {
        return envelopes[aspect.index];
    }

    /** Everything but the seasons, at most 512 bytes. */
    public byte[] encode() {
        StateWriter out = new StateWriter(LAYOUT);
        out.number(firstMs).number(lastMs).real(cadenceMs).real(counter);
        out.real(level)
                .number(levelCount)
                .real(slow)
                .number(slowCount)
                .real(fast)
                .number(fastCount);
        out.flag(firing)
                .number(firingSinceMs)
                .number(firingValues)
                .number(calmValues)
                .flag(creeping)
                .real(peak)
                .real(events);
        for (Envelope envelope : envelopes) {
            envelope.write(out);
        }
        return out.toBytes();
    }

    /** The seasons. */
    public byte[] encodeSeasons() {
        StateWriter out = new StateWriter(LAYOUT);
        hour.write(out);
        day.write(out);
        week.write(out);
        return out.toBytes();
    }

    /** @throws IllegalStateException when the bytes are those of another layout */
    public static SpikeState decode(byte[] state, byte[] seasons) {
        SpikeState read = new SpikeState();
        read.readState(new StateReader(state, LAYOUT));
        StateReader in = new StateReader(seasons, LAYOUT);
        read.hour.read(in);
        read.day.read(in);
        read.week.read(in);
        return read;
    }

    private void readState(StateReader in) {
        firstMs = in.number();
        lastMs = in.number();
        cadenceMs = in.real();
        counter = in.real();
        level = in.real();
        levelCount = in.count();
        slow = in.real();
        slowCount = in.count();
        fast = in.real();
        fastCount = in.count();
        firing = in.flag();
        firingSinceMs = in.number();
        firingValues = in.count();
        calmValues = in.count();
        creeping = in.flag();
        peak = in.real();
        events = in.real();
        for (int i = 0; i < envelopes.length; i++) {
            envelopes[i] = Envelope.read(in);
        }
    }
}
