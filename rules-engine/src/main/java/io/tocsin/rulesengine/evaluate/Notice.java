package io.tocsin.rulesengine.evaluate;

import io.tocsin.rulesengine.alert.Transition;
import java.util.SortedMap;

/**
 * A transition with everything that people and later stages need to know of it.
 *
 * @param group file and name of the rule's group; "" for what the engine says of itself
 * @param expr the rule's expression
 * @param complete whether all data was there
 * @param newestAgeMs age at the tick of the newest sample that the rule read; {@link #UNKNOWN_AGE} when it read none
 * @param reported how many shards the tick rests on, of {@code expected}
 */
public record Notice(
        String environment,
        String rule,
        String group,
        String expr,
        Transition transition,
        SortedMap<String, String> annotations,
        boolean complete,
        long newestAgeMs,
        int reported,
        int expected) {

    /** Where no sample was read. */
    public static final long UNKNOWN_AGE = -1;
}
