package io.tocsin.rulesengine.shard;

import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.engine.SeriesSource;
import io.tocsin.promql.model.LabelMatcher;
import java.util.List;

/** Another source, and the time of the newest sample that it gave. */
final class NewestSample implements SeriesSource {

    private final SeriesSource source;
    private long newestMs;

    NewestSample(SeriesSource source) {
        this.source = source;
    }

    @Override
    public List<SeriesSlice> select(List<LabelMatcher> matchers, long fromMs, long toMs) {
        List<SeriesSlice> found = source.select(matchers, fromMs, toMs);
        for (SeriesSlice slice : found) {
            int at = slice.to() - 1;
            // A source may give more than it was asked for.
            while (at >= slice.from() && slice.timestamps()[at] > toMs) {
                at--;
            }
            if (at >= slice.from()) {
                newestMs = Math.max(newestMs, slice.timestamps()[at]);
            }
        }
        return found;
    }

    /** Nothing was given yet. */
    void forget() {
        newestMs = 0;
    }

    /** Unix milliseconds, 0 for none. */
    long newestMs() {
        return newestMs;
    }
}
