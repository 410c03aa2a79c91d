package io.tocsin.rulesengine.converge;

import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The state of an environment in parts, each written by itself and only when it changed: an incident with a hundred
 * thousand alerts costs no more to go on with than what is new in it.
 */
public final class StateParts {

    /** Parts by key, and keys whose part is gone. */
    public record Changes(SortedMap<String, byte[]> written, SortedSet<String> removed) {}

    private static final int LAYOUT = 1;
    private static final String MEMBER = "member";
    private static final String INCIDENT = "incident";
    private static final String MERGED = "merged";
    private static final String EDGE = "edge";
    private static final String NODES = "nodes";
    private static final String VERSIONS = "versions";
    private static final char BETWEEN = '\0';

    private final SortedMap<String, byte[]> written = new TreeMap<>();
    private final SortedSet<String> removed = new TreeSet<>();

    private StateParts() {}

    /** What has to be written so that the parts of one state become those of a later one. */
    public static Changes between(ConvergeState before, ConvergeState after) {
        StateParts parts = new StateParts();
        parts.compare(before.members(), after.members(), StateParts::key, Member::encode);
        parts.compare(before.incidents(), after.incidents(), id -> key(INCIDENT, id), Incident::encode);
        parts.compare(before.merged(), after.merged(), id -> key(MERGED, id), StateParts::encode);
        parts.compare(
                before.topology().nodes(),
                after.topology().nodes(),
                service -> key(NODES, service),
                StateParts::encode);
        parts.compare(
                before.topology().versions(),
                after.topology().versions(),
                service -> key(VERSIONS, service),
                StateParts::encode);
        parts.compare(edges(before), edges(after), Function.identity(), Edge::encode);
        return new Changes(parts.written, parts.removed);
    }

    /**
     * Puts a state together.
     *
     * @throws IllegalStateException when a part is of no known kind or layout
     */
    public static ConvergeState assemble(String environment, Map<String, byte[]> parts) {
        TreeMap<Member.Key, Member> members = new TreeMap<>();
        TreeMap<String, Incident> incidents = new TreeMap<>();
        TreeMap<String, ConvergeState.Merged> merged = new TreeMap<>();
        TreeMap<String, SortedMap<String, Edge>> edges = new TreeMap<>();
        TreeMap<String, SortedMap<String, Long>> nodes = new TreeMap<>();
        TreeMap<String, List<Topology.Version>> versions = new TreeMap<>();
        parts.forEach((key, bytes) -> {
            String name = key.substring(key.indexOf(BETWEEN) + 1);
            switch (key.substring(0, key.indexOf(BETWEEN))) {
                case MEMBER -> {
                    Member member = Member.decode(bytes);
                    members.put(member.key(), member);
                }
                case INCIDENT -> incidents.put(name, Incident.decode(bytes));
                case MERGED -> merged.put(name, decodeMerged(bytes));
                case EDGE -> Topology.put(edges, Edge.decode(bytes));
                case VERSIONS -> versions.put(name, decodeVersions(bytes));
                case NODES -> nodes.put(name, decodePlaces(bytes));
                default -> throw new IllegalStateException("a part of convergence of no known kind: " + key);
            }
        });
        return new ConvergeState(environment, new Topology(edges, nodes, versions), members, incidents, merged);
    }

    private static String key(String kind, String name) {
        return kind + BETWEEN + name;
    }

    private static String key(Member.Key member) {
        return key(MEMBER, member.fingerprint() + BETWEEN + member.rule());
    }

    private static SortedMap<String, Edge> edges(ConvergeState state) {
        SortedMap<String, Edge> all = new TreeMap<>();
        state.topology()
                .edges()
                .forEach((caller, from) ->
                        from.forEach((callee, edge) -> all.put(key(EDGE, caller + BETWEEN + callee), edge)));
        return Collections.unmodifiableSortedMap(all);
    }

    /** Walks through both at once, as both are in the same order. */
    private <K extends Comparable<K>, V> void compare(
            SortedMap<K, V> before, SortedMap<K, V> after, Function<K, String> key, Function<V, byte[]> encode) {
        Iterator<Map.Entry<K, V>> known = before.entrySet().iterator();
        Map.Entry<K, V> old = next(known);
        for (Map.Entry<K, V> now : after.entrySet()) {
            while (old != null && old.getKey().compareTo(now.getKey()) < 0) {
                removed.add(key.apply(old.getKey()));
                old = next(known);
            }
            if (old != null && old.getKey().equals(now.getKey())) {
                if (!now.getValue().equals(old.getValue())) {
                    written.put(key.apply(now.getKey()), encode.apply(now.getValue()));
                }
                old = next(known);
            } else {
                written.put(key.apply(now.getKey()), encode.apply(now.getValue()));
            }
        }
        for (; old != null; old = next(known)) {
            removed.add(key.apply(old.getKey()));
        }
    }

    private static <T> @Nullable T next(Iterator<T> values) {
        return values.hasNext() ? values.next() : null;
    }

    private static byte[] encode(ConvergeState.Merged merged) {
        return new StateWriter(LAYOUT).text(merged.into()).number(merged.atMs()).toBytes();
    }

    private static ConvergeState.Merged decodeMerged(byte[] bytes) {
        StateReader in = new StateReader(bytes, LAYOUT);
        return new ConvergeState.Merged(in.text(), in.number());
    }

    private static byte[] encode(SortedMap<String, Long> places) {
        return new StateWriter(LAYOUT)
                .each(places.entrySet(), (to, place) -> to.text(place.getKey()).number(place.getValue()))
                .toBytes();
    }

    private static SortedMap<String, Long> decodePlaces(byte[] bytes) {
        SortedMap<String, Long> places = new TreeMap<>();
        StateReader in = new StateReader(bytes, LAYOUT);
        in.each(place -> Map.entry(place.text(), place.number()))
                .forEach(place -> places.put(place.getKey(), place.getValue()));
        return places;
    }

    private static byte[] encode(List<Topology.Version> versions) {
        return new StateWriter(LAYOUT)
                .each(versions, (to, version) -> to.text(version.name()).number(version.firstMs()))
                .toBytes();
    }

    private static List<Topology.Version> decodeVersions(byte[] bytes) {
        return new StateReader(bytes, LAYOUT).each(version -> new Topology.Version(version.text(), version.number()));
    }
}
