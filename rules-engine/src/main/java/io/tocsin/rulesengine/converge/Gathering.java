package io.tocsin.rulesengine.converge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds which incidents and new alerts are one, by the topology and by time. */
final class Gathering {

    /** What turned out to be one. */
    record Group(List<Incident> incidents, List<Member> fresh, String why) {}

    /** An open incident or a new alert, with the onsets of its failing elements. */
    private static final class Party {
        private final List<Incident> incidents = new ArrayList<>();
        private final List<Member> fresh = new ArrayList<>();
        private final Map<String, TreeSet<Long>> onsets = new HashMap<>();
        private Party head = this;
        private String why = "";

        Party head() {
            if (head != this) {
                head = head.head();
            }
            return head;
        }

        void failsSince(Member member) {
            onsets.computeIfAbsent(member.element(), name -> new TreeSet<>()).add(member.startsAtMs());
        }
    }

    private final Connections connections;
    private final ConvergePolicy policy;
    private final List<Party> parties = new ArrayList<>();

    Gathering(Connections connections, ConvergePolicy policy) {
        this.connections = connections;
        this.policy = policy;
    }

    void incident(Incident incident, List<Member> members) {
        Party party = new Party();
        party.incidents.add(incident);
        // What the storm limit put there says nothing about what the incident is about.
        members.stream().filter(member -> !member.absorbed()).forEach(party::failsSince);
        parties.add(party);
    }

    void single(Member member) {
        Party party = new Party();
        party.fresh.add(member);
        party.failsSince(member);
        parties.add(party);
    }

    /** The groups, in the order of their first incident or alert. */
    Collection<Group> groups() {
        SortedMap<String, List<Party>> byElement = new TreeMap<>();
        parties.forEach(party -> party.onsets
                .keySet()
                .forEach(element -> byElement
                        .computeIfAbsent(element, name -> new ArrayList<>())
                        .add(party)));
        SortedMap<String, TreeSet<String>> pointingTo = new TreeMap<>();
        byElement.forEach((element, here) -> {
            here.forEach(party -> join(here.getFirst(), party, "both on " + element));
            Connections.Ahead ahead = connections.ahead(element);
            for (String other : ahead.failing()) {
                joinAcross(element, here, other, byElement.getOrDefault(other, List.of()));
            }
            ahead.silent()
                    .forEach(silent -> pointingTo
                            .computeIfAbsent(silent, name -> new TreeSet<>())
                            .add(element));
        });
        pointingTo.forEach((silent, elements) -> joinAround(silent, elements, byElement));
        Map<Party, Group> groups = new LinkedHashMap<>();
        for (Party party : parties) {
            Group group = groups.computeIfAbsent(
                    party.head(), head -> new Group(new ArrayList<>(), new ArrayList<>(), head.why));
            group.incidents().addAll(party.incidents);
            group.fresh().addAll(party.fresh);
        }
        return groups.values();
    }

    private void joinAcross(String element, List<Party> here, String other, List<Party> there) {
        for (Party party : here) {
            for (Party neighbour : there) {
                if (party.head() != neighbour.head() && close(party, element, neighbour, other)) {
                    join(party, neighbour, why(element, other));
                }
            }
        }
    }

    /**
     * Joins what points to the same silent element and began close in time. Joining the neighbours in time joins all,
     * as whatever is one with one of them is one with the other.
     */
    private void joinAround(String silent, Set<String> elements, Map<String, List<Party>> byElement) {
        List<Onset> onsets = new ArrayList<>();
        for (String element : elements) {
            for (Party party : byElement.getOrDefault(element, List.of())) {
                party.onsets.getOrDefault(element, new TreeSet<>()).forEach(at -> onsets.add(new Onset(at, party)));
            }
        }
        onsets.sort(Comparator.comparingLong(Onset::atMs));
        for (int i = 1; i < onsets.size(); i++) {
            if (onsets.get(i).atMs() - onsets.get(i - 1).atMs() <= policy.joinMs()) {
                join(onsets.get(i - 1).party(), onsets.get(i).party(), "calls to " + silent + " fail");
            }
        }
    }

    private record Onset(long atMs, Party party) {}

    private String why(String element, String other) {
        if (connections.dependenciesOf(element).contains(other)) {
            return connections.inWords(element, other);
        }
        return element + " depends on " + other + " through others that fail";
    }

    private boolean close(Party party, String element, Party neighbour, String other) {
        for (long a : party.onsets.getOrDefault(element, new TreeSet<>())) {
            for (long b : neighbour.onsets.getOrDefault(other, new TreeSet<>())) {
                if (Math.abs(a - b) <= policy.joinMs()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void join(Party a, Party b, String why) {
        Party first = a.head();
        Party second = b.head();
        if (first != second) {
            second.head = first;
            first.why = first.why.isEmpty() ? why : first.why;
        }
    }
}
