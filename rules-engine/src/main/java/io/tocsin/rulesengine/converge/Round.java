package io.tocsin.rulesengine.converge;

import io.tocsin.rulesengine.alert.AlertState;
import io.tocsin.rulesengine.alert.Fingerprint;
import io.tocsin.rulesengine.topology.EdgeWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One tick of one environment as it is worked out: mutable, and forgotten afterwards. */
final class Round {

    private static final long MERGED_KEPT_MS = 3_600_000;

    private final String environment;
    private final ConvergePolicy policy;
    private final long tickMs;
    private Topology topology;
    private Set<String> nodes;
    private final SortedMap<Member.Key, Member> members;
    private final SortedMap<String, Incident> incidents;
    private final SortedMap<String, ConvergeState.Merged> merged;
    private final List<Snapshot> told = new ArrayList<>();
    private @Nullable Connections connections;

    Round(ConvergeState state, ConvergePolicy policy, long tickMs) {
        this.environment = state.environment();
        this.policy = policy;
        this.tickMs = tickMs;
        this.topology = state.topology();
        this.nodes = topology.nodeNames();
        this.members = new TreeMap<>(state.members());
        this.incidents = new TreeMap<>(state.incidents());
        this.merged = new TreeMap<>(state.merged());
    }

    ConvergeState state() {
        return new ConvergeState(environment, topology, members, incidents, merged);
    }

    /** Takes in the facts: the topology first, then changes by time and alert, then repairs. */
    boolean hear(List<Fact> facts) {
        List<EdgeWindow> windows = new ArrayList<>();
        List<Fact.RunsOn> placements = new ArrayList<>();
        List<Fact.Change> changes = new ArrayList<>();
        List<Fact.Repair> repairs = new ArrayList<>();
        for (Fact fact : facts) {
            switch (fact) {
                case Fact.Called called -> windows.add(called.window());
                case Fact.RunsOn placement -> placements.add(placement);
                case Fact.Change change -> changes.add(change);
                case Fact.Repair repair -> repairs.add(repair);
            }
        }
        if (!windows.isEmpty() || !placements.isEmpty()) {
            topology = topology.with(windows, placements, tickMs - policy.edgeMs());
            nodes = topology.nodeNames();
        }
        changes.sort(Comparator.comparingLong(Fact.Change::atMs).thenComparing(Member.Key::of));
        changes.forEach(this::hear);
        repairs.forEach(this::hear);
        return !facts.isEmpty();
    }

    private void hear(Fact.Change change) {
        Member known = members.get(Member.Key.of(change));
        if (change.to() == AlertState.PENDING) {
            return;
        }
        if (known == null) {
            members.put(Member.Key.of(change), Member.first(change, Element.of(change.labels(), nodes::contains)));
            return;
        }
        boolean old = change.atMs() < known.change().atMs();
        if (old || change.id().equals(known.change().id())) {
            return;
        }
        Member next = known.told(change, policy);
        members.put(Member.Key.of(change), next);
        if (known.listed()) {
            // An external alert may change its texts with every repeat: that is no news of its own.
            if (change.to() != known.change().to()) {
                note(known.incident(), change.atMs(), words(next));
            }
            if (next.flapping() && !known.flapping()) {
                note(
                        known.incident(),
                        change.atMs(),
                        subject(next) + " changed " + next.changes().size()
                                + " times lately: flapping until it settles");
            }
        }
    }

    private void hear(Fact.Repair repair) {
        String id = repair.incident();
        ConvergeState.Merged into = merged.get(id);
        while (into != null) {
            id = into.into();
            into = merged.get(id);
        }
        String why = repair.reason().isEmpty() ? "" : " (" + repair.reason() + ")";
        String detail = repair.detail().isEmpty() ? "" : ": " + repair.detail();
        String phase = repair.phase().toLowerCase(Locale.ROOT).replace('_', ' ');
        note(id, repair.atMs(), "repair " + repair.playbook() + " of " + repair.target() + " " + phase + why + detail);
    }

    private void note(String incident, long atMs, String what) {
        incidents.computeIfPresent(incident, (id, open) -> open.noting(atMs, what));
    }

    private static String subject(Member member) {
        return member.name() + " on " + member.element();
    }

