package io.tocsin.rulesengine.converge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What depends on what at one tick: calls of the last while, services on nodes, and what operators declared.
 *
 * @see ConvergePolicy#edgeMs
 */
final class Connections {

    /** How long an edge that failed keeps leading to a callee that has no alert of its own. */
    private static final long FAILING_MS = 120_000;

    private final Map<String, SortedSet<String>> dependencies = new TreeMap<>();
    private final Map<String, SortedSet<String>> dependents = new TreeMap<>();
    private final Map<String, Map<String, Edge>> edges = new HashMap<>();
    private final Set<String> failing;
    private final Set<String> suspects;
    private final Topology topology;
    private final long tickMs;

    /**
     * @param failing the elements that have alerts
     * @param away those of them that are away, rather than doing badly
     */
    Connections(Topology topology, ConvergePolicy policy, Set<String> failing, Set<String> away, long tickMs) {
        this.topology = topology;
        this.failing = Set.copyOf(failing);
        this.suspects = suspects(topology, away);
        this.tickMs = tickMs;
        for (Map<String, Edge> from : topology.edges().values()) {
            for (Edge edge : from.values()) {
                if (edge.lastMs() > tickMs - policy.edgeMs() && !edge.caller().equals(edge.callee())) {
                    connect(edge.caller(), edge.callee());
                    edges.computeIfAbsent(edge.caller(), name -> new HashMap<>())
                            .put(edge.callee(), edge);
                }
            }
        }
        topology.nodes().forEach((service, nodes) -> nodes.keySet().forEach(node -> connect(service, node)));
        policy.dependencies().forEach(declared -> connect(declared.dependent(), declared.on()));
    }

    /**
     * Nodes of which everything is away that runs nowhere else, while elsewhere something is left: they say nothing of
     * themselves, but nothing else explains it.
     */
    private static Set<String> suspects(Topology topology, Set<String> away) {
        Map<String, Set<String>> only = new TreeMap<>();
        topology.nodes().forEach((service, nodes) -> {
            if (nodes.size() == 1) {
                only.computeIfAbsent(nodes.firstKey(), node -> new TreeSet<>()).add(service);
            }
        });
        Set<String> suspects = new TreeSet<>();
        only.forEach((node, services) -> {
            boolean elsewhere = topology.nodes().entrySet().stream()
                    .anyMatch(at -> !at.getValue().containsKey(node) && !away.contains(at.getKey()));
            if (services.size() > 1 && away.containsAll(services) && elsewhere) {
                suspects.add(node);
            }
        });
        return suspects;
    }

    private void connect(String dependent, String on) {
        dependencies.computeIfAbsent(dependent, name -> new TreeSet<>()).add(on);
        dependents.computeIfAbsent(on, name -> new TreeSet<>()).add(dependent);
    }

    SortedSet<String> dependenciesOf(String element) {
        return dependencies.getOrDefault(element, new TreeSet<>());
    }

    SortedSet<String> dependentsOf(String element) {
        return dependents.getOrDefault(element, new TreeSet<>());
    }

    Optional<Edge> edge(String caller, String callee) {
        return Optional.ofNullable(edges.getOrDefault(caller, Map.of()).get(callee));
    }

    private boolean fails(String caller, String callee) {
        if (suspects.contains(callee)) {
            return true;
        }
        return edge(caller, callee)
                .filter(edge -> edge.failingMs() > tickMs - FAILING_MS)
                .isPresent();
    }

    /** Elements with alerts that are connected with this one, and elements without that failing calls lead to. */
    record Reach(NavigableSet<String> failing, NavigableSet<String> silent) {}

    /** Neighbours in both directions; through an element without alerts only where calls to it, or all on it, fail. */
    Reach reach(String element) {
        Reach reach = new Reach(new TreeSet<>(), new TreeSet<>());
        dependentsOf(element).stream().filter(failing::contains).forEach(reach.failing()::add);
        Deque<String> silent = new ArrayDeque<>();
        forward(element, reach, silent);
        while (!silent.isEmpty()) {
            String through = silent.remove();
            dependentsOf(through).stream()
                    .filter(caller -> failing.contains(caller) && fails(caller, through))
                    .forEach(reach.failing()::add);
            forward(through, reach, silent);
        }
        reach.failing().remove(element);
        return reach;
    }

    private void forward(String element, Reach reach, Deque<String> silent) {
        for (String callee : dependenciesOf(element)) {
            if (failing.contains(callee)) {
                reach.failing().add(callee);
            } else if (fails(element, callee) && reach.silent().add(callee)) {
                silent.add(callee);
            }
        }
    }

    /** The shortest way from an element to one that it depends on, both ends included, over these elements. */
    Optional<List<String>> way(String from, String to, Set<String> over) {
        Map<String, String> cameFrom = new HashMap<>();
        Deque<String> next = new ArrayDeque<>(List.of(from));
        cameFrom.put(from, from);
        while (!next.isEmpty()) {
            String at = next.remove();
            if (at.equals(to)) {
                return Optional.of(walk(cameFrom, from, to));
            }
            for (String on : dependenciesOf(at)) {
                if (over.contains(on) && cameFrom.putIfAbsent(on, at) == null) {
                    next.add(on);
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> walk(Map<String, String> cameFrom, String from, String to) {
        List<String> way = new ArrayList<>(List.of(to));
        while (!way.getFirst().equals(from)) {
            String before = cameFrom.get(way.getFirst());
            if (before == null) {
                throw new IllegalStateException("a way without a beginning: " + way);
            }
            way.addFirst(before);
        }
        return way;
    }

    /** "checkout calls ledger", or "checkout runs on node-7". */
    String inWords(String dependent, String on) {
        if (edge(dependent, on).isPresent()) {
            return dependent + " calls " + on;
        }
        boolean runs = topology.nodes().getOrDefault(dependent, new TreeMap<>()).containsKey(on);
        return dependent + (runs ? " runs on " : " depends on ") + on;
    }
}
