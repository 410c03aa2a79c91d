package io.tocsin.collector.remotewrite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/** What 1.0 senders said of metric families: they say it in requests of their own, once a minute. The least used are forgotten. */
public final class Families {

    private static final int MOST = 10_000;
    private static final List<String> SUFFIXES = List.of("_bucket", "_count", "_sum", "_total");

    private final Map<String, Family> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Entry<String, Family> eldest) {
            return size() > MOST;
        }
    };

    synchronized void learn(String name, Family family) {
        known.put(name, family);
    }

    /** The family of a series by its name, which for histograms and summaries has a suffix. */
    synchronized Family of(String series) {
        Family own = known.get(series);
        if (own != null) {
            return own;
        }
        for (String suffix : SUFFIXES) {
            if (series.endsWith(suffix)) {
                Family stem = known.get(series.substring(0, series.length() - suffix.length()));
                if (stem != null) {
                    return stem;
                }
            }
        }
        return Family.UNKNOWN;
    }
}
