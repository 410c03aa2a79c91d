package io.tocsin.console.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Services and the calls between them over the latest windows.
 *
 * @param edges by caller and callee
 */
public record CallMap(List<Edge> edges) {

    private static final double NANOS = 1e9;

    /**
     * Calls from one service to another.
     *
     * @param rate calls a second
     * @param errors share of calls that failed, 0 to 1
     * @param unanswered share of calls of which the callee told nothing, 0 to 1
     * @param latency mean seconds of a call
     * @param virtual whether the callee is known from its callers alone
     */
    public record Edge(
            String caller,
            String callee,
            double rate,
            double errors,
            double unanswered,
            double latency,
            boolean virtual) {}

    public CallMap {
        edges = edges.stream()
                .sorted(Comparator.comparing(Edge::caller).thenComparing(Edge::callee))
                .toList();
    }

    /**
     * The map of an environment.
     *
     * @param span how far back calls count
     */
    public static CallMap of(List<Calls> calls, String environment, Instant now, Duration span) {
        Map<Calls.Between, List<Calls>> edges = new LinkedHashMap<>();
        for (Calls one : calls) {
            if (one.between().environment().equals(environment) && one.at().isAfter(now.minus(span))) {
                edges.computeIfAbsent(one.between(), between -> new ArrayList<>())
                        .add(one);
            }
        }
        double seconds = seconds(edges.values().stream().flatMap(List::stream).toList());
        List<Edge> drawn = new ArrayList<>();
        edges.forEach((between, windows) -> drawn.add(edge(between, windows, seconds)));
        return new CallMap(drawn);
    }

    /** From the beginning of the first window to the end of the last: a window without calls is not in the log. */
    private static double seconds(List<Calls> all) {
        Instant from = all.stream()
                .map(one -> one.at().minus(one.window()))
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Instant until =
                all.stream().map(Calls::at).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
        return Duration.between(from, until).toNanos() / NANOS;
    }

    private static Edge edge(Calls.Between between, List<Calls> windows, double seconds) {
        double calls = windows.stream().mapToDouble(Calls::calls).sum();
        return new Edge(
                between.caller(),
                between.callee(),
                seconds == 0 ? 0 : calls / seconds,
                share(windows.stream().mapToDouble(Calls::errors).sum(), calls),
                share(windows.stream().mapToDouble(Calls::unanswered).sum(), calls),
                calls == 0 ? 0 : windows.stream().mapToDouble(Calls::seconds).sum() / calls,
                windows.stream().allMatch(Calls::virtual));
    }

    private static double share(double part, double all) {
        return all == 0 ? 0 : Math.min(1, part / all);
    }

    /** Environments that there are calls in. */
    public static SortedSet<String> environments(List<Calls> calls) {
        SortedSet<String> environments = new TreeSet<>();
        calls.forEach(one -> environments.add(one.between().environment()));
        return environments;
    }

    /** Only the calls from and to these services. */
    public CallMap around(java.util.Set<String> services) {
        return new CallMap(edges.stream()
                .filter(edge -> services.contains(edge.caller()) || services.contains(edge.callee()))
                .toList());
    }

    /** All services, and whether each is known from its callers alone. */
    Map<String, Boolean> services() {
        Map<String, Boolean> services = new TreeMap<>();
        edges.forEach(edge -> {
            services.put(edge.caller(), false);
            services.merge(edge.callee(), edge.virtual(), Boolean::logicalAnd);
        });
        return services;
    }
}
