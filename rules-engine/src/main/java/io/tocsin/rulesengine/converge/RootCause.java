package io.tocsin.rulesengine.converge;

import io.tocsin.rulesengine.converge.Snapshot.Cause;
import io.tocsin.rulesengine.converge.Snapshot.Evidence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Ranks the elements of an incident by how likely each is its cause: the failing element that its failing neighbours
 * depend on. Every point comes with its evidence in words, and the query that shows it.
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
    private static final double SLOW = 1;
    private static final double SATURATED = 2;
    private static final double NEW_VERSION = 2;
    private static final double WITHOUT_ALERT = -0.5;
    private static final double NOTEWORTHY = 0.05;
    /** A call that takes this many times what it took is slow. */
    private static final double SLOWER = 3;

    private static final String SIGNAL = "signal";
    private static final String SATURATION = "saturation";
    private static final int NAMED = 5;
    /** Of what depends on an element through others no more is looked at: a few suffice to count. */
    private static final int LOOKED_AT = 16;

    private final Connections connections;
    private final SortedMap<String, List<Member>> byElement = new TreeMap<>();
    private final Map<String, Long> onsets = new HashMap<>();
    private final Set<String> away = new HashSet<>();
    private final Map<String, List<Member>> saturated = new HashMap<>();
    private final Set<String> all;
    private final long firstMs;
    private final long firsts;

    RootCause(List<Member> members, Connections connections) {
        this.connections = connections;
        Map<String, List<Member>> grouped = new HashMap<>();
        for (Member member : members) {
            if (!member.absorbed()) {
                grouped.computeIfAbsent(member.element(), name -> new ArrayList<>())
                        .add(member);
                onsets.merge(member.element(), member.startsAtMs(), Math::min);
                if (member.outage()) {
                    away.add(member.element());
                }
                if (SATURATION.equals(member.change().labels().get(SIGNAL))) {
                    saturated
                            .computeIfAbsent(member.element(), name -> new ArrayList<>())
                            .add(member);
                }
            }
        }
        byElement.putAll(grouped);
        this.all = new TreeSet<>(byElement.keySet());
        byElement
                .keySet()
                .forEach(element -> all.addAll(connections.ahead(element).silent()));
        this.firstMs = onsets.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        this.firsts = onsets.values().stream().filter(at -> at == firstMs).count();
    }

    /** All elements of the incident: those with alerts, and those that failing calls lead to. */
    Set<String> elements() {
        return all;
    }

    /** The likeliest candidates, the likeliest first. */
    List<Cause> rank(int most) {
        List<Scales> weighed = new ArrayList<>();
        all.forEach(element -> weighed.add(weigh(element)));
        weighed.sort(Comparator.comparingDouble((Scales scales) -> -scales.score)
                .thenComparingLong(scales -> onset(scales.element))
                .thenComparing(scales -> scales.element));
        return weighed.stream().limit(most).map(Scales::cause).toList();
    }

    private Scales weigh(String element) {
        Scales scales = new Scales(element);
        ownAlerts(element, scales);
        saturation(element, scales);
        version(element, scales);
        if (all.size() > 1) {
            dependents(element, scales);
            dependencies(element, scales);
            calls(element, scales);
            latency(element, scales);
            first(element, scales);
        }
        return scales;
    }

    private void ownAlerts(String element, Scales scales) {
        List<Member> own = byElement.getOrDefault(element, List.of());
        if (own.isEmpty()) {
            scales.add(WITHOUT_ALERT, () -> "it has no alert of its own", () -> "");
            return;
        }
        boolean gone = away.contains(element);
        List<Member> telling = gone ? own.stream().filter(Member::outage).toList() : own;
        Supplier<String> query = () -> Queries.of(telling.getFirst().change());
        if (gone) {
            scales.add(AWAY, () -> "it is away, not just doing badly: " + brief(names(telling)), query);
        } else {
            scales.add(ALERT, () -> "it fails itself: " + brief(names(telling)), query);
        }
    }

    /** Rules say with the label {@code signal: saturation} that they watch something that runs out. */
    private void saturation(String element, Scales scales) {
        List<Member> out = saturated.getOrDefault(element, List.of());
        if (!out.isEmpty()) {
            scales.add(
                    SATURATED,
                    () -> "it runs out of something: " + brief(names(out)),
                    () -> Queries.of(out.getFirst().change()));
        }
    }

    private void version(String element, Scales scales) {
        long onsetMs = onset(element);
        if (onsetMs == Long.MAX_VALUE) {
            return;
        }
        connections
                .newVersion(element, onsetMs)
                .ifPresent(version -> scales.add(
                        NEW_VERSION,
                        () -> "its version became " + version.name() + " "
                                + inWords(Math.max(0, onsetMs - version.firstMs())) + " before it began to fail",
                        () -> Queries.versionsOf(element)));
    }

    private static String inWords(long millis) {
        long seconds = millis / 1000;
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
    }

    private void dependents(String element, Scales scales) {
        List<String> direct = connections.dependentsOf(element).stream()
                .filter(dependent -> byElement.containsKey(dependent) && explains(element, dependent))
                .toList();
        if (!direct.isEmpty()) {
            scales.add(
                    DEPENDENT * Math.min(DEPENDENTS_COUNTED, direct.size()),
                    () -> "what depends on it fails: " + inWords(element, direct),
                    () -> connections.isNode(element) ? Queries.on(element) : Queries.callsOf(direct));
        }
        Set<String> near = new HashSet<>(direct);
        List<String> indirect = connections.behind(element, all, LOOKED_AT).stream()
                .filter(other -> byElement.containsKey(other) && !near.contains(other) && explains(element, other))
                .toList();
        if (!indirect.isEmpty()) {
            scales.add(
                    INDIRECT * Math.min(INDIRECT_COUNTED, indirect.size()),
                    () -> "failing elements depend on it through others: " + brief(indirect),
                    () -> "");
        }
    }

    private String inWords(String element, List<String> dependents) {
        List<String> words = dependents.stream()
                .limit(NAMED)
                .map(dependent -> connections.inWords(dependent, element))
                .toList();
        return brief(words, dependents.size());
    }

    /** An element that is away is explained only by another one that is away, or that does not speak for itself. */
    private boolean explains(String cause, String dependent) {
        return !away.contains(dependent) || away.contains(cause) || !byElement.containsKey(cause);
    }

    private void dependencies(String element, Scales scales) {
        List<String> failing = connections.dependenciesOf(element).stream()
                .filter(all::contains)
                .toList();
        if (!failing.isEmpty()) {
            scales.add(
                    away.contains(element) ? AWAY_EXPLAINED : EXPLAINED,
                    () -> "it depends on what fails too: " + brief(failing),
                    () -> Queries.callsOf(List.of(element)));
        }
    }

    private void calls(String element, Scales scales) {
        double fails = 0;
        double answers = 0;
        double nothing = 0;
        for (String caller : connections.dependentsOf(element)) {
            Edge edge = connections.edge(caller, element).orElse(Edge.unseen(caller, element));
            fails = Math.max(fails, edge.clientErrorShare());
            answers = Math.max(answers, edge.serverErrorShare());
            nothing = Math.max(nothing, edge.unansweredShare());
        }
        weighCalls(element, new Shares(fails, answers, nothing), scales);
    }

    /** The worst shares of the calls to an element, over its callers. */
    private record Shares(double clientErrors, double serverErrors, double unanswered) {}

    private void weighCalls(String element, Shares of, Scales scales) {
        Supplier<String> query = () -> Queries.callsOf(connections.dependentsOf(element));
        if (of.unanswered() >= NOTEWORTHY && of.clientErrors() >= NOTEWORTHY) {
            scales.add(NO_ANSWER, () -> percent(of.unanswered()) + " of calls to it are not answered", query);
        } else if (of.clientErrors() >= NOTEWORTHY && of.serverErrors() < NOTEWORTHY) {
            scales.add(
                    NO_ANSWER,
                    () -> percent(of.clientErrors())
                            + " of calls to it fail at the caller while it answers without errors: "
                            + "look at the network between",
                    query);
        } else if (of.clientErrors() >= 2 * of.serverErrors() && of.clientErrors() >= NOTEWORTHY) {
            scales.add(
                    NO_ANSWER,
                    () -> percent(of.clientErrors()) + " of calls to it fail at the caller, but only "
                            + percent(of.serverErrors()) + " at itself",
                    query);
        } else if (of.serverErrors() >= NOTEWORTHY) {
            scales.add(OWN_ERRORS, () -> "it answers " + percent(of.serverErrors()) + " of calls with errors", query);
        }
    }

    /** Slowness that begins here: calls to it take long, and none of its own calls does. */
    private void latency(String element, Scales scales) {
        boolean ownCallsSlow = connections.dependenciesOf(element).stream()
                .flatMap(callee -> connections.edge(element, callee).stream())
                .anyMatch(edge -> edge.slowdown() >= SLOWER);
        connections.dependentsOf(element).stream()
                .flatMap(caller -> connections.edge(caller, element).stream())
                .filter(edge -> edge.slowdown() >= SLOWER)
                .max(Comparator.comparingDouble(Edge::slowdown))
                .filter(edge -> !ownCallsSlow)
                .ifPresent(edge -> scales.add(
                        SLOW,
                        () -> String.format(
                                Locale.ROOT,
                                "calls to it take %.1f times as long as before, and none of its own calls does",
                                edge.slowdown()),
                        () -> Queries.latencyOf(element)));
    }

    private void first(String element, Scales scales) {
        if (onset(element) == firstMs && firsts == 1) {
            scales.add(FIRST, () -> "it failed first", () -> "");
        }
    }

    private long onset(String element) {
        return onsets.getOrDefault(element, Long.MAX_VALUE);
    }

    private static List<String> names(List<Member> members) {
        return members.stream().map(Member::name).distinct().sorted().toList();
    }

    private static String brief(Collection<String> names) {
        return brief(names, names.size());
    }

    private static String brief(Collection<String> names, int of) {
        String shown = String.join(", ", names.stream().limit(NAMED).toList());
        return of > NAMED ? shown + " and " + (of - NAMED) + " more" : shown;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** The alerts of an element, by element. */
    Map<String, List<Member>> alerts() {
        return byElement;
    }

    /** The points of an element; words are made only of what is shown. */
    private static final class Scales {
        private final String element;
        private double score;
        private final List<Supplier<Evidence>> evidence = new ArrayList<>();

        Scales(String element) {
            this.element = element;
        }

        void add(double points, Supplier<String> why, Supplier<String> query) {
            score += points;
            evidence.add(() -> new Evidence(why.get(), query.get()));
        }

        Cause cause() {
            return new Cause(
                    element, score, evidence.stream().map(Supplier::get).toList());
        }
    }
}