    private static String words(Member member) {
        String reason = " (" + member.change().reason() + ")";
        return subject(member)
                + switch (member.change().to()) {
                    case INACTIVE -> " recovered" + reason;
                    case PENDING, FIRING -> " fires" + reason;
                    case RECOVERING -> " is recovering" + reason;
                    case NO_DATA -> " has no data" + reason;
                    case ERROR -> " cannot be evaluated" + reason;
                };
    }

    /** Lets flapping alerts settle and forgets alerts that recovered long ago; true when something changed. */
    boolean settle() {
        boolean changed = false;
        for (Member member : List.copyOf(members.values())) {
            if (member.flapping() && member.settled(tickMs, policy)) {
                members.put(member.key(), member.withFlapping(false));
                note(member.incident(), tickMs, subject(member) + " has settled");
                changed = true;
            } else if (member.incident().isEmpty()
                    && !member.present()
                    && member.change().atMs() <= tickMs - policy.flapMs()) {
                members.remove(member.key());
                changed = true;
            }
        }
        return merged.values().removeIf(entry -> entry.atMs() <= tickMs - MERGED_KEPT_MS) || changed;
    }

    /** Whether an incident has no present member left and waits for its hold-down. */
    boolean waitsForQuiet() {
        Set<String> alive = members.values().stream()
                .filter(Member::present)
                .map(Member::incident)
                .collect(Collectors.toSet());
        return !alive.containsAll(incidents.keySet());
    }

    /** Worked out once all is heard: what joins an incident does not change who fails. */
    private Connections connections() {
        if (connections == null) {
            connections = connect();
        }
        return connections;
    }

    private Connections connect() {
        Set<String> failing = new HashSet<>();
        Set<String> away = new HashSet<>();
        for (Member member : members.values()) {
            if (member.present() || !member.incident().isEmpty()) {
                failing.add(member.element());
            }
            if (member.present() && member.outage()) {
                away.add(member.element());
            }
        }
        return new Connections(topology, policy, failing, away, tickMs);
    }

    /** Gives every present alert an incident, and makes one of those that turn out to be connected. */
    void gather() {
        List<Member> fresh = members.values().stream()
                .filter(member -> member.present() && member.incident().isEmpty())
                .sorted(Comparator.comparingLong(
                                (Member member) -> member.change().atMs())
                        .thenComparing(Member::key))
                .toList();
        Map<String, List<Member>> byIncident = byIncident();
        Gathering gathering = new Gathering(connections(), policy);
        incidents.values().forEach(open -> gathering.incident(open, byIncident.getOrDefault(open.id(), List.of())));
        fresh.forEach(gathering::single);
        List<Gathering.Group> beginning = new ArrayList<>();
        for (Gathering.Group group : gathering.groups()) {
            if (group.incidents().isEmpty()) {
                beginning.add(group);
            } else {
                unite(group);
            }
        }
        beginning.sort(Comparator.comparingInt(group -> Portrait.gravest(group.fresh())));
        int opened = Math.min(beginning.size(), policy.stormPerTick());
        beginning.subList(0, opened).forEach(this::unite);
        absorb(beginning.subList(opened, beginning.size()).stream()
                .flatMap(group -> group.fresh().stream())
                .toList());
        Set<Member.Key> keys = fresh.stream().map(Member::key).collect(Collectors.toSet());
        byIncident().forEach((incident, parts) -> name(incident, parts, keys));
    }

    /** Names members in their incident until its list is full. */
    private void name(String incident, List<Member> parts, Set<Member.Key> fresh) {
        for (Member member : Listing.named(parts, fresh, policy.listed())) {
            members.put(member.key(), member);
            note(incident, member.change().atMs(), words(member));
        }
        if (parts.size() > policy.listed()) {
            incidents.computeIfPresent(incident, (id, open) -> open.crowded(tickMs, policy.listed()));
        }
    }

    /** The members of every open incident, by alert. */
    private Map<String, List<Member>> byIncident() {
        Map<String, List<Member>> all = new TreeMap<>();
        for (Member member : members.values()) {
            if (!member.incident().isEmpty()) {
                all.computeIfAbsent(member.incident(), id -> new ArrayList<>()).add(member);
            }
        }
        return all;
    }

    /** Whether a place in a list has become free that somebody waits for. */
    boolean hasRoom() {
        return byIncident().values().stream().anyMatch(parts -> Listing.hasRoom(parts, policy.listed()));
    }

