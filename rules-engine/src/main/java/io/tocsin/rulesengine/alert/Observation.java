package io.tocsin.rulesengine.alert;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an evaluation found about one result series.
 *
 * @param series names the result series, whatever labels the rule adds
 * @param labels the labels of the alert; only needed where the condition holds
 */
public record Observation(String series, SortedMap<String, String> labels, double value, Finding finding) {

    /** Whether the condition holds. */
    public enum Finding {
        HOLDS,
        CLEAR,
        /** Neither the condition holds nor the one for recovery. */
        BETWEEN
    }

    public Observation {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
}
