package io.tocsin.rulesengine.converge;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What convergence knows of one environment.
 *
 * @see StateParts how it is written
 *
 * @param members alerts by fingerprint and rule: the active ones, and those that recovered lately
 * @param incidents the open ones by id
 * @param merged what merged incidents became part of, with the tick, so that a late repair finds its incident
 */
public record ConvergeState(
        String environment,
        Topology topology,
        SortedMap<Member.Key, Member> members,
        SortedMap<String, Incident> incidents,
        SortedMap<String, Merged> merged) {

    record Merged(String into, long atMs) {}

    public ConvergeState {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        incidents = Collections.unmodifiableSortedMap(new TreeMap<>(incidents));
        merged = Collections.unmodifiableSortedMap(new TreeMap<>(merged));
    }

    public static ConvergeState empty(String environment) {
        return new ConvergeState(environment, Topology.EMPTY, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }
}
