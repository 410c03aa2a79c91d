package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.Convergence;
import io.tocsin.notifier.route.Matcher;
import io.tocsin.notifier.route.Route;
import io.tocsin.notifier.route.RouteOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the routing tree; what a route does not say, it has from its parent. */
final class RouteReader {

    private static final Set<String> KEYS = Keys.words("""
            receiver group_by match match_re matchers mute_time_intervals active_time_intervals continue routes
            group_wait group_interval repeat_interval labels convergence""");
    private static final List<String> INTERVAL_KEYS = List.of("mute_time_intervals", "active_time_intervals");

    private final Reading reading;
    private final MatchersReader matchers;
    private final Set<String> receivers;
    private final Set<String> intervals;

    RouteReader(Reading reading, Set<String> receivers, Set<String> intervals) {
        this.reading = reading;
        this.matchers = new MatchersReader(reading);
        this.receivers = receivers;
        this.intervals = intervals;
    }

    Route root(Node node) {
        YamlObject route = YamlObject.of(reading, node, "the root route", KEYS);
        if (route.filled("receiver").isEmpty()) {
            reading.invalid(node, "the root route must name a default receiver");
        }
        for (String key : List.of("match", "match_re", "matchers")) {
            if (route.value(key).filter(value -> !isEmpty(value)).isPresent()) {
                reading.invalid(route.at(key), "the root route takes every alert and cannot have " + key);
            }
        }
        if (route.flag("continue").orElse(false)) {
            reading.invalid(route.at("continue"), "the root route has no siblings to continue with");
        }
        for (String key : INTERVAL_KEYS) {
            if (!route.texts(key).isEmpty()) {
                reading.invalid(route.at(key), "the root route must always be active and cannot have " + key);
            }
        }
        return read(route, "", RouteOptions.defaults(""), List.of());
    }

    private static boolean isEmpty(Node value) {
        return value instanceof CollectionNode<?> collection
                && collection.getValue().isEmpty();
    }

    private Route child(Node node, String parentKey, RouteOptions inherited) {
        if (Scalars.isNull(node)) {
            reading.invalid(node, "a route is empty");
        }
        YamlObject route = YamlObject.of(reading, node, "a route", KEYS);
        return read(route, parentKey + "/", inherited, matchers.read(route, "match", "match_re", "matchers"));
    }

    private Route read(YamlObject route, String prefix, RouteOptions inherited, List<Matcher> conditions) {
        RouteOptions options = options(route, inherited);
        String key = prefix + Matcher.text(conditions);
        List<Route> children = new ArrayList<>();
        route.list("routes").forEach(node -> children.add(child(node, key, options)));
        return new Route(key, options, conditions, route.flag("continue").orElse(false), children);
    }

    private RouteOptions options(YamlObject route, RouteOptions inherited) {
        Set<String> labels = groupBy(route);
        boolean all = labels.remove("...");
        if (all && !labels.isEmpty()) {
            reading.invalid(route.at("group_by"), "\"...\" groups by all labels and stands alone in group_by");
        }
        boolean given = route.has("group_by");
        return new RouteOptions(
                receiver(route).orElse(inherited.receiver()),
                given ? labels : inherited.groupBy(),
                given ? all : inherited.groupByAll(),
                route.duration("group_wait").orElse(inherited.groupWait()),
                positive(route, "group_interval").orElse(inherited.groupInterval()),
                positive(route, "repeat_interval").orElse(inherited.repeatInterval()),
                convergence(route).orElse(inherited.convergence()),
                intervals(route, "mute_time_intervals"),
                intervals(route, "active_time_intervals"),
                labels(route, inherited));
    }

    private SortedMap<String, String> labels(YamlObject route, RouteOptions inherited) {
        SortedMap<String, String> labels = new TreeMap<>(inherited.labels());
        route.stringMap("labels").forEach((name, value) -> {
            if (name.isEmpty()) {
                reading.invalid(route.at("labels"), "a label name in labels must not be empty");
            }
            labels.put(name, value);
        });
        if (route.has("labels")) {
            reading.notSupported(route.at("labels"), "labels of routes are not shown in notices");
        }
        return labels;
    }

    private Set<String> groupBy(YamlObject route) {
        Set<String> labels = new LinkedHashSet<>();
        for (ScalarNode label : route.texts("group_by")) {
            if (label.getValue().isEmpty()) {
                reading.invalid(label, "a label name in group_by must not be empty");
            } else if (!labels.add(label.getValue())) {
                reading.invalid(label, "\"" + label.getValue() + "\" is given twice in group_by");
            }
        }
        return labels;
    }

    private Optional<String> receiver(YamlObject route) {
        Optional<String> name = route.filled("receiver");
        if (name.isPresent() && !receivers.contains(name.get())) {
            reading.invalid(
                    route.value("receiver").orElse(route.node()),
                    "receiver \"" + name.get() + "\" is not defined" + NearestName.hint(name.get(), receivers));
        }
        return name;
    }

    private Optional<Duration> positive(YamlObject route, String key) {
        Optional<Duration> duration = route.duration(key);
        if (duration.isPresent() && duration.get().isZero()) {
            reading.invalid(route.value(key).orElse(route.node()), key + " must be more than zero");
            return Optional.empty();
        }
        return duration;
    }

    private Optional<Convergence> convergence(YamlObject route) {
        Optional<String> text = route.text("convergence");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        for (Convergence convergence : Convergence.values()) {
            if (convergence.name().toLowerCase(Locale.ROOT).equals(text.get())) {
                return Optional.of(convergence);
            }
        }
        reading.invalid(
                route.value("convergence").orElse(route.node()),
                "\"" + text.get() + "\" is not a value of convergence, which is annotate or suppress"
                        + NearestName.hint(text.get(), List.of("annotate", "suppress")));
        return Optional.empty();
    }

    private List<String> intervals(YamlObject route, String key) {
        for (ScalarNode name : route.texts(key)) {
            if (!intervals.contains(name.getValue())) {
                reading.invalid(
                        name,
                        "time interval \"" + name.getValue() + "\" is not defined"
                                + NearestName.hint(name.getValue(), intervals));
            }
        }
        return route.strings(key);
    }
}
