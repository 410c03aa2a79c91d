package io.tocsin.standalone.migrate;

import io.tocsin.notifier.external.Posted;
import io.tocsin.notifier.group.Alert;
import io.tocsin.notifier.group.Hold;
import io.tocsin.notifier.group.Holds;
import io.tocsin.notifier.rehearse.Rehearsal.Decision;
import io.tocsin.notifier.route.Route.Target;
import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.silence.Silence;
import io.tocsin.standalone.rehearse.AlertPipeline;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Tocsin's decisions about the same alerts, in memory; nobody is told. For one thread at a time. */
final class ShadowNotifier {

    private final Routing routing;
    private final AlertPipeline pipeline;
    private final Map<Grouped, String> held = new TreeMap<>(java.util.Comparator.comparing(Grouped::toString));
    private final Set<String> known = new HashSet<>();
    private long notices;

    ShadowNotifier(Routing routing, Instant start) {
        this.routing = routing;
        this.pipeline = new AlertPipeline(routing, start);
    }

    synchronized void post(List<Posted> posts, Instant now) {
        advance(now);
        posts.forEach(post -> {
            known.add(Grouped.text(post.labels()));
            pipeline.post(post, "alertmanager");
        });
    }

    synchronized void silences(Collection<Silence> silences) {
        pipeline.notifier().silences(silences);
    }

    /** What its notices list now. What the clock alone mutes is listed: an Alertmanager's groups list it too. */
    synchronized Set<Grouped> told(Instant now) {
        advance(now);
        held.clear();
        Set<Grouped> told = new HashSet<>();
        Holds holds = pipeline.notifier().holds(now);
        for (Alert alert : pipeline.notifier().active()) {
            for (Target target : routing.root().targets(alert.labels())) {
                Grouped grouped = Grouped.of(target.receiver(), target.groupLabels(), alert.labels());
                Optional<Hold> hold = holds.candidate(alert, target.groupKey(), target.receiver())
                        .hold();
                if (hold.isEmpty() || hold.get() instanceof Hold.Timed) {
                    told.add(grouped);
                } else {
                    held.put(
                            grouped,
                            hold.get().reason() + " by "
                                    + String.join(", ", hold.get().by()));
                }
            }
        }
        return told;
    }

    private void advance(Instant now) {
        List<Decision> decisions = pipeline.until(now);
        notices += decisions.stream()
                .filter(decision -> decision.verdict().reason().tells())
                .count();
    }

    /** Why it does not tell of an alert in a group that the other side tells of. */
    synchronized String why(Grouped grouped) {
        String hold = held.get(grouped);
        if (hold != null) {
            return hold;
        }
        return known.contains(grouped.alert()) ? "not routed there, or over" : "never posted here";
    }

    /** Notices that would have been sent so far. */
    synchronized long notices() {
        return notices;
    }
}
