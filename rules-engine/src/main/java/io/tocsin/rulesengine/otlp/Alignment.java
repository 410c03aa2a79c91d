package io.tocsin.rulesengine.otlp;

import org.jspecify.annotations.Nullable;

/** How a delta lies to the total of the deltas before it. */
enum Alignment {
    /** Nothing is known of the time before it, or something was lost: a new total starts at the delta's start. */
    STARTS,
    /** It begins where the total ends. */
    CONTINUES,
    /** It ends at or before the end of the total: it was sent again. */
    REPEATED,
    /** It begins inside the total and ends after it. */
    OVERLAPS;

    // Clocks of exporters are read twice for end and next start; samples are no finer than this either.
    private static final long SAME_NS = 1_000_000;

    static Alignment of(@Nullable DeltaTotal total, long startNs, long endNs) {
        if (total == null) {
            return STARTS;
        }
        if (endNs <= total.endNs()) {
            return REPEATED;
        }
        if (startNs == 0 || Math.abs(startNs - total.endNs()) < SAME_NS) {
            return CONTINUES;
        }
        return startNs > total.endNs() ? STARTS : OVERLAPS;
    }
}
