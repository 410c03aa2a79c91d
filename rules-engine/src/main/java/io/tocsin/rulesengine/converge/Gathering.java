package io.tocsin.rulesengine.converge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        private final SortedMap<String, TreeSet<Long>> onsets = new TreeMap<>();
        private Party head = this;
        private String why = "";

        Party head() {
            return head == this ? this : head.head();
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
        byElement.forEach((element, here) -> {
            here.forEach(party -> join(here.getFirst(), party, "both on " + element));
            for (String other : connections.reach(element).failing()) {
                joinAcross(element, here, other, byElement.getOrDefault(other, List.of()));
            }
        });
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

    private String why(String element, String other) {
        if (connections.dependenciesOf(element).contains(other)) {
            return connections.inWords(element, other);
        }
        if (connections.dependenciesOf(other).contains(element)) {
            return connections.inWords(other, element);
        }
        return element + " and " + other + " share a dependency that fails";
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
