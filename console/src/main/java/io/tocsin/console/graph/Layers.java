package io.tocsin.console.graph;

import io.tocsin.console.graph.CallMap.Edge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** In which column of the map a service stands: one further than the furthest of its callers. Circles are cut open. */
final class Layers {

    private final Map<String, List<Edge>> calls = new HashMap<>();
    private final Map<String, Integer> layers = new TreeMap<>();

    private Layers(CallMap map) {
        map.edges()
                .forEach(edge -> calls.computeIfAbsent(edge.caller(), caller -> new ArrayList<>())
                        .add(edge));
    }

    /** The column of each service, from 0. */
    static Map<String, Integer> of(CallMap map) {
        Layers layers = new Layers(map);
        Set<String> called = new HashSet<>();
        map.edges().stream()
                .filter(edge -> !edge.caller().equals(edge.callee()))
                .forEach(edge -> called.add(edge.callee()));
        Deque<String> order = layers.order(map, called);
        for (String service : order) {
            layers.layers.putIfAbsent(service, 0);
        }
        Map<String, Integer> places = new HashMap<>();
        int place = 0;
        for (String service : order) {
            places.put(service, place++);
        }
        for (String service : order) {
            layers.push(service, places);
        }
        return layers.layers;
    }

    /** Moves what a service calls behind it; calls against the order belong to a circle and move nothing. */
    private void push(String service, Map<String, Integer> places) {
        int next = layers.getOrDefault(service, 0) + 1;
        for (Edge edge : calls.getOrDefault(service, List.of())) {
            if (places.getOrDefault(edge.callee(), 0) > places.getOrDefault(service, 0)) {
                layers.merge(edge.callee(), next, Math::max);
            }
        }
    }

    /** Callers before what they call, as far as there are no circles; those that nobody calls first. */
    private Deque<String> order(CallMap map, Set<String> called) {
        Deque<String> order = new ArrayDeque<>();
        Set<String> done = new HashSet<>();
        map.services().keySet().stream()
                .filter(service -> !called.contains(service))
                .forEach(service -> follow(service, done, order));
        map.services().keySet().forEach(service -> follow(service, done, order));
        return order;
    }

    private void follow(String service, Set<String> done, Deque<String> order) {
        if (!done.add(service)) {
            return;
        }
        for (Edge edge : calls.getOrDefault(service, List.of())) {
            follow(edge.callee(), done, order);
        }
        order.addFirst(service);
    }
}
