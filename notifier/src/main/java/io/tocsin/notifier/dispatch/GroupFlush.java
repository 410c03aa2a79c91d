package io.tocsin.notifier.dispatch;

import io.tocsin.notifier.deliver.webhook.WebhookPayload;
import io.tocsin.notifier.group.Alert;
import io.tocsin.notifier.group.Alert.Condition;
import io.tocsin.notifier.group.Candidate;
import io.tocsin.notifier.group.Decider;
import io.tocsin.notifier.group.Holds;
import io.tocsin.notifier.group.Told;
import io.tocsin.notifier.group.Verdict;
import io.tocsin.notifier.group.Verdict.Reason;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.route.Convergence;
import io.tocsin.notifier.route.Route;
import io.tocsin.notifier.route.Route.Target;
import io.tocsin.notifier.route.RouteOptions;
import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import io.tocsin.notifier.store.Alerts;
import io.tocsin.notifier.store.Decisions;
import io.tocsin.notifier.store.Decisions.Decision;
import io.tocsin.notifier.store.Decisions.Held;
import io.tocsin.notifier.store.Groups;
import io.tocsin.notifier.store.Groups.Group;
import io.tocsin.notifier.store.Incidents;
import io.tocsin.notifier.store.Notices;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Flushes groups that are due: decides for each way of the receiver, and puts decision, notice and the group's next
 * timer into one transaction.
 *
 * @param routing the configuration in force
 * @param externalUrl where the notifier's API can be reached, for links
 * @param deadline how long a notice is tried
 * @param decided told of each reason, to be counted
 */
public record GroupFlush(Supplier<Routing> routing, URI externalUrl, Duration deadline, Consumer<Reason> decided) {

    /** Flushes the group that is due longest; false when none is. */
    public boolean once(Handle handle, Instant now) {
        Optional<Group> due = Groups.due(handle, now);
        due.ifPresent(group -> flush(handle, group, now));
        return due.isPresent();
    }

    private void flush(Handle handle, Group group, Instant now) {
        Routing inForce = routing.get();
        Scene scene = scene(handle, group, inForce, now);
        Map<String, Told> told = new TreeMap<>();
        Map<String, ReceiverOptions> ways = inForce.integrations(group.receiver());
        ways.forEach((name, way) -> told.put(name, decide(handle, scene, name, way, now)));
        group.told().keySet().stream()
                .filter(name -> !ways.containsKey(name))
                .forEach(name -> record(handle, scene, name, Reason.RECEIVER_REMOVED, scene.candidates(), now));
        settle(handle, scene, told, now);
    }

    private Told decide(Handle handle, Scene scene, String name, ReceiverOptions way, Instant now) {
        Told before = scene.group().told().getOrDefault(name, Told.NOTHING);
        Decider decider = new Decider(
                way.sendResolved(),
                scene.options().repeatInterval(),
                scene.options().convergence() == Convergence.SUPPRESS);
        Verdict verdict = decider.decide(before, scene.candidates(), scene.incidents(), now);
        record(handle, scene, name, verdict.reason(), scene.candidates(), now);
        if (verdict.reason().tells()) {
            Notices.add(handle, notice(scene, name, way, before, verdict, now));
        }
        return verdict.next();
    }

    private Notices.Decided notice(
            Scene scene, String name, ReceiverOptions way, Told before, Verdict verdict, Instant now) {
        Group group = scene.group();
        String body = new WebhookPayload(group.receiver(), group.groupKey(), group.labels(), externalUrl)
                .render(verdict.alerts(), scene.incidents(), way.maxAlerts());
        Set<String> incidents = verdict.alerts().stream().map(Alert::incident).collect(Collectors.toSet());
        return new Notices.Decided(
                IdempotencyKey.of(group.groupKey(), group.receiver(), name, now, body),
                group.groupKey(),
                group.receiver(),
                name,
                group.labels(),
                verdict.reason().name(),
                fingerprints(verdict.alerts(), false),
                fingerprints(verdict.alerts(), true),
                List.copyOf(incidents),
                body,
                before,
                now,
                now.plus(deadline));
    }

    private void record(
            Handle handle, Scene scene, String name, Reason reason, Collection<Candidate> candidates, Instant now) {
        List<Alert> alerts = candidates.stream().map(Candidate::alert).toList();
        List<Held> held = candidates.stream()
                .filter(candidate -> candidate.hold().isPresent())
                .map(candidate -> new Held(
                        candidate.alert().fingerprint(),
                        candidate.hold().orElseThrow().reason(),
                        candidate.hold().orElseThrow().by()))
                .toList();
        Decisions.keep(
                handle,
                Decision.now(
                        scene.group().groupKey(),
                        scene.group().receiver(),
                        name,
                        reason.name(),
                        fingerprints(alerts, false),
                        fingerprints(alerts, true),
                        held,
                        now));
        decided.accept(reason);
    }

    /** What is over leaves the group; a group without alerts that nobody believes in or waits for is forgotten. */
    private void settle(Handle handle, Scene scene, Map<String, Told> told, Instant now) {
        Set<String> believed = told.values().stream()
                .flatMap(t -> t.burning().keySet().stream())
                .collect(Collectors.toSet());
        List<String> gone = scene.candidates().stream()
                .filter(candidate -> candidate.alert().condition() == Condition.RESOLVED)
                .map(candidate -> candidate.alert().fingerprint())
                .filter(fingerprint -> !believed.contains(fingerprint))
                .toList();
        Group group = scene.group();
        Groups.remove(handle, group.id(), gone);
        boolean empty = gone.size() == scene.candidates().size() && believed.isEmpty();
        if (empty && !Notices.pending(handle, group.groupKey(), group.receiver())) {
            Groups.delete(handle, group.id());
        } else {
            Groups.flushed(handle, group.id(), told, now.plus(scene.options().groupInterval()));
        }
    }

    private static Scene scene(Handle handle, Group group, Routing inForce, Instant now) {
        Set<String> fingerprints = new HashSet<>(Groups.members(handle, group.id()));
        group.told().values().forEach(told -> fingerprints.addAll(told.burning().keySet()));
        Collection<Alert> alerts = Alerts.find(handle, fingerprints).values();
        Map<String, Incident> incidents =
                Incidents.find(handle, alerts.stream().map(Alert::incident).collect(Collectors.toSet()));
        Holds holds = HoldsNow.of(handle, inForce, incidents, now);
        List<Candidate> candidates = alerts.stream()
                .map(alert -> holds.candidate(alert, group.groupKey(), group.receiver()))
                .sorted(java.util.Comparator.comparing(Candidate::alert, Alert.ORDER))
                .toList();
        return new Scene(group, options(inForce.root(), group, alerts), candidates, incidents);
    }

    /** The options of the route that brings alerts here; the root's where no route does any more. */
    private static RouteOptions options(Route root, Group group, Collection<Alert> alerts) {
        return alerts.stream()
                .flatMap(alert -> root.targets(alert.labels()).stream())
                .filter(target -> target.groupKey().equals(group.groupKey())
                        && target.receiver().equals(group.receiver()))
                .map(Target::options)
                .findFirst()
                .orElse(root.options());
    }

    private static List<String> fingerprints(Collection<Alert> alerts, boolean resolved) {
        return alerts.stream()
                .filter(alert -> resolved == (alert.condition() == Condition.RESOLVED))
                .map(Alert::fingerprint)
                .sorted()
                .toList();
    }

    private record Scene(
            Group group, RouteOptions options, List<Candidate> candidates, Map<String, Incident> incidents) {}
}
