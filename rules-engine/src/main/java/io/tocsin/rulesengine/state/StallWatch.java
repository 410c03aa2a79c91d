package io.tocsin.rulesengine.state;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Notices when a source holds all others up: nothing has moved for the patience though others are further. Only such a
 * decision may rest on the clock of the machine, since it is kept in the state and in the log. Owned by one thread.
 */
public final class StallWatch {

    /** How long nothing may move before ticks go on without the source that holds them up, milliseconds. */
    public static final long PATIENCE_MS = 60_000;

    private final long patienceMs;
    private long reachedMs = Watermarks.NOTHING;
    private long sinceMs = Watermarks.NOTHING;

    public StallWatch(long patienceMs) {
        this.patienceMs = patienceMs;
    }

    /**
     * Looks at the marks, as often as the shell likes.
     *
     * @param nowMs the machine's time, milliseconds
     * @return the sources that are not to be waited for any longer; mostly none
     */
    public SortedSet<String> stalled(Watermarks marks, long nowMs) {
        long reached = marks.reachedByAll().orElse(Watermarks.NOTHING);
        SortedSet<String> behind = marks.behind();
        if (behind.isEmpty() || reached != reachedMs || sinceMs == Watermarks.NOTHING) {
            reachedMs = reached;
            sinceMs = nowMs;
            return Collections.emptySortedSet();
        }
        return nowMs - sinceMs < patienceMs ? Collections.emptySortedSet() : new TreeSet<>(behind);
    }
}
