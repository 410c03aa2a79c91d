package io.tocsin.rulesengine.converge;

import io.tocsin.rulesengine.topology.EdgeWindow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who called whom lately, and what runs where, in one environment.
 *
 * @param edges by caller, then callee
 * @param nodes by service, then node: when it was last said to run there, Unix milliseconds
 * @param versions by service: the versions that were seen of it, in the order of their first sight
 */
record Topology(
        SortedMap<String, SortedMap<String, Edge>> edges,
        SortedMap<String, SortedMap<String, Long>> nodes,
        SortedMap<String, List<Version>> versions) {

    static final Topology EMPTY = new Topology(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    private static final int VERSIONS_KEPT = 5;

    /** A version of a service and when it was first seen, Unix milliseconds. */
    record Version(String name, long firstMs) {}

    Topology {
        edges = Collections.unmodifiableSortedMap(edges);
        nodes = Collections.unmodifiableSortedMap(nodes);
        versions = Collections.unmodifiableSortedMap(versions);
    }

    /** The names of the nodes that something runs on. */
    Set<String> nodeNames() {
        Set<String> names = new HashSet<>();
        nodes.values().forEach(places -> names.addAll(places.keySet()));
        return names;
    }

    /** With what was seen since, and without what is older than {@code sinceMs}. */
    Topology with(List<EdgeWindow> windows, List<Fact.RunsOn> placements, long sinceMs) {
        TreeMap<String, SortedMap<String, Edge>> nextEdges = new TreeMap<>();
        edges.values().forEach(from -> from.values().forEach(edge -> put(nextEdges, edge)));
        for (EdgeWindow window : windows) {
            String caller = window.edge().caller();
            String callee = window.edge().callee();
            SortedMap<String, Edge> from = nextEdges.computeIfAbsent(caller, name -> new TreeMap<>());
            from.put(
                    callee,
                    from.getOrDefault(callee, Edge.unseen(caller, callee)).seen(window));
        }
        nextEdges.values().forEach(from -> from.values().removeIf(edge -> edge.lastMs() < sinceMs));
        nextEdges.values().removeIf(Map::isEmpty);
        TreeMap<String, SortedMap<String, Long>> nextNodes = new TreeMap<>();
        nodes.forEach((service, places) -> nextNodes.put(service, new TreeMap<>(places)));
        placements.stream()
                .filter(at -> !at.node().isEmpty())
                .forEach(at -> nextNodes
                        .computeIfAbsent(at.service(), name -> new TreeMap<>())
                        .merge(at.node(), at.atMs(), Math::max));
        nextNodes.values().forEach(places -> places.values().removeIf(atMs -> atMs < sinceMs));
        nextNodes.values().removeIf(Map::isEmpty);
        return new Topology(nextEdges, nextNodes, versions(placements));
    }

    private SortedMap<String, List<Version>> versions(List<Fact.RunsOn> placements) {
        SortedMap<String, List<Version>> next = new TreeMap<>(versions);
        for (Fact.RunsOn at : placements) {
            List<Version> known = next.getOrDefault(at.service(), List.of());
            if (!at.version().isEmpty()
                    && known.stream().noneMatch(version -> version.name().equals(at.version()))) {
                List<Version> more = new ArrayList<>(known);
                more.add(new Version(at.version(), at.atMs()));
                next.put(
                        at.service(), List.copyOf(more.subList(Math.max(0, more.size() - VERSIONS_KEPT), more.size())));
            }
        }
        return next;
    }

    static void put(SortedMap<String, SortedMap<String, Edge>> edges, Edge edge) {
        edges.computeIfAbsent(edge.caller(), name -> new TreeMap<>()).put(edge.callee(), edge);
    }
}