    private void unite(Gathering.Group group) {
        Incident survivor = group.incidents().stream()
                .min(Comparator.comparingLong(Incident::openedAtMs).thenComparing(Incident::id))
                .orElseGet(() -> open(group.fresh().getFirst()));
        String why = group.why().isEmpty() ? "" : ": " + group.why();
        for (Incident other : group.incidents()) {
            if (!other.id().equals(survivor.id())) {
                merge(other, survivor.id(), why);
            }
        }
        for (Member member : group.fresh()) {
            members.put(member.key(), member.in(survivor.id(), false));
        }
    }

    private Incident open(Member first) {
        String id = "inc-"
                + Fingerprint.sha256(environment + '\0' + first.change().id()).substring(0, 16);
        Incident incident = Incident.opened(id, tickMs, false);
        incidents.put(id, incident);
        return incident;
    }

    private void merge(Incident from, String into, String why) {
        List<Member> moved = members.values().stream()
                .filter(member -> member.incident().equals(from.id()))
                .toList();
        moved.forEach(member -> members.put(member.key(), member.in(into, member.absorbed())));
        incidents.remove(from.id());
        merged.put(from.id(), new ConvergeState.Merged(into, tickMs));
        Incident ended = from.noting(tickMs, "became part of " + into + why);
        note(into, tickMs, "took in " + from.id() + why);
        if (from.storm()) {
            incidents.computeIfPresent(into, (id, open) -> open.absorbing());
        }
        told.add(new Snapshot(
                from.id(),
                environment,
                Snapshot.Status.MERGED,
                from.revision() + 1,
                from.openedAtMs(),
                tickMs,
                tickMs,
                "became part of " + into,
                List.of(),
                List.of(),
                ended.timeline(),
                into,
                "",
                0,
                0));
    }

    private void absorb(List<Member> excess) {
        if (excess.isEmpty()) {
            return;
        }
        Map<String, List<Member>> byIncident = byIncident();
        String id = incidents.values().stream()
                .max(Comparator.comparing(Incident::storm)
                        .thenComparingInt(open ->
                                byIncident.getOrDefault(open.id(), List.of()).size())
                        .thenComparing(Incident::id, Comparator.reverseOrder()))
                .orElseThrow(() -> new IllegalStateException("a storm without an incident"))
                .id();
        incidents.computeIfPresent(id, (key, open) -> open.absorbing());
        excess.forEach(member -> members.put(member.key(), member.in(id, true)));
        note(id, tickMs, excess.size() + " more alerts in one tick: absorbed by the storm limit");
    }

    /** Closes what is over; the snapshots of all incidents that have something new to say. */
    List<Snapshot> tell() {
        Map<String, List<Member>> byIncident = byIncident();
        for (String id : new TreeSet<>(incidents.keySet())) {
            List<Member> parts = byIncident.getOrDefault(id, List.of());
            Incident open = Objects.requireNonNull(incidents.get(id));
            Optional<Long> endedAt = endedAt(parts);
            boolean closes = endedAt.isPresent() && tickMs - endedAt.get() >= policy.holdDownMs();
            Incident noted = closes ? open.noting(tickMs, "closed: all members have recovered and stayed so") : open;
            tell(new Portrait(environment, noted, parts, connections(), tickMs, closes), parts);
        }
        return told;
    }

    private void tell(Portrait portrait, List<Member> parts) {
        Incident incident = portrait.incident();
        String digest = portrait.digest();
        if (!digest.equals(incident.digest())) {
            incident = incident.told(digest);
            told.add(portrait.snapshot(incident.revision()));
        }
        incidents.put(incident.id(), incident);
        if (portrait.closes()) {
            incidents.remove(incident.id());
            parts.forEach(member -> members.put(member.key(), member.in("", false)));
        } else {
            Listing.released(parts, policy.listed()).forEach(member -> members.put(member.key(), member));
        }
    }

    /** When the last member ended; empty while one is present. */
    private static Optional<Long> endedAt(List<Member> parts) {
        if (parts.stream().anyMatch(Member::present)) {
            return Optional.empty();
        }
        return Optional.of(parts.stream().mapToLong(Member::endsAtMs).max().orElse(0));
    }
}
