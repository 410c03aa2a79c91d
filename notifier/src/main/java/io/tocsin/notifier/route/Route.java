package io.tocsin.notifier.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A node of the routing tree.
 *
 * @param key the matchers from the root down to here, as Alertmanager writes them
 * @param options what holds at this node, inherited parts included
 * @param matchers all must hold for an alert to enter
 * @param continues whether siblings after this one are tried too
 * @param routes children, tried in order
 */
public record Route(String key, RouteOptions options, List<Matcher> matchers, boolean continues, List<Route> routes) {

    public Route {
        matchers = List.copyOf(matchers);
        routes = List.copyOf(routes);
    }

    /** The groups that an alert with these labels belongs to: one for each leaf it reaches. */
    public List<Target> targets(Map<String, String> labels) {
        return reached(labels).stream()
                .map(route -> route.target(labels))
                .distinct()
                .toList();
    }

    /** Depth first, left to right: the deepest nodes that match, or this one where no child does. */
    public List<Route> reached(Map<String, String> labels) {
        if (!Matcher.all(matchers, labels)) {
            return List.of();
        }
        List<Route> reached = new ArrayList<>();
        for (Route child : routes) {
            List<Route> below = child.reached(labels);
            reached.addAll(below);
            if (!below.isEmpty() && !child.continues) {
                break;
            }
        }
        return reached.isEmpty() ? List.of(this) : reached;
    }

    private Target target(Map<String, String> labels) {
        SortedMap<String, String> all = Labels.copy(labels);
        if (!options.groupByAll()) {
            Map<String, String> kept = new java.util.HashMap<>(all);
            kept.keySet().retainAll(options.groupBy());
            all = Labels.copy(kept);
        }
        return new Target(key + ":" + Labels.text(all), all, options);
    }

    /**
     * A group that an alert belongs to. A group is known by its key and its receiver.
     *
     * @param groupKey the route's key and the group's labels
     * @param groupLabels the labels that all alerts of the group share
     * @param options how the group is timed and told
     */
    public record Target(String groupKey, SortedMap<String, String> groupLabels, RouteOptions options) {

        public Target {
            groupLabels = Labels.copy(groupLabels);
        }

        /** Who is told. */
        public String receiver() {
            return options.receiver();
        }
    }
}
