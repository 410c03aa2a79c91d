package io.tocsin.standalone.detect;

import io.tocsin.rulesengine.detect.spike.SpikeDetector;
import io.tocsin.rulesengine.detect.spike.SpikePolicy;
import io.tocsin.rulesengine.detect.spike.SpikeState;
import io.tocsin.rulesengine.detect.spike.SpikeVerdict;
import io.tocsin.rulesengine.detect.spike.SpikeVerdict.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the detector made of a file.
 *
 * @param verdicts one per row
 * @param events in order
 * @param seasons those that the series follows, in words; empty for none
 */
record Run(List<SpikeVerdict> verdicts, List<Event> events, String seasons) {

    /**
     * From the first value that is unlike what was seen before to the last.
     *
     * @param startRow the row it begins with
     * @param endRow the row it is over with; after the last row while it is not
     * @param began what was said of the first value
     * @param end {@link Phase#RECOVERED}, {@link Phase#BASELINE_CHANGED}, or {@link Phase#FIRING} at the end of the file
     */
    record Event(int startRow, int endRow, SpikeVerdict began, Phase end) {}

    Run {
        verdicts = List.copyOf(verdicts);
        events = List.copyOf(events);
    }

    static Run over(TimedValues series, SpikePolicy policy) {
        SpikeDetector detector = new SpikeDetector(policy);
        SpikeState state = new SpikeState();
        List<SpikeVerdict> verdicts = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        int started = -1;
        for (int row = 0; row < series.values().length; row++) {
            SpikeVerdict verdict = detector.step(state, series.timesMs()[row], series.values()[row])
                    .verdict();
            verdicts.add(verdict);
            if (verdict.phase() == Phase.STARTED) {
                started = row;
            } else if (started >= 0 && !verdict.phase().firing()) {
                events.add(new Event(started, row, verdicts.get(started), verdict.phase()));
                started = -1;
            }
        }
        if (started >= 0) {
            events.add(new Event(started, verdicts.size(), verdicts.get(started), Phase.FIRING));
        }
        return new Run(verdicts, events, state.seasons());
    }

    /** The usual distance of two rows, milliseconds. */
    static long intervalMs(TimedValues series) {
        long[] distances = new long[Math.max(0, series.timesMs().length - 1)];
        for (int row = 0; row < distances.length; row++) {
            distances[row] = series.timesMs()[row + 1] - series.timesMs()[row];
        }
        Arrays.sort(distances);
        return distances.length == 0 ? 1 : Math.max(1, distances[distances.length / 2]);
    }
}
