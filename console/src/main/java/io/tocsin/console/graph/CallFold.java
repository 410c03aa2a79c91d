package io.tocsin.console.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;

/** Keeps the calls of the latest windows. For one thread. */
public final class CallFold {

    private static final int MOST_EDGES = 2_000;
    private static final int MOST_WINDOWS = 1_000;

    private final Duration history;
    /** Those that said nothing for longest first. */
    private final LinkedHashMap<Calls.Between, Deque<Calls>> edges = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Starts empty.
     *
     * @param history how long a window is kept
     */
    public CallFold(Duration history) {
        this.history = history;
    }

    /** How long a window is kept. */
    public Duration history() {
        return history;
    }

    /** Takes a window; a window that comes again replaces itself. */
    public void apply(Calls calls) {
        Deque<Calls> windows = edges.computeIfAbsent(calls.between(), edge -> new ArrayDeque<>());
        windows.removeIf(known -> known.at().equals(calls.at()));
        windows.addLast(calls);
        if (windows.size() > MOST_WINDOWS) {
            windows.removeFirst();
        }
        forget(calls.at().minus(history));
    }

    private void forget(Instant before) {
        while (edges.size() > MOST_EDGES) {
            edges.pollFirstEntry();
        }
        var oldest = edges.values().iterator();
        while (oldest.hasNext()) {
            Deque<Calls> windows = oldest.next();
            windows.removeIf(known -> known.at().isBefore(before));
            if (!windows.isEmpty()) {
                // The others have spoken later.
                return;
            }
            oldest.remove();
        }
    }

    /** All windows that are kept. */
    public List<Calls> calls() {
        return edges.values().stream().flatMap(Deque::stream).toList();
    }
}
