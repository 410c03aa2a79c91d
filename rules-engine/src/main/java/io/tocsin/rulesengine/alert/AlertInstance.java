package io.tocsin.rulesengine.alert;

import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One alert of a rule that is not inactive. Times are ticks, Unix milliseconds, 0 where they do not apply.
 *
 * @param fingerprint over its labels
 * @param series the result series that it stands for
 * @param sinceMs when it came into its state
 * @param activeSinceMs when the condition first held; later by the time of which nothing is known while it was pending
 * @param heldAtMs the newest evaluation at which the condition held, while pending
 * @param firedAtMs when it began to fire
 * @param clearSinceMs when fresh data first said clear, while firing
 * @param absentSinceMs the first of the evaluations in a row that did not return its series
 * @param absences how many of those in a row its target reported, counted to two
 * @param value the newest value that an evaluation returned for it
 */
public record AlertInstance(
        String fingerprint,
        String series,
        SortedMap<String, String> labels,
        AlertState state,
        long sinceMs,
        long activeSinceMs,
        long heldAtMs,
        long firedAtMs,
        long clearSinceMs,
        long absentSinceMs,
        int absences,
        double value) {

    private static final int LAYOUT = 1;

    public AlertInstance {
        Objects.requireNonNull(state);
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    static AlertInstance inactive(Observation seen, long tickMs) {
        String fingerprint = Fingerprint.of(seen.labels());
        return new AlertInstance(
                fingerprint,
                seen.series(),
                seen.labels(),
                AlertState.INACTIVE,
                tickMs,
                tickMs,
                tickMs,
                0,
                0,
                0,
                0,
                seen.value());
    }

    AlertInstance seen(double newest, boolean clear, long tickMs) {
        long clearSince = clear ? (clearSinceMs == 0 ? tickMs : clearSinceMs) : 0;
        return new AlertInstance(
                fingerprint,
                series,
                labels,
                state,
                sinceMs,
                activeSinceMs,
                heldAtMs,
                firedAtMs,
                clearSince,
                0,
                0,
                newest);
    }

    /** Still pending; a way from the last evaluation of more than two intervals counts as one of them. */
    AlertInstance heldAgain(long intervalMs, long tickMs) {
        long way = tickMs - heldAtMs;
        long unknown = way > 2 * intervalMs ? way - intervalMs : 0;
        return new AlertInstance(
                fingerprint,
                series,
                labels,
                state,
                sinceMs,
                activeSinceMs + unknown,
                tickMs,
                firedAtMs,
                clearSinceMs,
                absentSinceMs,
                absences,
                value);
    }

    /** When its series went away: now, where it has not been missed before. */
    public long goneSinceMs(long tickMs) {
        return absentSinceMs == 0 ? tickMs : absentSinceMs;
    }

    /** @param ended whether its target reports, so that it counts as ended the second time in a row */
    AlertInstance absent(boolean ended, long tickMs) {
        long since = goneSinceMs(tickMs);
        return new AlertInstance(
                fingerprint,
                series,
                labels,
                state,
                sinceMs,
                activeSinceMs,
                heldAtMs,
                firedAtMs,
                clearSinceMs,
                since,
                ended ? Math.min(2, absences + 1) : 0,
                value);
    }

    AlertInstance in(AlertState next, long tickMs) {
        long fired = next == AlertState.FIRING && firedAtMs == 0 ? tickMs : firedAtMs;
        long clear = next == AlertState.RECOVERING ? clearSinceMs : 0;
        long held = next == AlertState.PENDING ? heldAtMs : 0;
        return new AlertInstance(
                fingerprint,
                series,
                labels,
                next,
                tickMs,
                activeSinceMs,
                held,
                fired,
                clear,
                absentSinceMs,
                absences,
                value);
    }

    public byte[] encode() {
        return new StateWriter(LAYOUT)
                .text(fingerprint)
                .text(series)
                .texts(labels)
                .name(state)
                .number(sinceMs)
                .number(activeSinceMs)
                .number(heldAtMs)
                .number(firedAtMs)
                .number(clearSinceMs)
                .number(absentSinceMs)
                .number(absences)
                .real(value)
                .toBytes();
    }

    public static AlertInstance decode(byte[] bytes) {
        StateReader in = new StateReader(bytes, LAYOUT);
        return new AlertInstance(
                in.text(),
                in.text(),
                in.texts(),
                in.name(AlertState.class),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.count(),
                in.real());
    }
}
