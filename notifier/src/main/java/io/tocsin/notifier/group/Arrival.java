package io.tocsin.notifier.group;

import io.tocsin.notifier.group.Alert.Condition;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.incident.Severity;
import io.tocsin.notifier.route.Convergence;
import io.tocsin.notifier.route.Route;
import io.tocsin.notifier.route.Route.Target;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a snapshot of an incident brings to which groups, and by when these are flushed. */
public final class Arrival {

    private static final Comparator<Target> BY_GROUP =
            Comparator.comparing(Target::groupKey).thenComparing(Target::receiver);

    private Arrival() {}

    /**
     * The alerts of a snapshot of which more is known by it.
     *
     * @param known what was known of them, by fingerprint
     */
    public static List<Alert> news(Incident incident, Map<String, Alert> known) {
        return Alert.of(incident).stream()
                .filter(alert -> {
                    Alert before = known.get(alert.fingerprint());
                    return before == null || (alert.supersedes(before) && differs(alert, before));
                })
                .toList();
    }

    private static boolean differs(Alert alert, Alert before) {
        return !alert.member().equals(before.member())
                || alert.condition() != before.condition()
                || !alert.incident().equals(before.incident());
    }

    /** The groups that alerts join, with those that do: whatever is not over goes where the routes bring it. */
    public static SortedMap<Target, SortedSet<Alert>> joins(Route root, Collection<Alert> alerts) {
        SortedMap<Target, SortedSet<Alert>> byTarget = new TreeMap<>(BY_GROUP);
        for (Alert alert : alerts) {
            if (alert.condition() != Condition.RESOLVED) {
                for (Target target : root.targets(alert.labels())) {
                    byTarget.computeIfAbsent(target, _ -> new TreeSet<>(Comparator.comparing(Alert::fingerprint)))
                            .add(alert);
                }
            }
        }
        return byTarget;
    }

    /** After group_wait; at once when an alert has waited longer than that on its way here. */
    public static Instant firstFlush(Target target, Collection<Alert> members, Instant now) {
        Instant oldest = members.stream()
                .map(alert -> alert.member().startsAt())
                .min(Comparator.naturalOrder())
                .orElse(now);
        Instant due = oldest.plus(target.options().groupWait());
        return due.isBefore(now) ? now : now.plus(target.options().groupWait());
    }

    /** Groups that a worse severity or another root hastens: those of converging routes that its active alerts are in. */
    public static Set<Target> hastened(Route root, Incident before, Incident after) {
        boolean worse = Severity.rank(after.severity()) > Severity.rank(before.severity())
                || !after.rootElement().equals(before.rootElement());
        return !worse
                ? Set.of()
                : after.members().stream()
                        .filter(member -> member.active())
                        .flatMap(member -> root.targets(member.labels()).stream())
                        .filter(target -> target.options().convergence() == Convergence.SUPPRESS)
                        .collect(Collectors.toCollection(() -> new TreeSet<>(BY_GROUP)));
    }
}
