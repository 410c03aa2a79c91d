package io.tocsin.rulesengine.alert;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The instances of one rule that are not inactive, by fingerprint.
 *
 * @param cut how many more there would be without the rule's limit
 */
public record RuleState(SortedMap<String, AlertInstance> instances, int cut) {

    public static final RuleState NONE = new RuleState(new TreeMap<>(), 0);

    public RuleState {
        instances = Collections.unmodifiableSortedMap(new TreeMap<>(instances));
    }
}
