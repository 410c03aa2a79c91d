package io.tocsin.rulesengine.converge;

import io.tocsin.rulesengine.converge.Snapshot.Cause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Ranks the elements of an incident by how likely each is its cause: the failing element that its failing neighbours
 * depend on. Every point comes with its evidence in words.
 */
final class RootCause {

    private static final double AWAY = 3;
    private static final double ALERT = 1;
    private static final double DEPENDENT = 2;
    private static final int DEPENDENTS_COUNTED = 3;
    private static final double INDIRECT = 0.5;
    private static final int INDIRECT_COUNTED = 4;
    private static final double EXPLAINED = -3;
    private static final double AWAY_EXPLAINED = -1;
    private static final double FIRST = 1;
    private static final double NO_ANSWER = 1.5;
    private static final double OWN_ERRORS = 1;
    private static final double WITHOUT_ALERT = -0.5;
    private static final double NOTEWORTHY = 0.05;

    private final Connections connections;
    private final SortedMap<String, List<Member>> byElement = new TreeMap<>();
    private final Set<String> all;

    RootCause(List<Member> members, Connections connections) {
        this.connections = connections;
        for (Member member : members) {
            if (!member.absorbed()) {
                byElement
                        .computeIfAbsent(member.element(), name -> new ArrayList<>())
                        .add(member);
            }
        }
        this.all = new TreeSet<>(byElement.keySet());
        byElement
                .keySet()
                .forEach(element -> all.addAll(connections.reach(element).silent()));
    }

    /** All elements of the incident: those with alerts, and those that failing calls lead to. */
    Set<String> elements() {
        return all;
    }

    /** The candidates, the likeliest first. */
    List<Cause> rank() {
        List<Cause> causes = new ArrayList<>();
        all.forEach(element -> causes.add(weigh(element)));
        causes.sort(Comparator.comparingDouble((Cause cause) -> -cause.score())
                .thenComparingLong(cause -> onset(cause.element()))
                .thenComparing(Cause::element));
        return causes;
    }

    private Cause weigh(String element) {
        Scales scales = new Scales();
        ownAlerts(element, scales);
        if (all.size() > 1) {
            dependents(element, scales);
            dependencies(element, scales);
            calls(element, scales);
            first(element, scales);
        }
        return new Cause(element, scales.score, scales.evidence);
    }

    private void ownAlerts(String element, Scales scales) {
        List<Member> own = byElement.getOrDefault(element, List.of());
        if (own.isEmpty()) {
            scales.add(WITHOUT_ALERT, "it has no alert of its own");
            return;
        }
        List<Member> away = own.stream().filter(Member::outage).toList();
        String names = String.join(", ", names(away.isEmpty() ? own : away));
        if (away.isEmpty()) {
            scales.add(ALERT, "it fails itself: " + names);
        } else {
            scales.add(AWAY, "it is away, not just doing badly: " + names);
        }
    }

    private void dependents(String element, Scales scales) {
        List<String> direct = connections.dependentsOf(element).stream()
                .filter(dependent -> byElement.containsKey(dependent) && explains(element, dependent))
                .toList();
        if (!direct.isEmpty()) {
            String words = direct.stream()
                    .map(dependent -> connections.inWords(dependent, element))
                    .reduce((a, b) -> a + ", " + b)
                    .orElse("");
            scales.add(DEPENDENT * Math.min(DEPENDENTS_COUNTED, direct.size()), "what depends on it fails: " + words);
        }
        List<String> indirect = byElement.keySet().stream()
                .filter(other -> !other.equals(element) && !direct.contains(other) && explains(element, other))
                .filter(other -> connections.way(other, element, all).isPresent())
                .toList();
        if (!indirect.isEmpty()) {
            scales.add(
                    INDIRECT * Math.min(INDIRECT_COUNTED, indirect.size()),
                    "failing elements depend on it through others: " + String.join(", ", indirect));
        }
    }

    /** An element that is away is explained only by another one that is away, or that does not speak for itself. */
    private boolean explains(String cause, String dependent) {
        return !away(dependent) || away(cause) || !byElement.containsKey(cause);
    }

    private void dependencies(String element, Scales scales) {
        List<String> failing = connections.dependenciesOf(element).stream()
                .filter(all::contains)
                .toList();
        if (!failing.isEmpty()) {
            scales.add(
                    away(element) ? AWAY_EXPLAINED : EXPLAINED,
                    "it depends on what fails too: " + String.join(", ", failing));
        }
    }

    private void calls(String element, Scales scales) {
        double clientErrors = 0;
        double serverErrors = 0;
        double unanswered = 0;
        for (String caller : connections.dependentsOf(element)) {
            Edge edge = connections.edge(caller, element).orElse(Edge.unseen(caller, element));
            clientErrors = Math.max(clientErrors, edge.clientErrorShare());
            serverErrors = Math.max(serverErrors, edge.serverErrorShare());
            unanswered = Math.max(unanswered, edge.unansweredShare());
        }
        if (unanswered >= NOTEWORTHY && clientErrors >= NOTEWORTHY) {
            scales.add(NO_ANSWER, percent(unanswered) + " of calls to it are not answered");
        } else if (clientErrors >= NOTEWORTHY && serverErrors < NOTEWORTHY) {
            scales.add(
                    NO_ANSWER,
                    percent(clientErrors)
                            + " of calls to it fail at the caller while it answers without errors: "
                            + "look at the network between");
        } else if (clientErrors >= 2 * serverErrors && clientErrors >= NOTEWORTHY) {
            scales.add(
                    NO_ANSWER,
                    percent(clientErrors) + " of calls to it fail at the caller, but only " + percent(serverErrors)
                            + " at itself");
        } else if (serverErrors >= NOTEWORTHY) {
            scales.add(OWN_ERRORS, "it answers " + percent(serverErrors) + " of calls with errors");
        }
    }

    private void first(String element, Scales scales) {
        long own = onset(element);
        List<String> earlierOrEqual = byElement.keySet().stream()
                .filter(other -> !other.equals(element) && onset(other) <= own)
                .toList();
        if (own != Long.MAX_VALUE && earlierOrEqual.isEmpty()) {
            scales.add(FIRST, "it failed first");
        }
    }

    private boolean away(String element) {
        return byElement.getOrDefault(element, List.of()).stream().anyMatch(Member::outage);
    }

    private long onset(String element) {
        return byElement.getOrDefault(element, List.of()).stream()
                .mapToLong(Member::startsAtMs)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static List<String> names(List<Member> members) {
        return members.stream().map(Member::name).distinct().sorted().toList();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** The alerts of an element, by element. */
    Map<String, List<Member>> alerts() {
        return byElement;
    }

    private static final class Scales {
        private double score;
        private final List<String> evidence = new ArrayList<>();

        void add(double points, String why) {
            score += points;
            evidence.add(why);
        }
    }
}
