package io.tocsin.promql.testscript;

import io.tocsin.promql.histogram.CounterResetHint;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.StaleNaN;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The counter-reset hints with which a time-series store gives histograms back. It keeps them in chunks of one layout,
 * begins a new chunk at a reset, and can vouch for "no reset" from the second histogram of a chunk on only.
 */
final class ResetHints {
    /** Chunks do not cross the boundaries of two hours. */
    private static final long CHUNK_MS = 7_200_000;

    private @Nullable FloatHistogram last;
    private boolean gauge;
    private long chunkEnd;

    /** A float ends the chunk of histograms; a stale marker is kept in it, but no histogram behind one. */
    void floatSample(double value) {
        last = StaleNaN.is(value) && last != null ? FloatHistogram.stale() : null;
    }

    /** The histogram as it comes back from the store. */
    FloatHistogram stored(long timestampMs, FloatHistogram h) {
        boolean isGauge = h.hint() == CounterResetHint.GAUGE;
        boolean continues = continues(timestampMs, h, isGauge);
        if (!continues) {
            chunkEnd = (Math.floorDiv(timestampMs, CHUNK_MS) + 1) * CHUNK_MS;
        }
        last = h;
        gauge = isGauge;
        if (isGauge || h.isStale()) {
            return h;
        }
        return h.withHint(continues ? CounterResetHint.NOT_RESET : CounterResetHint.UNKNOWN);
    }

    private boolean continues(long timestampMs, FloatHistogram h, boolean isGauge) {
        FloatHistogram previous = last;
        if (previous == null || timestampMs >= chunkEnd || isGauge != gauge) {
            return false;
        }
        if (h.hint() == CounterResetHint.RESET) {
            return false;
        }
        if (h.isStale() || previous.isStale()) {
            return h.isStale();
        }
        return h.schema() == previous.schema()
                && h.zeroThreshold() == previous.zeroThreshold()
                && Arrays.equals(h.customBounds(), previous.customBounds())
                && !h.withHint(CounterResetHint.UNKNOWN).isResetSince(previous);
    }
}
