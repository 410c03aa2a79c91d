package io.tocsin.notifier.rehearse;

import io.tocsin.notifier.group.Alert;
import io.tocsin.notifier.group.Alert.Condition;
import io.tocsin.notifier.group.Arrival;
import io.tocsin.notifier.group.Candidate;
import io.tocsin.notifier.group.Decider;
import io.tocsin.notifier.group.Holds;
import io.tocsin.notifier.group.Inhibitions;
import io.tocsin.notifier.group.Told;
import io.tocsin.notifier.group.Verdict;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.incident.Incident.Status;
import io.tocsin.notifier.route.Convergence;
import io.tocsin.notifier.route.Route.Target;
import io.tocsin.notifier.route.RouteOptions;
import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import io.tocsin.notifier.silence.Silence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The notifier in memory: incidents go in, decisions come out, and time is whatever the caller says. Not for several
 * threads. What the real one keeps in PostgreSQL is kept here in maps; every decision is made by the same code.
 */
public final class Rehearsal {

    private final Routing routing;
    private final Map<String, Incident> incidents = new HashMap<>();
    private final Map<String, Alert> alerts = new TreeMap<>();
    private final SortedMap<Key, Group> groups = new TreeMap<>();
    private List<Silence> silences = List.of();

    /** A rehearsal by this configuration. */
    public Rehearsal(Routing routing) {
        this.routing = routing;
    }

    private record Key(String groupKey, String receiver) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::groupKey).thenComparing(Key::receiver);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** A group between its flushes. */
    private static final class Group {
        private final SortedMap<String, String> labels;
        private final Set<String> members = new HashSet<>();
        private Map<String, Told> told = Map.of();
        private boolean flushed;
        private Instant next;

        Group(SortedMap<String, String> labels, Instant next) {
            this.labels = labels;
            this.next = next;
        }
    }

    /**
     * A decision about one way of one receiver of one group.
     *
     * @param at when
     * @param groupLabels what the group's alerts share
     * @param integration which of the receiver's ways
     * @param verdict the reason, and what is told
     * @param candidates the group's alerts with what holds them
     */
    public record Decision(
            Instant at,
            String groupKey,
            SortedMap<String, String> groupLabels,
            String receiver,
            String integration,
            Verdict verdict,
            List<Candidate> candidates) {

        public Decision {
            candidates = List.copyOf(candidates);
        }
    }

    /** Silences from now on. */
    public void silences(Collection<Silence> all) {
        silences = List.copyOf(all);
    }

    /** Takes a snapshot of an incident in; an older one than is known is passed over. */
    public void hear(Incident incident, Instant now) {
        Incident before = incidents.get(incident.id());
        if (before != null && before.revision() >= incident.revision()) {
            return;
        }
        incidents.put(incident.id(), incident);
        if (incident.status() == Status.MERGED) {
            return;
        }
        List<Alert> news = Arrival.news(incident, alerts);
        news.forEach(alert -> alerts.put(alert.fingerprint(), alert));
        Arrival.joins(routing.root(), news).forEach((target, members) -> join(target, members, now));
        if (before != null) {
            Arrival.hastened(routing.root(), before, incident)
                    .forEach(target -> hasten(target, now.plus(target.options().groupWait())));
        }
    }

    private void join(Target target, Collection<Alert> members, Instant now) {
        Instant flush = Arrival.firstFlush(target, members, now);
        Group group = groups.computeIfAbsent(
                new Key(target.groupKey(), target.receiver()), _ -> new Group(target.groupLabels(), flush));
        if (!group.flushed && flush.isBefore(group.next)) {
            group.next = flush;
        }
        members.forEach(alert -> group.members.add(alert.fingerprint()));
    }

    private void hasten(Target target, Instant flush) {
        Group group = groups.get(new Key(target.groupKey(), target.receiver()));
        if (group != null && flush.isBefore(group.next)) {
            group.next = flush;
        }
    }

    /** When the next group is due; empty when there is none. */
    public Optional<Instant> nextFlush() {
        return groups.values().stream().map(group -> group.next).min(Comparator.naturalOrder());
    }

    /** Alerts that are not over, by fingerprint. */
    public List<Alert> active() {
        return alerts.values().stream()
                .filter(alert -> alert.condition() != Condition.RESOLVED)
                .toList();
    }

    /** What may hold alerts at a time. */
    public Holds holds(Instant now) {
        return new Holds(
                routing.root(),
                routing.intervals(),
                silences,
                new Inhibitions(routing.inhibitRules(), active()),
                incidents,
                now);
    }

    /** Flushes every group that is due up to a time, each at its own time. */
    public List<Decision> flushUntil(Instant until) {
        List<Decision> decisions = new ArrayList<>();
        Optional<Instant> next = nextFlush();
        while (next.isPresent() && !next.get().isAfter(until)) {
            Instant now = next.get();
            List<Key> due = groups.entrySet().stream()
                    .filter(group -> !group.getValue().next.isAfter(now))
                    .map(Map.Entry::getKey)
                    .toList();
            due.forEach(key -> decisions.addAll(flush(key, now)));
            next = nextFlush();
        }
        return decisions;
    }

    private List<Decision> flush(Key key, Instant now) {
        Group group = java.util.Objects.requireNonNull(groups.get(key));
        Holds holds = holds(now);
        Set<String> fingerprints = new HashSet<>(group.members);
        group.told.values().forEach(told -> fingerprints.addAll(told.burning().keySet()));
        List<Candidate> candidates = fingerprints.stream()
                .flatMap(fingerprint -> Optional.ofNullable(alerts.get(fingerprint)).stream())
                .map(alert -> holds.candidate(alert, key.groupKey(), key.receiver()))
                .sorted(Comparator.comparing(Candidate::alert, Alert.ORDER))
                .toList();
        RouteOptions options = options(key, candidates);
        List<Decision> decisions = new ArrayList<>();
        Map<String, Told> told = new TreeMap<>();
        routing.integrations(key.receiver()).forEach((name, way) -> {
            Verdict verdict = decider(way, options)
                    .decide(group.told.getOrDefault(name, Told.NOTHING), candidates, incidents, now);
            told.put(name, verdict.next());
            decisions.add(new Decision(now, key.groupKey(), group.labels, key.receiver(), name, verdict, candidates));
        });
        settle(key, group, candidates, told, now.plus(options.groupInterval()));
        return decisions;
    }

    private static Decider decider(ReceiverOptions way, RouteOptions options) {
        return new Decider(way.sendResolved(), options.repeatInterval(), options.convergence() == Convergence.SUPPRESS);
    }

    private RouteOptions options(Key key, List<Candidate> candidates) {
        return candidates.stream()
                .flatMap(candidate -> routing.root().targets(candidate.alert().labels()).stream())
                .filter(target -> target.groupKey().equals(key.groupKey())
                        && target.receiver().equals(key.receiver()))
                .map(Target::options)
                .findFirst()
                .orElse(routing.root().options());
    }

    private void settle(Key key, Group group, List<Candidate> candidates, Map<String, Told> told, Instant next) {
        Set<String> believed = new HashSet<>();
        told.values().forEach(each -> believed.addAll(each.burning().keySet()));
        candidates.stream()
                .map(Candidate::alert)
                .filter(alert -> alert.condition() == Condition.RESOLVED && !believed.contains(alert.fingerprint()))
                .forEach(alert -> group.members.remove(alert.fingerprint()));
        if (group.members.isEmpty() && believed.isEmpty()) {
            groups.remove(key);
            return;
        }
        group.told = told;
        group.flushed = true;
        group.next = next;
    }
}
