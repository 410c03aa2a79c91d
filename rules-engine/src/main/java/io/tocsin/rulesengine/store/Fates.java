package io.tocsin.rulesengine.store;

import java.util.EnumMap;
import java.util.Map;

/** How many samples of a record met which fate. */
public final class Fates {

    private final EnumMap<SampleFate, Integer> counts = new EnumMap<>(SampleFate.class);

    void count(SampleFate fate) {
        counts.merge(fate, 1, Integer::sum);
    }

    /** The samples that met a fate. */
    public int of(SampleFate fate) {
        return counts.getOrDefault(fate, 0);
    }

    /** All fates that occurred. */
    public Map<SampleFate, Integer> counts() {
        return Map.copyOf(counts);
    }
}
