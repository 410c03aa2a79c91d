package io.tocsin.rulesengine.converge;

import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;
import io.tocsin.rulesengine.topology.EdgeWindow;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who called whom lately, and what runs where, in one environment.
 *
 * @param edges by caller, then callee
 * @param nodes by service, then node: when it was last said to run there, Unix milliseconds
 */
record Topology(SortedMap<String, SortedMap<String, Edge>> edges, SortedMap<String, SortedMap<String, Long>> nodes) {

    static final Topology EMPTY = new Topology(new TreeMap<>(), new TreeMap<>());

    Topology {
        edges = Collections.unmodifiableSortedMap(edges);
        nodes = Collections.unmodifiableSortedMap(nodes);
    }

    boolean isNode(String name) {
        return nodes.values().stream().anyMatch(places -> places.containsKey(name));
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
        placements.forEach(at -> nextNodes
                .computeIfAbsent(at.service(), name -> new TreeMap<>())
                .merge(at.node(), at.atMs(), Math::max));
        nextNodes.values().forEach(places -> places.values().removeIf(atMs -> atMs < sinceMs));
        nextNodes.values().removeIf(Map::isEmpty);
        return new Topology(nextEdges, nextNodes);
    }

    private static void put(SortedMap<String, SortedMap<String, Edge>> edges, Edge edge) {
        edges.computeIfAbsent(edge.caller(), name -> new TreeMap<>()).put(edge.callee(), edge);
    }

    void encode(StateWriter out) {
        List<Edge> all =
                edges.values().stream().flatMap(from -> from.values().stream()).toList();
        out.each(all, (to, edge) -> edge.encode(to));
        out.each(
                nodes.entrySet(),
                (to, places) -> to.text(places.getKey())
                        .each(
                                places.getValue().entrySet(),
                                (inner, place) -> inner.text(place.getKey()).number(place.getValue())));
    }

    static Topology decode(StateReader in) {
        TreeMap<String, SortedMap<String, Edge>> edges = new TreeMap<>();
        in.each(Edge::decode).forEach(edge -> put(edges, edge));
        TreeMap<String, SortedMap<String, Long>> nodes = new TreeMap<>();
        int services = in.count();
        for (int i = 0; i < services; i++) {
            TreeMap<String, Long> places = new TreeMap<>();
            nodes.put(in.text(), places);
            int count = in.count();
            for (int j = 0; j < count; j++) {
                String node = in.text();
                places.put(node, in.number());
            }
        }
        return new Topology(edges, nodes);
    }
}
