package io.tocsin.rulesengine.converge;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
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

    private static final SortedSet<String> NONE = Collections.emptySortedSet();

    /** How many services of a node must be away before it is suspected while some of it is left. */
    private static final int SUSPECT_AWAY = 3;

    /** How long a new version is suspected of what fails. */
    private static final long VERSION_SUSPECT_MS = 1_800_000;

    /** The first report of a version may come after the first failure. */
    private static final long VERSION_SEEN_LATE_MS = 60_000;

    private final Map<String, SortedSet<String>> dependencies = new TreeMap<>();
    private final Map<String, SortedSet<String>> dependents = new TreeMap<>();
    private final Map<String, Map<String, Edge>> edges = new HashMap<>();
    private final Set<String> failing;
    private final Set<String> suspects;
    private final Set<String> nodes;
    private final Topology topology;
    private final long tickMs;

    /**
     * @param failing the elements that have alerts
     * @param away those of them that are away, rather than doing badly
     */
    Connections(Topology topology, ConvergePolicy policy, Set<String> failing, Set<String> away, long tickMs) {
        this.topology = topology;
        this.nodes = topology.nodeNames();
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
     * Nodes of which everything is away that runs nowhere else, or half of it and at least three, while elsewhere
     * something is left: they say nothing of themselves, but nothing else explains it.
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
            long gone = services.stream().filter(away::contains).count();
            boolean most = gone == services.size() || (gone >= SUSPECT_AWAY && 2 * gone >= services.size());
            if (services.size() > 1 && most && elsewhere) {
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
        return dependencies.getOrDefault(element, NONE);
    }

    SortedSet<String> dependentsOf(String element) {
        return dependents.getOrDefault(element, NONE);
    }

    Optional<Edge> edge(String caller, String callee) {
        return Optional.ofNullable(edges.getOrDefault(caller, Map.of()).get(callee));
    }

    boolean isNode(String element) {
        return nodes.contains(element);
    }

    /** The version that replaced another one shortly before this time; a first version is no change. */
    Optional<Topology.Version> newVersion(String service, long beforeMs) {
        List<Topology.Version> versions = topology.versions().getOrDefault(service, List.of());
        if (versions.size() < 2) {
            return Optional.empty();
        }
        Topology.Version newest = versions.getLast();
        return Optional.of(newest)
                .filter(version -> version.firstMs() <= beforeMs + VERSION_SEEN_LATE_MS
                        && version.firstMs() > beforeMs - VERSION_SUSPECT_MS);
    }

    private boolean fails(String caller, String callee) {
        if (suspects.contains(callee)) {
            return true;
        }
        return edge(caller, callee)
                .filter(edge -> edge.failingMs() > tickMs - FAILING_MS)
                .isPresent();
    }

    /**
     * What an element leads to by what it depends on.
     *
     * @param failing the next elements with alerts
     * @param silent elements without alerts that failing calls, or everything on them, point to
     */
    record Ahead(NavigableSet<String> failing, NavigableSet<String> silent) {}

    /** What this element leads to; through an element without alerts only where calls to it, or all on it, fail. */
    Ahead ahead(String element) {
        Ahead ahead = new Ahead(new TreeSet<>(), new TreeSet<>());
        Deque<String> next = new ArrayDeque<>(List.of(element));
        while (!next.isEmpty()) {
            String at = next.remove();
            for (String callee : dependenciesOf(at)) {
                if (failing.contains(callee)) {
                    ahead.failing().add(callee);
                } else if (fails(at, callee) && ahead.silent().add(callee)) {
                    next.add(callee);
                }
            }
        }
        ahead.failing().remove(element);
        return ahead;
    }

    /** Some of those that depend on an element over these, by itself or through others: the nearest first. */
    List<String> behind(String element, Set<String> over, int most) {
        Set<String> found = new LinkedHashSet<>(List.of(element));
        Deque<String> next = new ArrayDeque<>(found);
        while (!next.isEmpty() && found.size() <= most) {
            for (String dependent : dependentsOf(next.remove())) {
                if (found.size() <= most && over.contains(dependent) && found.add(dependent)) {
                    next.add(dependent);
                }
            }
        }
        found.remove(element);
        return List.copyOf(found);
    }

    /** How many steps it is from each of these elements to one that they depend on, by the shortest way over them. */
    Map<String, Integer> distances(String to, Set<String> over) {
        Map<String, Integer> steps = new HashMap<>(Map.of(to, 0));
        Deque<String> next = new ArrayDeque<>(List.of(to));
        while (!next.isEmpty()) {
            String at = next.remove();
            int further = steps.getOrDefault(at, 0) + 1;
            for (String dependent : dependentsOf(at)) {
                if (over.contains(dependent) && steps.putIfAbsent(dependent, further) == null) {
                    next.add(dependent);
                }
            }
        }
        return steps;
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
