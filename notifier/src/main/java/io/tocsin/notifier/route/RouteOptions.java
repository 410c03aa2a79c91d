package io.tocsin.notifier.route;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a route groups and times the notices of its alerts; what a route does not say it has from its parent, but for the
 * intervals, which are its own.
 *
 * @param receiver name of the receiver
 * @param groupBy labels that alerts of one group share
 * @param groupByAll every label set is a group of its own ({@code ...})
 * @param groupWait how long the first notice of a group waits for more alerts
 * @param groupInterval how long until news about a group is told, more than zero
 * @param repeatInterval after how long an unchanged group is told again, more than zero
 * @param convergence what becomes of symptoms
 * @param muteTimeIntervals names of intervals in which nobody is told
 * @param activeTimeIntervals names of intervals outside of which nobody is told; none means always
 * @param labels what notices say of the route; the values are templates
 */
public record RouteOptions(
        String receiver,
        Set<String> groupBy,
        boolean groupByAll,
        Duration groupWait,
        Duration groupInterval,
        Duration repeatInterval,
        Convergence convergence,
        List<String> muteTimeIntervals,
        List<String> activeTimeIntervals,
        SortedMap<String, String> labels) {

    public RouteOptions {
        if (groupWait.isNegative() || !groupInterval.isPositive() || !repeatInterval.isPositive()) {
            throw new IllegalArgumentException("intervals must be positive");
        }
        groupBy = Set.copyOf(new TreeSet<>(groupBy));
        muteTimeIntervals = List.copyOf(muteTimeIntervals);
        activeTimeIntervals = List.copyOf(activeTimeIntervals);
        labels = Labels.copy(labels);
    }

    /** What holds where no route says otherwise. */
    public static RouteOptions defaults(String receiver) {
        return new RouteOptions(
                receiver,
                Set.of(),
                false,
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofHours(4),
                Convergence.ANNOTATE,
                List.of(),
                List.of(),
                new TreeMap<>(Map.of()));
    }
}
